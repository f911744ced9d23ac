package io.velesdb.embedded.crash;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.IndexDefinition;
import io.velesdb.Point;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.journal.Operation;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One thing that a workload does to a database, and what it does to the model. */
sealed interface Step {
    void run(Database database);

    State apply(State state);

    /** The member of a payload that says when a row expires. */
    String EXPIRES = "_veles_expires_at";

    record Create(String name, CollectionSchema schema, UUID birth) implements Step {
        @Override
        public void run(Database database) {
            database.createCollection(name, schema);
        }

        @Override
        public State apply(State state) {
            return state.with(name, new State.Rows(birth, schema));
        }
    }

    record Drop(String name) implements Step {
        @Override
        public void run(Database database) {
            database.deleteCollection(name);
        }

        @Override
        public State apply(State state) {
            return state.without(name);
        }
    }

    /** A step that can be part of a batch. */
    sealed interface Part extends Step {
        void addTo(io.velesdb.Batch batch);
    }

    /** Rows whose payload says that they are expired already are never seen. */
    record Upsert(String name, List<Point> points) implements Part {
        @Override
        public void run(Database database) {
            database.collection(name).upsert(points);
        }

        @Override
        public void addTo(io.velesdb.Batch batch) {
            batch.upsert(name, points);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>(old.rows());
            for (Point point : points) {
                rows.put(point.id(), State.row(point));
            }
            return state.with(name, old.withRows(rows).at(state.seconds()));
        }

        @Override
        public String toString() {
            return "Upsert of " + points.size() + " in " + name;
        }
    }

    record Delete(String name, long[] ids) implements Part {
        @Override
        public void run(Database database) {
            database.collection(name).delete(ids);
        }

        @Override
        public void addTo(io.velesdb.Batch batch) {
            batch.delete(name, ids);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>(old.rows());
            for (long id : ids) {
                rows.remove(id);
            }
            return state.with(name, old.withRows(rows));
        }

        @Override
        public String toString() {
            return "Delete of " + Arrays.toString(ids) + " in " + name;
        }
    }

    /** Sets members of the rows whose payload has this member. */
    record Update(String name, String field, int value, Obj members) implements Part {
        @Override
        public void run(Database database) {
            database.collection(name).update(Filter.eq(field, value), members, null);
        }

        @Override
        public void addTo(io.velesdb.Batch batch) {
            batch.update(name, Filter.eq(field, value), members, null);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>(old.rows());
            rows.replaceAll((id, row) -> row.payload() != null
                            && Value.of(value).equals(row.payload().get(field))
                    ? new State.Row(row.vector(), merged(row.payload()), row.sparse())
                    : row);
            return state.with(name, old.withRows(rows));
        }

        private Obj merged(Obj payload) {
            Obj merged = payload;
            for (int i = 0; i < members.size(); i++) {
                merged = merged.with(members.name(i), members.value(i));
            }
            return merged;
        }
    }

    /**
     * Adds edges with derived ids; those that are there get the new properties, unless part of a batch. An edge of a row
     * that is not there is refused.
     */
    record Relate(String name, List<Edge> edges) implements Part {
        @Override
        public void run(Database database) {
            for (Edge edge : edges) {
                database.collection(name).relate(edge.source(), edge.target(), edge.label(), edge.properties());
            }
        }

        @Override
        public void addTo(io.velesdb.Batch batch) {
            batch.addEdges(name, edges);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, Edge> all = new TreeMap<>(old.edges());
            edges.stream()
                    .filter(edge -> old.rows().containsKey(edge.source()))
                    .filter(edge -> old.rows().containsKey(edge.target()))
                    .forEach(edge -> all.put(edge.id(), edge));
            return state.with(name, old.withEdges(all));
        }

        @Override
        public String toString() {
            return "Relate by " + edges.size() + " edges in " + name;
        }
    }

    record Unrelate(String name, long edge) implements Part {
        @Override
        public void run(Database database) {
            database.collection(name).removeEdge(edge);
        }

        @Override
        public void addTo(io.velesdb.Batch batch) {
            batch.removeEdges(name, edge);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, Edge> all = new TreeMap<>(old.edges());
            all.remove(edge);
            return state.with(name, old.withEdges(all));
        }
    }

    /** All parts or none, whichever collections they concern. */
    record Batch(List<Part> parts) implements Step {
        @Override
        public void run(Database database) {
            io.velesdb.Batch batch = database.batch();
            parts.forEach(part -> part.addTo(batch));
            batch.commit();
        }

        @Override
        public State apply(State state) {
            State after = state;
            for (Part part : parts) {
                after = part.apply(after);
            }
            return after;
        }
    }

    record Truncate(String name) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).truncate();
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            return state.with(name, old.withRows(Map.of()));
        }
    }

    /** Removes expired rows, which no reader saw. */
    record Sweep(String name) implements Step {
        @Override
        public void run(Database database) {
            database.engine().upkeep().sweepExpired(name);
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }

    /** A backup, which whoever has the database makes instead of {@link #run}: he knows a folder for it. */
    record Backup() implements Step {
        @Override
        public void run(Database database) {
            throw new UnsupportedOperationException("a backup needs a folder");
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }

    /** Changes nothing that a reader sees. */
    record Vacuum(String name) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).vacuum();
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }

    /** Vectors that wait are linked, if any does. Changes nothing that a reader sees. */
    record Link(String name) implements Step {
        @Override
        public void run(Database database) {
            int number = database.engine().snapshot().get(name).number();
            database.engine().commit(new Operation.LinkVectors(number, 10), name);
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }

    /** The vector index in another shape. Changes nothing that a reader of rows sees, but the schema. */
    record Reindex(String name, HnswParameters shape) implements Step {
        @Override
        public void run(Database database) {
            database.vectorCollection(name).reindex(shape);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            return state.with(name, old.withSchema(old.schema().withHnsw(shape)));
        }
    }

    record CreateIndex(String name, IndexDefinition index) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).createIndex(index);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            List<IndexDefinition> indexes = new ArrayList<>(old.indexes());
            if (!indexes.contains(index)) {
                indexes.add(index);
            }
            return state.with(name, old.withIndexes(indexes));
        }
    }

    record DropIndex(String name, IndexDefinition index) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).dropIndex(index);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            List<IndexDefinition> indexes = new ArrayList<>(old.indexes());
            indexes.remove(index);
            return state.with(name, old.withIndexes(indexes));
        }
    }

    /** Statistics, which stay as they are until the next. */
    record Analyze(String name) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).analyze();
        }

        @Override
        public State apply(State state) {
            State.Rows rows = state.collections().get(name);
            return state.with(name, rows.withAnalysis(Analysis.of(rows, state.seconds())));
        }
    }

    /** Changes nothing that a reader sees; makes everything before it durable. */
    record Checkpoint() implements Step {
        @Override
        public void run(Database database) {
            database.checkpoint();
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }

    /** Changes nothing that a reader sees; makes everything before it durable. */
    record Flush() implements Step {
        @Override
        public void run(Database database) {
            database.flush();
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }

    /** Close and open again, which whoever has the database does instead of {@link #run}. Changes nothing. */
    record Reopen() implements Step {
        @Override
        public void run(Database database) {
            database.close();
        }

        @Override
        public State apply(State state) {
            return state;
        }
    }
}
