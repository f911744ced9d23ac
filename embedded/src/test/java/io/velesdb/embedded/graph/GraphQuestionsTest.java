package io.velesdb.embedded.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.GraphCollection;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Collections with random graphs, which come, change and go, answer as the simplest program does. */
class GraphQuestionsTest {
    private static final String EXPIRES = "_veles_expires_at";

    private long seconds = 1;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> 1_000 * seconds);
    private final GraphCollection graph = database.createGraphCollection("graph");

    /** What is there, as plain maps. */
    private final TreeMap<Long, @Nullable Obj> nodes = new TreeMap<>(Long::compareUnsigned);

    private final TreeMap<Long, Edge> edges = new TreeMap<>(Long::compareUnsigned);

    @ParameterizedTest
    @ValueSource(ints = {5, 12, 40, 120})
    void walksPathsComponentsAndRanksAreThoseOfTheSimplestProgram(int ids) {
        for (long seed = 0; seed < 5; seed++) {
            String why = "seed " + seed + " of " + ids + " ids";
            SplittableRandom random = new SplittableRandom(1_000L * ids + seed);
            forget();
            for (int i = 0; i < 60; i++) {
                change(random, ids);
                GraphModel model = new GraphModel(nodes, edges.values());
                assertThat(GraphQuestions.differenceOfAdjacency(graph, model))
                        .as(why)
                        .isNull();
                for (int asked = 0; asked < 4; asked++) {
                    assertThat(new GraphQuestions(model, random).differenceFrom(graph))
                            .as(why)
                            .isNull();
                }
            }
        }
    }

    private void forget() {
        graph.truncate();
        nodes.clear();
        edges.clear();
    }

    private void change(SplittableRandom random, int ids) {
        for (int i = ids / 3; i >= 0; i--) {
            long id = id(random, ids);
            switch (random.nextInt(12)) {
                case 0 -> {
                    graph.delete(id);
                    nodes.remove(id);
                    loseEdges();
                }
                case 1 -> {
                    long edge = edges.isEmpty() ? 0 : oneOf(random, List.copyOf(edges.keySet()));
                    graph.removeEdge(edge);
                    edges.remove(edge);
                }
                case 2, 3, 4 -> {
                    Obj payload = payload(random);
                    graph.upsert(Point.of(id, payload));
                    nodes.put(id, payload);
                }
                default -> relate(random);
            }
        }
        if (random.nextInt(20) == 0) {
            graph.vacuum();
        }
        seconds++;
        nodes.values().removeIf(this::isExpired);
        loseEdges();
    }

    /** Many edges go to few nodes; those that are there get other properties. */
    private void relate(SplittableRandom random) {
        if (nodes.isEmpty()) {
            return;
        }
        List<Long> ids = new ArrayList<>(nodes.keySet());
        long source = oneOf(random, ids);
        long target = random.nextInt(4) == 0 ? ids.getFirst() : oneOf(random, ids);
        Obj properties = switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Obj.of("w", random.nextInt(4));
            default -> Obj.of("w", random.nextInt(16) / 4.0, "since", "y" + random.nextInt(3));
        };
        Edge edge = Edge.of(source, target, oneOf(random, List.of("NEXT", "LIKES", "NEAR")));
        graph.relate(source, target, edge.label(), properties);
        edges.put(edge.id(), properties == null ? edge : edge.withProperties(properties));
    }

    private @Nullable Obj payload(SplittableRandom random) {
        if (random.nextInt(10) == 0) {
            return null;
        }
        Obj payload = Obj.of("tag", random.nextInt(3));
        return random.nextInt(10) == 0 ? payload.with(EXPIRES, seconds + 1 + random.nextInt(9)) : payload;
    }

    private boolean isExpired(@Nullable Obj payload) {
        return payload != null && payload.get(EXPIRES) instanceof Value.Int moment && moment.value() <= seconds;
    }

    private void loseEdges() {
        edges.values().removeIf(edge -> !nodes.containsKey(edge.source()) || !nodes.containsKey(edge.target()));
    }

    private static long id(SplittableRandom random, int ids) {
        long id = random.nextInt(ids);
        return id % 7 == 6 ? -id : id;
    }

    private static <T> T oneOf(SplittableRandom random, List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    // ---- a model that errs is noticed

    @Test
    void anEdgeThatTheCollectionLacksIsNoticed() {
        for (long id = 0; id < 6; id++) {
            graph.upsert(Point.of(id, Obj.of("tag", 1)));
            nodes.put(id, Obj.of("tag", 1));
        }
        for (long id = 0; id < 6; id++) {
            Edge edge = Edge.of(id, (id + 1) % 6, "NEXT");
            edges.put(edge.id(), edge);
            if (id != 3) {
                graph.addEdge(edge);
            }
        }
        GraphModel model = new GraphModel(nodes, edges.values());
        assertThat(GraphQuestions.differenceOfAdjacency(graph, model)).contains("edges from 3");
        assertThat(new GraphQuestions(model, new SplittableRandom(1)).differenceFrom(graph))
                .isNotNull();
    }
}
