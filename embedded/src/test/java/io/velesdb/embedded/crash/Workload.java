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

/** Draws the steps of a workload from a seed, each fitting the state that it will meet. */
final class Workload {
    private static final String[] NAMES = {"a", "b", "c"};
    private static final String[] WORDS = {"sea", "boat", "boats", "harbour", "seaside", "long", "lantern", "Straße"};
    private static final int MOST_ROWS = 4_000;
    private static final List<IndexDefinition> INDEXES = List.of(
            IndexDefinition.secondary("tag"),
            IndexDefinition.secondary("number"),
            IndexDefinition.secondary("text"),
            IndexDefinition.trigram("text"),
            IndexDefinition.geo("place"),
            IndexDefinition.property("Red", "tag"),
            IndexDefinition.range("Red", "number"));

    private final SplittableRandom random;
    private final boolean large;

    /** @param large whether rows come by the hundred, so that collections get a graph */
    Workload(SplittableRandom random, boolean large) {
        this.random = random;
        this.large = large;
    }

    Step next(State state) {
        String name = NAMES[random.nextInt(NAMES.length)];
        State.Rows rows = state.collections().get(name);
        if (rows == null) {
            CollectionSchema schema = random.nextInt(3) > 0 || large
                    ? CollectionSchema.vector(1 + random.nextInt(9), Metric.EUCLIDEAN)
                    : CollectionSchema.metadata();
            return new Step.Create(name, schema, new UUID(random.nextLong(), random.nextLong()));
        }
        int what = random.nextInt(100);
        if (what < 66) {
            return whole(part(name, state), state);
        } else if (what < 74) {
            return batch(state);
        } else if (what < 82) {
            return new Step.Checkpoint();
        } else if (what < 85) {
            return new Step.Vacuum(name);
        } else if (what < 88) {
            return new Step.Sweep(name);
        } else if (what < 91) {
            return new Step.Flush();
        } else if (what < 96) {
            return index(name, rows);
        } else if (what < 98) {
            return new Step.Truncate(name);
        }
        return new Step.Drop(name);
    }

    /** Several edges are one step in a batch only. */
    private static Step whole(Step.Part part, State state) {
        if (part instanceof Step.Relate relate && relate.edges().size() > 1) {
            Step.Relate unused = unused(relate, state);
            return unused == null ? new Step.Flush() : new Step.Batch(List.of(unused));
        }
        return part;
    }

    /** Several parts on several collections, each fitting what those before it make. */
    private Step batch(State state) {
        List<String> names = List.copyOf(state.collections().keySet());
        List<Step.Part> parts = new ArrayList<>();
        State then = state;
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            Step.Part part = part(names.get(random.nextInt(names.size())), then);
            if (part instanceof Step.Relate relate) {
                part = unused(relate, then);
            }
            if (part != null) {
                parts.add(part);
                then = part.apply(then);
            }
        }
        return parts.isEmpty() ? new Step.Flush() : new Step.Batch(List.copyOf(parts));
    }

    /** In a batch an edge that is there is refused; null when all are. */
    private static Step.Relate unused(Step.Relate relate, State state) {
        Map<Long, Edge> known = state.collections().get(relate.name()).edges();
        List<Edge> others = relate.edges().stream()
                .filter(edge -> !known.containsKey(edge.id()))
                .toList();
        return others.isEmpty() ? null : new Step.Relate(relate.name(), others);
    }

    private Step index(String name, State.Rows rows) {
        int which = random.nextInt(INDEXES.size() + 3);
        if (which >= INDEXES.size()) {
            return new Step.Analyze(name);
        }
        IndexDefinition index = INDEXES.get(which);
        return rows.indexes().contains(index) && random.nextBoolean()
                ? new Step.DropIndex(name, index)
                : new Step.CreateIndex(name, index);
    }

    private Step.Part part(String name, State state) {
        State.Rows rows = state.collections().get(name);
        int what = random.nextInt(100);
        if (what < 60) {
            return upsert(name, rows, state.seconds());
        } else if (what < 72) {
            long[] ids = new long[1 + random.nextInt(large ? 200 : 8)];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = id(rows);
            }
            return new Step.Delete(name, ids);
        } else if (what < 80) {
            return new Step.Update(name, "tag", random.nextInt(3), Obj.of("seen", random.nextInt(4)));
        } else if (what < 94 && !rows.rows().isEmpty()) {
            return new Step.Relate(name, edges(List.copyOf(rows.rows().keySet())));
        }
        List<Long> edges = List.copyOf(rows.edges().keySet());
        return new Step.Unrelate(name, edges.isEmpty() ? 1 : edges.get(random.nextInt(edges.size())));
    }

    /** Up to six edges with different ids, often from the same few nodes. */
    private List<Edge> edges(List<Long> nodes) {
        Map<Long, Edge> edges = new TreeMap<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            long source = nodes.get(random.nextInt(Math.min(nodes.size(), 10)));
            long target = nodes.get(random.nextInt(nodes.size()));
            Edge edge = Edge.of(source, target, random.nextBoolean() ? "NEXT" : "LIKES");
            edges.put(edge.id(), random.nextBoolean() ? edge : edge.withProperties(Obj.of("w", random.nextInt(9))));
        }
        return List.copyOf(edges.values());
    }

    private Step.Part upsert(String name, State.Rows rows, long now) {
        int most = !large ? 12 : rows.rows().size() < MOST_ROWS ? 900 : 2;
        List<Point> points = new ArrayList<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            long id = id(rows);
            Obj payload = payload();
            if (random.nextInt(20) == 0) {
                // expired before it is there, and its edges with it
                payload = Obj.of("tag", 1, Step.EXPIRES, 1);
            } else if (payload != null && random.nextInt(10) == 0) {
                payload = payload.with(Step.EXPIRES, now + random.nextInt(60));
            }
            Point point = State.isVectors(rows)
                    ? Point.of(id, vector(rows.schema().dimension()), payload)
                    : Point.of(id, payload);
            points.add(random.nextInt(6) == 0 ? point.withSparse(sparse()) : point);
        }
        return new Step.Upsert(name, points);
    }

    private Map<String, SparseVector> sparse() {
        SparseVector vector = SparseVector.of(
                new int[] {random.nextInt(9), 10 + random.nextInt(9)},
                new float[] {1, (float) random.nextDouble() + 1});
        return Map.of(random.nextBoolean() ? "" : "other", vector);
    }

    private long id(State.Rows rows) {
        long id = random.nextInt(large ? 3_000 : 60);
        return random.nextInt(10) == 0 ? -1 - id : id;
    }

    private float[] vector(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextDouble();
        }
        return vector;
    }

    private Obj payload() {
        Obj tagged = Obj.of("tag", random.nextInt(3));
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> tagged.with("text", words(random) + " " + "x".repeat(random.nextInt(large ? 60 : 6_000)));
            case 2 -> tagged.with("text", words(random)).with("number", random.nextInt(20));
            case 3 -> tagged.with("number", random.nextDouble());
            case 4 -> tagged.with("number", random.nextInt(20)).with("_labels", List.of("Red"));
            case 5 -> tagged.with("place", Obj.of("lat", random.nextInt(-80, 80), "lng", random.nextInt(-170, 170)));
            default -> tagged;
        };
    }

    /** One to four words, some of which come often. */
    static String words(SplittableRandom random) {
        StringBuilder words = new StringBuilder(WORDS[random.nextInt(2)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            words.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }
}
