package io.velesdb.embedded.rebuild;

import io.velesdb.AsyncIndexBuilder;
import io.velesdb.Batch;
import io.velesdb.Collection;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.DeferredIndexing;
import io.velesdb.Edge;
import io.velesdb.IndexBuilding;
import io.velesdb.IndexDefinition;
import io.velesdb.Point;
import io.velesdb.Quantization;
import io.velesdb.SparseVector;
import io.velesdb.StorageMode;
import io.velesdb.TextAnalysis;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens to a database: a random sequence of everything that changes one, the same for the same seed. Every derived
 * structure gets rows that come, change, expire and go, before and after it was declared.
 */
final class Life {
    static final String ROWS = "rows";
    static final String GRAPH = "graph";
    static final String NOTES = "notes";
    static final int DIMENSION = 12;
    static final List<String> COLLECTIONS = List.of(ROWS, GRAPH, NOTES);

    private static final int IDS = 2_600;
    private static final long SECOND = 1_000;
    private static final List<IndexDefinition> INDEXES = List.of(
            IndexDefinition.secondary("n"),
            IndexDefinition.secondary("title"),
            IndexDefinition.trigram("title"),
            IndexDefinition.geo("at"),
            IndexDefinition.property("Person", "city"),
            IndexDefinition.range("Person", "n"));

    private final SplittableRandom random;
    private final StorageMode mode;
    private final Metric metric;
    private final boolean checkpoints;
    private final AtomicLong clock;

    /**
     * @param checkpoints whether some are written on the way
     * @param clock of the database, moved by this
     */
    Life(long seed, StorageMode mode, Metric metric, boolean checkpoints, AtomicLong clock) {
        random = new SplittableRandom(seed);
        this.mode = mode;
        this.metric = metric;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    void run(Database database, int steps) {
        database.createCollection(ROWS, rows());
        database.createCollection(GRAPH, CollectionSchema.graph(DIMENSION, Metric.EUCLIDEAN));
        database.createCollection(NOTES, CollectionSchema.metadata());
        for (String name : COLLECTIONS) {
            // beyond 1,500 vectors there is a graph, and codes
            upsert(database.collection(name), name.equals(ROWS) ? 1_560 : 600);
        }
        for (int i = 0; i < steps; i++) {
            step(database, COLLECTIONS.get(random.nextInt(COLLECTIONS.size())));
        }
    }

    private CollectionSchema rows() {
        CollectionSchema plain = CollectionSchema.vector(DIMENSION, metric)
                .withBuilding(
                        switch (random.nextInt(3)) {
                            case 0 -> IndexBuilding.IMMEDIATE;
                            case 1 -> new IndexBuilding(DeferredIndexing.upTo(150), null);
                            default -> new IndexBuilding(DeferredIndexing.DEFAULT, new AsyncIndexBuilder(100, 3));
                        });
        CollectionSchema coded = mode == StorageMode.FULL
                ? plain
                : plain.withStorage(
                        mode, Quantization.DEFAULT.withThreshold(1_700).withCentroids(16));
        return random.nextBoolean()
                ? coded
                : coded.withText(TextOptions.DEFAULTS
                        .withFields(List.of(FieldPath.of("title"), FieldPath.of("body")))
                        .withField(FieldPath.of("title"), TextAnalysis.PLAIN)
                        .withLanguage(TextLanguage.ENGLISH, true, true)
                        .withBigrams());
    }

    private void step(Database database, String name) {
        Collection collection = database.collection(name);
        clock.addAndGet(SECOND * random.nextInt(4));
        int what = random.nextInt(100);
        if (what < 34) {
            upsert(collection, 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 12));
        } else if (what < 46) {
            collection.delete(ids(1 + random.nextInt(60)));
        } else if (what < 54) {
            collection.update(
                    Filter.eq("tag", random.nextInt(9)), Obj.of("n", random.nextInt(50), "title", title()), null);
        } else if (what < 66) {
            List<Edge> edges = edges(collection, 1 + random.nextInt(80));
            for (Edge edge : edges.subList(0, Math.min(3, edges.size()))) {
                collection.relate(edge.source(), edge.target(), edge.label(), edge.properties());
            }
            collection.addEdges(edges);
        } else if (what < 70) {
            List<Edge> all = collection.edges(null);
            for (int i = Math.min(all.size(), 5); i > 0; i--) {
                collection.removeEdge(all.get(random.nextInt(all.size())).id());
            }
        } else if (what < 78) {
            batch(database);
        } else if (what < 84) {
            IndexDefinition index = INDEXES.get(random.nextInt(INDEXES.size()));
            if (random.nextInt(4) == 0) {
                collection.dropIndex(index);
            } else {
                collection.createIndex(index);
            }
        } else if (what < 86) {
            collection.analyze();
        } else if (what < 90) {
            collection.vacuum();
        } else if (what < 93) {
            database.engine().upkeep().sweepExpired(name);
        } else if (what < 94) {
            train(database);
            database.vectorCollection(ROWS).linkWaiting();
            if (random.nextInt(3) == 0) {
                database.vectorCollection(ROWS).reindex(new HnswParameters(8 + random.nextInt(9), 100, 0));
            }
        } else if (what < 95 && !name.equals(ROWS)) {
            collection.truncate();
            upsert(collection, 300);
        } else if (what < 96 && name.equals(NOTES)) {
            database.deleteCollection(NOTES);
            database.createCollection(NOTES, CollectionSchema.metadata());
            upsert(database.collection(NOTES), 100);
        } else if (checkpoints) {
            database.checkpoint();
        }
    }

