package io.velesdb.embedded.crash;

import io.velesdb.CollectionSchema;
import io.velesdb.Point;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one of several writers does, step by step: the same for the process that does it and for the one that verifies it
 * afterwards. Writers share two collections, in which each has ids of its own, and each has a collection to itself that
 * comes and goes. Not thread-safe.
 */
final class KillWriter {
    static final String ROWS = "rows";
    static final String NOTES = "notes";
    static final int DIMENSION = 6;
    static final int IDS = 300;

    private static final UUID SHARED = new UUID(0, 0);

    private final int number;
    private final SplittableRandom random;
    private State state;
    private long taken;
    private Step next;

    /** A writer at its beginning. */
    KillWriter(long seed, int number) {
        this.number = number;
        random = new SplittableRandom(31 * seed + number);
        state = shared();
        draw();
    }

    /** The two collections that are there before any writer begins. */
    static State shared() {
        return State.EMPTY
                .with(ROWS, new State.Rows(SHARED, CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN), Map.of()))
                .with(NOTES, new State.Rows(SHARED, CollectionSchema.metadata(), Map.of()));
    }

    /** The step that comes next. */
    Step next() {
        return next;
    }

    /** The steps taken so far. */
    long taken() {
        return taken;
    }

    /** What this writer has made of its rows and its collection. */
    State state() {
        return state;
    }

    /** What it will have made of them after the next step. */
    State stateAfterNext() {
        return next.apply(state);
    }

    /** Counts the next step as taken. */
    void advance() {
        state = next.apply(state);
        taken++;
        draw();
    }

    void advanceTo(long steps) {
        while (taken < steps) {
            advance();
        }
    }

    /** Whether a row of a shared collection belongs to this writer. */
    boolean owns(long id) {
        return id / IDS == number;
    }

    /** The name of the collection that this writer has to itself. */
    String own() {
        return "own-" + number;
    }

    private void draw() {
        int what = random.nextInt(100);
        if (what < 55) {
            next = upsert(ROWS, 1 + random.nextInt(20));
        } else if (what < 70) {
            next = upsert(NOTES, 1 + random.nextInt(8));
        } else if (what < 80) {
            next = delete(random.nextBoolean() ? ROWS : NOTES);
        } else if (what < 97) {
            next = stepOnOwn();
        } else if (what < 99) {
            next = new Step.Vacuum(ROWS);
        } else {
            next = new Step.Checkpoint();
        }
    }

    private Step stepOnOwn() {
        State.Rows rows = state.collections().get(own());
        if (rows == null) {
            CollectionSchema schema = random.nextBoolean()
                    ? CollectionSchema.metadata()
                    : CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN);
            return new Step.Create(own(), schema, new UUID(random.nextLong(), random.nextLong()));
        }
        return random.nextInt(8) == 0 ? new Step.Drop(own()) : upsert(own(), 1 + random.nextInt(5));
    }

    private Step upsert(String name, int count) {
        boolean vectors = State.isVectors(state.collections().get(name));
        Map<Long, Point> points = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            long id = id();
            Obj payload = Obj.of(
                    "tag",
                    random.nextInt(3),
                    "id",
                    id,
                    "step",
                    taken,
                    "text",
                    "x".repeat(random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(100)));
            points.put(id, vectors ? Point.of(id, vector(id), payload) : Point.of(id, payload));
        }
        return new Step.Upsert(name, new ArrayList<>(points.values()));
    }

    private Step delete(String name) {
        long[] ids = new long[1 + random.nextInt(6)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id();
        }
        return new Step.Delete(name, ids);
    }

    private long id() {
        return (long) number * IDS + random.nextInt(IDS);
    }

    private float[] vector(long id) {
        float[] vector = new float[DIMENSION];
        vector[0] = id;
        for (int i = 1; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble();
        }
        return vector;
    }

    /** The state of a database on which all these writers have worked. */
    static State together(List<KillWriter> writers) {
        State all = shared();
        for (String name : List.of(ROWS, NOTES)) {
            State.Rows none = all.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>();
            writers.forEach(
                    writer -> rows.putAll(writer.state.collections().get(name).rows()));
            all = all.with(name, new State.Rows(none.birth(), none.schema(), rows));
        }
        for (KillWriter writer : writers) {
            State.Rows own = writer.state.collections().get(writer.own());
            if (own != null) {
                all = all.with(writer.own(), own);
            }
        }
        return all;
    }
}
