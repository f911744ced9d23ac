package io.velesdb.query.exec.search;

import io.velesdb.CollectionSchema;
import io.velesdb.GuardRail;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.query.ast.Position;
import io.velesdb.query.exec.expression.Similarity;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.plan.SearchOptions;
import io.velesdb.search.NearestRows;
import io.velesdb.search.RankedBranch;
import org.jspecify.annotations.Nullable;

/** {@code vector NEAR v}, or one vector of {@code NEAR_FUSED}. */
public record VectorBranch(Position position, int source, float[] query, SearchOptions options, Execution execution)
        implements Branch {
    @Override
    public Kind kind() {
        return Kind.VECTOR;
    }

    @Override
    public RankedBranch retrieve(RowSet among, int k, boolean exact) {
        Similarity.checkDense(among.collection(), position, query.length);
        Effort effort =
                options.effort().or(execution.session().engine().settings().usualEffort());
        int most = execution.session().engine().limits().maxPerfectModeVectors();
        if (effort.exact() && among.count() > most) {
            throw VelesException.guardRail(
                    GuardRail.CARDINALITY,
                    "mode perfect would scan " + among.count() + " rows, limits.max_perfect_mode_vectors is " + most
                            + ": filter more, use accurate, or raise the limit");
        }
        execution.visited(Math.min(k, among.count()));
        return NearestRows.of(
                among.visible(),
                among.words(),
                among.count(),
                query,
                k,
                exact ? Effort.PERFECT : effort,
                oversampling(among.collection().schema()),
                execution);
    }

    private @Nullable Integer oversampling(CollectionSchema schema) {
        Integer asked = options.oversampling();
        boolean never =
                schema.storage() != StorageMode.FULL && schema.quantization().oversampling() == 0;
        return asked == null && options.rescores() && never
                ? Integer.valueOf(Quantization.DEFAULT.oversampling())
                : asked;
    }
}
