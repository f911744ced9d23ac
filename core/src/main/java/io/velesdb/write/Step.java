package io.velesdb.write;

import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of an atomic batch, in the terms of a caller. Immutable; what it holds is not copied. */
public sealed interface Step {
    /** The collection that it acts on. */
    String collection();

    /** Rows replaced or added as a whole. */
    record Upsert(String collection, List<Point> points) implements Step {}

    /**
     * The payload of one row replaced; its vectors stay. A row that is not there is added without vectors.
     *
     * @param payload null for none
     */
    record PutPayload(String collection, long id, @Nullable Obj payload) implements Step {}

    /** The rows of a condition changed in part. */
    record UpdateWhere(String collection, Filter condition, RowPatch patch) implements Step {}

    /** The rows of these ids changed in part; missing ones are ignored. */
    record UpdateRows(String collection, long[] ids, RowPatch patch) implements Step {}

    /** Rows removed, with their edges; missing ones are ignored. */
    record Delete(String collection, long[] ids) implements Step {}

    /** Edges added. */
    record AddEdges(String collection, List<Edge> edges, IfPresent ifPresent) implements Step {}

    /** Edges removed; missing ones are ignored. */
    record RemoveEdges(String collection, long[] ids) implements Step {}

    /** What happens to an edge whose id is in use. */
    enum IfPresent {
        /** VELES-019. */
        REFUSE,
        /** It stays as it is, and the new one is not counted. */
        SKIP,
        /** Its properties are replaced when it connects the same rows under the same label; else VELES-019. */
        REPLACE
    }

    /**
     * What an update sets; the rest of the row stays.
     *
     * @param members top-level payload members to set
     * @param vector the dense vector to set; null to keep it
     * @param sparse sparse vectors to set by name; one without entries removes it
     */
    record RowPatch(Obj members, float @Nullable [] vector, Map<String, SparseVector> sparse) {}
}