    private void train(Database database) {
        if (metric == Metric.HAMMING) {
            // it is searched on exact bits
            return;
        }
        if (mode == StorageMode.PQ) {
            database.engine()
                    .trainQuantizer(ROWS, mode, Quantization.pq(DIMENSION / 4).withCentroids(16), true);
        } else if (mode == StorageMode.RABITQ) {
            database.engine().trainQuantizer(ROWS, mode, Quantization.rabitq(1 + random.nextInt(8)), true);
        }
    }

    /** Changes to several collections that happen together. */
    private void batch(Database database) {
        Batch batch = database.batch();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            String name = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
            switch (random.nextInt(4)) {
                case 0 -> batch.delete(name, ids(3));
                case 1 -> {
                    long source = IDS + random.nextInt(20);
                    long target = IDS + 20 + random.nextInt(20);
                    batch.upsert(name, List.of(point(name, source), point(name, target)));
                    Edge edge = Edge.of(source, target, "NEW").withProperties(Obj.of("w", i));
                    if (!database.collection(name).hasEdge(edge.id())) {
                        batch.removeEdges(name, edge.id()).addEdges(name, List.of(edge));
                    }
                }
                case 2 -> batch.update(name, Filter.lt("n", random.nextInt(6)), Obj.of("tag", 3), null);
                default -> batch.upsert(name, List.of(point(name, id())));
            }
        }
        batch.tryCommit();
    }

    private void upsert(Collection collection, int count) {
        List<Point> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            points.add(point(collection.name(), id()));
        }
        collection.upsert(points);
    }

    private Point point(String name, long id) {
        Obj payload = payload(name);
        boolean vector = name.equals(ROWS) || name.equals(GRAPH) && random.nextInt(3) > 0;
        Point point = vector ? Point.of(id, vector(random), payload) : Point.of(id, payload);
        return random.nextInt(5) > 0
                ? point
                : point.withSparse(Map.of(
                        random.nextBoolean() ? "" : "other",
                        SparseVector.of(
                                new int[] {random.nextInt(9), 10 + random.nextInt(30)},
                                new float[] {random.nextInt(-3, 4) + 0.5f, (float) random.nextDouble() + 1})));
    }

    static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble(-1, 2);
        }
        return vector;
    }

    private Obj payload(String name) {
        Obj payload = Obj.of("tag", random.nextInt(9), "n", random.nextInt(60), "title", title());
        if (random.nextInt(3) == 0) {
            payload = payload.with("body", title() + " " + title()).with("n", random.nextInt(60) / 4.0);
        }
        if (random.nextInt(4) == 0) {
            payload = payload.with(
                    "at", Obj.of("lat", random.nextInt(-60, 60) / 2.0, "lng", random.nextInt(-170, 170) / 2.0));
        }
        if (name.equals(GRAPH) || random.nextInt(8) == 0) {
            payload = payload.with("_labels", Value.of(List.of(random.nextBoolean() ? "Person" : "Place")))
                    .with("city", random.nextBoolean() ? "Oslo" : "Rome");
        }
        if (random.nextInt(25) == 0) {
            payload = payload.with("_veles_expires_at", clock.get() / SECOND + random.nextInt(-5, 90));
        }
        return random.nextInt(40) == 0 ? null : payload;
    }

    private String title() {
        StringBuilder title = new StringBuilder();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            title.append(word(random)).append(' ');
        }
        return title.toString().trim();
    }

    /** Some words are common, most are rare. */
    static String word(SplittableRandom random) {
        String[] words = {"boat", "boats", "harbour", "rowing", "the", "Ærø", "東京都", "oar", "sea", "low tide"};
        int drawn = random.nextInt(1 + random.nextInt(90));
        return drawn < words.length ? words[drawn] : "word" + drawn;
    }

    private List<Edge> edges(Collection collection, int count) {
        long[] ids = collection.allIds();
        List<Edge> edges = new ArrayList<>(count);
        for (int i = 0; i < count && ids.length > 0; i++) {
            long source = ids[random.nextInt(ids.length)];
            long target = ids[random.nextInt(random.nextBoolean() ? ids.length : 1 + ids.length / 20)];
            Edge edge = Edge.of(source, target, random.nextInt(3) == 0 ? "KNOWS" : "NEAR");
            edges.add(random.nextInt(3) == 0 ? edge : edge.withProperties(Obj.of("w", random.nextInt(9))));
        }
        return edges;
    }

    private long[] ids(int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = id();
        }
        return ids;
    }

    private long id() {
        int id = random.nextInt(IDS);
        return id % 50 == 0 ? -1 - id : id;
    }
}
