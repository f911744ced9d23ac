package io.velesdb;

import io.velesdb.engine.Session;
import io.velesdb.value.Obj;
import io.velesdb.write.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes (rows that may have a dense vector) and the edges between them. Every kind of collection has edges; this one adds
 * nodes without vectors. Thread-safe.
 */
public final class GraphCollection extends SearchableCollection {
    GraphCollection(Session session, String name, int number) {
        super(session, name, number);
    }

    /** Stores or replaces the payload of a node; its vectors and edges stay. A node that is not there is added. */
    public void upsertNodePayload(long id, @Nullable Obj payload) {
        snapshot();
        Batch.commit(session(), List.of(new Step.PutPayload(name(), id, payload)));
    }
}
