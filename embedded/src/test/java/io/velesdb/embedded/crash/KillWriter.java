package io.velesdb.embedded.crash;

import io.velesdb.CollectionSchema;
import io.velesdb.Edge;
import io.velesdb.IndexDefinition;
import io.velesdb.Point;
import io.velesdb.SparseVector;
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
 * afterwards. Writers share three collections, in which each has ids of its own, and each has a collection to itself that
 * comes and goes. Rows of the third, {@value #LEASES}, expire by the real clock while the load runs, while nobody has the
 * database open, or later. Their ids are used once and their steps are drawn without looking at what is there: when a row
 * expires is then visible in itself only, and not in any step that follows. Not thread-safe.
 */
final class KillWriter {
    static final String ROWS = "rows";
    static final String NOTES = "notes";
    static final String LEASES = "leases";
    static final int DIMENSION = 6;
    static final int IDS = 300;

    /** From here on each writer's rows expired long ago: nobody sees them, and they are swept some time. */
    private static final int EXPIRING = 290;

    /** The longest time until a lease expires, in seconds after the writer's beginning: about that of the rounds of a folder. */
    private static final int LONGEST_LEASE = 30;

    /** The id of a lease is its number times this, plus the number of the writer. */
    private static final int MOST_WRITERS = 1_000;

    private static final UUID SHARED = new UUID(0, 0);

    private final int number;
    private final long begin;
    private final SplittableRandom random;
    private State state;
    private long taken;
    private int leases;
    private Step next;

    /**
     * A writer at its beginning.
     *
     * @param begin when that was, in seconds since the Unix epoch
     */
    KillWriter(long seed, int number, long begin) {
        this.number = number;
        this.begin = begin;
        random = new SplittableRandom(31 * seed + number);
        state = shared();
        draw();
    }

    /** The collections that are there before any writer begins. */
    static State shared() {
        State.Rows rows = new State.Rows(SHARED, CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN));
        State.Rows notes = new State.Rows(SHARED, CollectionSchema.metadata());
        return State.EMPTY
                .with(ROWS, rows.withIndexes(List.of(IndexDefinition.secondary("step"))))
                .with(NOTES, notes.withIndexes(List.of(IndexDefinition.trigram("text"))))
                .with(LEASES, new State.Rows(SHARED, CollectionSchema.metadata()));
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

    /**
     * Counts steps as taken, up to so many.
     *
     * @param seconds what the clock says: leases that expired until then are not there any more
     */
    void advanceTo(long steps, long seconds) {
        while (taken < steps) {
            advance();
            if (taken % 256 == 0) {
                forget(seconds);
            }
        }
        forget(seconds);
    }

    /** Drops the leases that are expired, with their edges. */
    private void forget(long seconds) {
        state = state.with(LEASES, state.collections().get(LEASES).at(seconds));
    }

    /** Whether a row of a shared collection belongs to this writer. */
    boolean owns(String collection, long id) {
        return collection.equals(LEASES) ? id % MOST_WRITERS == number : id / IDS == number;
    }

    /** Whether a step may be refused because a row that it names may have expired; nobody could see what it makes then. */
    static boolean mayComeTooLate(Step step) {
        return step instanceof Step.Relate relate && relate.name().equals(LEASES);
    }

    /** The name of the collection that this writer has to itself. */
    String own() {
        return "own-" + number;
    }

    private void draw() {
        int what = random.nextInt(100);
        if (what < 12) {
            next = lease();
        } else if (what < 40) {
            next = upsert(ROWS, 1 + random.nextInt(20));
        } else if (what < 50) {
            next = upsert(NOTES, 1 + random.nextInt(8));
        } else if (what < 58) {
            next = delete(random.nextBoolean() ? ROWS : NOTES);
        } else if (what < 70) {
            next = batch();
        } else if (what < 78) {
            next = relate(ROWS, state);
        } else if (what < 83) {
            next = update(random.nextBoolean() ? ROWS : NOTES);
        } else if (what < 97) {
            next = stepOnOwn();
        } else if (what < 98) {
            next = new Step.Sweep(ROWS);
        } else if (what < 99) {
            next = new Step.Vacuum(ROWS);
        } else {
            next = new Step.Checkpoint();
        }
    }

    /** A new lease; an edge between two late ones, which may be gone; or the end of one. */
    private Step lease() {
        if (leases > 1 && random.nextInt(3) == 0) {
            Edge edge = Edge.of(lateLease(), lateLease(), "NEXT");
            Map<Long, State.Row> rows = state.collections().get(LEASES).rows();
            // of a row that it deleted itself a writer knows for sure
            return rows.containsKey(edge.source()) && rows.containsKey(edge.target())
                    ? new Step.Relate(LEASES, List.of(edge))
                    : new Step.Sweep(LEASES);
        }
        if (leases > 1 && random.nextInt(4) == 0) {
            return new Step.Delete(LEASES, new long[] {lateLease()});
        }
        List<Point> points = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Obj payload = Obj.of("tag", random.nextInt(3), Step.EXPIRES, begin + random.nextInt(LONGEST_LEASE));
            points.add(Point.of((long) leases++ * MOST_WRITERS + number, payload));
        }
        return new Step.Upsert(LEASES, points);
    }

    private long lateLease() {
        return (long) (leases - 1 - random.nextInt(Math.min(leases, 12))) * MOST_WRITERS + number;
    }

    /** Rows and edges of two shared collections, all or nothing. */
    private Step batch() {
        List<Step.Part> parts = new ArrayList<>();
        State then = state;
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            String name = random.nextBoolean() ? ROWS : NOTES;
            Step.Part part = switch (random.nextInt(6)) {
                case 0 -> delete(name);
                case 1 -> update(name);
                case 2 -> relate(name, then);
                default -> upsert(name, 1 + random.nextInt(4));
            };
            if (part instanceof Step.Relate relate
                    && then.collections()
                            .get(name)
                            .edges()
                            .containsKey(relate.edges().getFirst().id())) {
                // in a batch an edge that is there is refused
                part = new Step.Unrelate(name, relate.edges().getFirst().id());
            }
            parts.add(part);
            then = part.apply(then);
        }
        return new Step.Batch(List.copyOf(parts));
    }

    /** An edge between two of this writer's rows; a row when it has none. */
    private Step.Part relate(String name, State then) {
        List<Long> ids = List.copyOf(then.collections().get(name).rows().keySet());
        if (ids.isEmpty()) {
            return upsert(name, 2);
        }
        long source = ids.get(random.nextInt(ids.size()));
        long target = ids.get(random.nextInt(ids.size()));
        return new Step.Relate(
                name, List.of(Edge.of(source, target, "NEXT").withProperties(Obj.of("step", (int) taken))));
    }

    /** Of this writer's rows alone: others are at work on theirs. */
    private Step.Part update(String name) {
        return new Step.Update(name, "writer", number, Obj.of("seen", (int) taken));
    }

    private Step stepOnOwn() {
        State.Rows rows = state.collections().get(own());
        if (rows == null) {
            CollectionSchema schema = random.nextBoolean()
                    ? CollectionSchema.metadata()
                    : CollectionSchema.vector(DIMENSION, Metric.EUCLIDEAN);
            return new Step.Create(own(), schema, new UUID(random.nextLong(), random.nextLong()));
        }
        return switch (random.nextInt(12)) {
            case 0 -> new Step.Drop(own());
            case 1 -> new Step.Truncate(own());
            case 3 -> new Step.Analyze(own());
            case 2 ->
                rows.indexes().isEmpty()
                        ? new Step.CreateIndex(own(), IndexDefinition.secondary("tag"))
                        : new Step.DropIndex(own(), rows.indexes().getFirst());
            default -> upsert(own(), 1 + random.nextInt(5));
        };
    }

    private Step.Part upsert(String name, int count) {
        boolean vectors = State.isVectors(state.collections().get(name));
        Map<Long, Point> points = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            long id = id();
            Obj payload = Obj.of(
                    "tag",
                    random.nextInt(3),
                    "id",
                    id,
                    "writer",
                    number,
                    "step",
                    taken,
                    "text",
                    Workload.words(random)
                            + " x".repeat(random.nextInt(20) == 0 ? random.nextInt(10_000) : random.nextInt(50)));
            if (id % IDS >= EXPIRING) {
                payload = payload.with(Step.EXPIRES, 1);
            }
            Point point = vectors ? Point.of(id, vector(id), payload) : Point.of(id, payload);
            points.put(id, random.nextInt(6) == 0 ? point.withSparse(sparse()) : point);
        }
        return new Step.Upsert(name, new ArrayList<>(points.values()));
    }

    private Step.Part delete(String name) {
        long[] ids = new long[1 + random.nextInt(6)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id();
        }
        return new Step.Delete(name, ids);
    }

    private long id() {
        return (long) number * IDS + random.nextInt(IDS);
    }

    private Map<String, SparseVector> sparse() {
        return Map.of("", SparseVector.of(new int[] {random.nextInt(50)}, new float[] {1 + (float) random.nextDouble()
        }));
    }

    private float[] vector(long id) {
        float[] vector = new float[DIMENSION];
        vector[0] = id;
        for (int i = 1; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble();
        }
        return vector;
    }

    /** The state of a database on which all these writers have worked, when the clock says so many seconds. */
    static State together(List<KillWriter> writers, long seconds) {
        State all = shared();
        for (String name : List.of(ROWS, NOTES, LEASES)) {
            State.Rows none = all.collections().get(name);
            Map<Long, State.Row> rows = new TreeMap<>();
            Map<Long, Edge> edges = new TreeMap<>();
            for (KillWriter writer : writers) {
                rows.putAll(writer.state.collections().get(name).rows());
                edges.putAll(writer.state.collections().get(name).edges());
            }
            all = all.with(name, none.withRows(rows).withEdges(edges));
        }
        for (KillWriter writer : writers) {
            State.Rows own = writer.state.collections().get(writer.own());
            if (own != null) {
                all = all.with(writer.own(), own);
            }
        }
        return all.at(seconds);
    }
}
