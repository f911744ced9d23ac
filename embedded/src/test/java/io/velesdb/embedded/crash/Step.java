package io.velesdb.embedded.crash;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.IndexDefinition;
import io.velesdb.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One thing that a workload does to a database, and what it does to the model. */
sealed interface Step {
    void run(Database database);

    State apply(State state);

    record Create(String name, CollectionSchema schema, UUID birth) implements Step {
        @Override
        public void run(Database database) {
            database.createCollection(name, schema);
        }

        @Override
        public State apply(State state) {
            return state.with(name, new State.Rows(birth, schema, Map.of()));
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

    record Upsert(String name, List<Point> points) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).upsert(points);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>(old.rows());
            points.forEach(point -> rows.put(point.id(), State.row(point)));
            return state.with(name, new State.Rows(old.birth(), old.schema(), rows));
        }

        @Override
        public String toString() {
            return "Upsert of " + points.size() + " in " + name;
        }
    }

    record Delete(String name, long[] ids) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).delete(ids);
        }

        @Override
        public State apply(State state) {
            State.Rows old = state.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>(old.rows());
            for (long id : ids) {
                rows.remove(id);
            }
            return state.with(name, new State.Rows(old.birth(), old.schema(), rows));
        }

        @Override
        public String toString() {
            return "Delete of " + Arrays.toString(ids) + " in " + name;
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

    /** An index of a field and statistics. Changes nothing that a reader of rows sees. */
    record Index(String name, String field) implements Step {
        @Override
        public void run(Database database) {
            database.collection(name).createIndex(IndexDefinition.secondary(field));
            database.collection(name).analyze();
        }

        @Override
        public State apply(State state) {
            return state;
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
