package io.velesdb;

import io.velesdb.value.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point that a hybrid search found. Immutable.
 *
 * @param id the point
 * @param score the fused score, or the raw one where there was one branch
 * @param payload null for none, and where none was asked for
 * @param parts what each branch contributed to the score, in the order dense, sparse, text: its term of the fused sum, or its
 *     raw score where raw scores are fused; 0 where the branch did not find the point
 */
public record HybridHit(long id, float score, @Nullable Obj payload, List<Float> parts) {
    public HybridHit {
        parts = List.copyOf(parts);
    }
}
