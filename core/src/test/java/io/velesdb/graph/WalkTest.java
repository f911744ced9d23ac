package io.velesdb.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.GraphPath;
import io.velesdb.PathOptions;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traversals, paths and whole-graph algorithms against the simplest program that does the same. */
class WalkTest {
    private static final String[] LABELS = {"A", "B", "C"};
    private static final LongPredicate ANY = id -> true;

    private final EdgeModel model = new EdgeModel();
    private final EdgeStore store = new EdgeStore();

    private GraphView random(Random random, int nodes, int edges) {
        for (int i = 0; i < edges; i++) {
            model.putRandom(store, random, nodes, LABELS, false);
        }
        return store.publish();
    }

    // ---- traversals

    /** What of a graph one traversal may use, as the model sees it. */
    private record Question(TraversalOptions options, LongPredicate nodes) {
        static Question random(Random random) {
            TraversalOptions options = TraversalOptions.DEFAULT
                    .direction(Direction.values()[random.nextInt(3)])
                    .limit(1_000_000);
            int min = random.nextInt(4);
            options = options.depth(min, min + random.nextInt(5));
            if (random.nextBoolean()) {
                options = options.relTypes(random.nextBoolean() ? List.of("A") : List.of("A", "C", "of no edge"));
            }
            if (random.nextInt(3) == 0) {
                options = options.edges(Filter.gte("weight", 1));
            }
            int hidden = random.nextInt(10);
            return new Question(options, random.nextInt(3) == 0 ? id -> id % 10 != hidden : ANY);
        }

        List<Edge> edgesOf(EdgeModel model, long node) {
            List<Edge> usable = new ArrayList<>();
            for (Edge edge : model.of(node, options.direction(), options.relTypes())) {
                Filter filter = options.edgeFilter();
                if (filter == null || filter.matches(edge.id(), edge.properties())) {
                    usable.add(edge);
                }
            }
            return usable;
        }

        boolean reports(int depth) {
            return depth >= options.minDepth();
        }
    }

    private List<TraversalHit> breadthFirst(Question question, long source) {
        Map<Long, List<Long>> paths = new LinkedHashMap<>();
        paths.put(source, List.of());
        List<Long> front = List.of(source);
        for (int depth = 1; depth <= question.options.maxDepth(); depth++) {
            List<Long> next = new ArrayList<>();
            for (long node : front) {
                for (Edge edge : question.edgesOf(model, node)) {
                    long other = edge.source() == node ? edge.target() : edge.source();
                    if (!paths.containsKey(other) && question.nodes.test(other)) {
                        List<Long> path = new ArrayList<>(paths.get(node));
                        path.add(edge.id());
                        paths.put(other, path);
                        next.add(other);
                    }
                }
            }
            front = next;
        }
        return paths.entrySet().stream()
                .filter(e ->
                        e.getKey() != source && question.reports(e.getValue().size()))
                .map(e -> new TraversalHit(e.getKey(), e.getValue().size(), e.getValue()))
                .toList();
    }

    private List<TraversalHit> depthFirst(Question question, long source) {
        List<TraversalHit> hits = new ArrayList<>();
        descend(question, source, List.of(), new HashMap<>(Map.of(source, 0)), hits);
        return hits;
    }

    /** @param entered the least depth at which each node was entered */
    private void descend(
            Question question, long node, List<Long> path, Map<Long, Integer> entered, List<TraversalHit> hits) {
        if (path.size() == question.options.maxDepth()) {
            return;
        }
        for (Edge edge : question.edgesOf(model, node)) {
            long other = edge.source() == node ? edge.target() : edge.source();
            Integer known = entered.get(other);
            if ((known == null || known > path.size() + 1) && question.nodes.test(other)) {
                entered.put(other, path.size() + 1);
                List<Long> longer = new ArrayList<>(path);
                longer.add(edge.id());
                if (known == null && question.reports(longer.size())) {
                    hits.add(new TraversalHit(other, longer.size(), longer));
                }
                descend(question, other, longer, entered, hits);
            }
        }
    }

    /** The traversals of each source, merged by depth and then source; the first mention of a target counts. */
    private List<TraversalHit> parallel(Question question, long[] sources) {
        List<TraversalHit> all = new ArrayList<>();
        for (long source : sources) {
            all.addAll(breadthFirst(question, source));
        }
        all.sort(Comparator.comparingInt(TraversalHit::depth)); // stable
        Map<Long, TraversalHit> first = new LinkedHashMap<>();
        for (TraversalHit hit : all) {
            first.putIfAbsent(hit.target(), hit);
        }
        return List.copyOf(first.values());
    }

    private static List<TraversalHit> hits(Traversal traversal) {
        List<TraversalHit> hits = new ArrayList<>();
        while (traversal.next()) {
            hits.add(traversal.hit());
        }
        return hits;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void traversalsFindWhatASimpleProgramFinds_inTheSameOrder(long seed) {
        Random random = new Random(seed);
        int nodes = seed % 2 == 0 ? 30 : 8;
        GraphView graph = random(random, nodes, 90);
        for (int i = 0; i < 200; i++) {
            Question question = Question.random(random);
            long source = random.nextInt(nodes);
            TraversalOptions options = question.options;
            String why = "seed " + seed + " run " + i + " " + options + " from " + source;
            assertThat(hits(Traversal.breadthFirst(graph, source, options, ANY, question.nodes, Cancellation.NONE)))
                    .as(why)
                    .isEqualTo(breadthFirst(question, source));
            assertThat(hits(Traversal.depthFirst(graph, source, options, ANY, question.nodes, Cancellation.NONE)))
                    .as(why)
                    .isEqualTo(depthFirst(question, source));
            long[] sources = random.longs(1 + random.nextInt(8), 0, nodes).toArray();
            assertThat(hits(Traversal.breadthFirst(graph, sources, options, ANY, question.nodes, Cancellation.NONE)))
                    .as("%s and %s", why, Arrays.toString(sources))
                    .isEqualTo(parallel(question, sources));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void depthFirstFindsTheNodesThatBreadthFirstFinds(long seed) {
        Random random = new Random(seed);
        GraphView graph = random(random, 30, 90);
        for (int i = 0; i < 100; i++) {
            TraversalOptions options = TraversalOptions.DEFAULT.limit(1_000_000).maxDepth(1 + random.nextInt(6));
            long source = random.nextInt(30);
            assertThat(hits(start(graph, source, options, true)))
                    .as("seed %d %s from %d", seed, options, source)
                    .extracting(TraversalHit::target)
                    .containsExactlyInAnyOrderElementsOf(hits(start(graph, source, options, false)).stream()
                            .map(TraversalHit::target)
                            .toList());
        }
    }

    @Test
    void depthFirstPassesAgainThroughANodeThatAShorterWayLeadsTo() {
        store.put(1, 1, 2, "A", null);
        store.put(2, 2, 3, "A", null);
        store.put(3, 3, 4, "A", null);
        store.put(4, 1, 3, "A", null);
        assertThat(hits(start(store.publish(), 1, TraversalOptions.DEFAULT.maxDepth(2), true)))
                .containsExactly(
                        new TraversalHit(2, 1, List.of(1L)),
                        new TraversalHit(3, 2, List.of(1L, 2L)),
                        new TraversalHit(4, 2, List.of(4L, 3L)));
    }

    @Test
    void anyNumberOfSourcesFollowsEachEdgeTwiceAtMost() {
        Random random = new Random(1);
        int nodes = 20_000;
        int edges = 60_000;
        for (int i = 0; i < edges; i++) {
            store.put(i + 1, random.nextInt(nodes), random.nextInt(nodes), "A", null);
        }
        GraphView graph = store.publish();
        long[] sources = LongStream.range(0, nodes).toArray();
        TraversalOptions deep = TraversalOptions.DEFAULT.limit(1_000_000).maxDepth(100);
        Traversal all = Traversal.breadthFirst(graph, sources, deep, ANY, ANY, Cancellation.NONE);
        // every node that an edge from another one leads to
        int entered = (int) LongStream.range(0, nodes)
                .filter(node -> graph.incoming(node).stream().anyMatch(edge -> edge.source() != node))
                .count();
        assertThat(hits(all)).hasSize(entered).allMatch(hit -> hit.depth() == 1);
        assertThat(all.edgesTraversed()).isLessThanOrEqualTo(2L * edges);

        Traversal far = Traversal.breadthFirst(
                graph, sources, TraversalOptions.DEFAULT.depth(2, 100), ANY, ANY, Cancellation.NONE);
        assertThat(hits(far)).hasSize(100).allMatch(hit -> hit.depth() == 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void pagesOfATraversalAreTheWholeOfIt(long seed) {
        Random random = new Random(seed);
        GraphView graph = random(random, 40, 120);
        for (int i = 0; i < 60; i++) {
            TraversalOptions options = Question.random(random).options;
            long source = random.nextInt(40);
            boolean deep = random.nextBoolean();
            List<TraversalHit> whole = hits(start(graph, source, options, deep));
            List<TraversalHit> paged = new ArrayList<>();
            String cursor = null;
            int limit = 1 + random.nextInt(7);
            int pages = 0;
            do {
                Traversal page = start(graph, source, options.limit(limit).from(cursor), deep);
                paged.addAll(hits(page));
                assertThat(page.next()).isFalse();
                cursor = page.nextCursor();
                pages++;
            } while (cursor != null);
            assertThat(paged).as("seed %d %s from %d", seed, options, source).isEqualTo(whole);
            assertThat(pages).as("seed %d", seed).isEqualTo(Math.max(1, (whole.size() + limit - 1) / limit));
        }
    }

    private static Traversal start(GraphView graph, long source, TraversalOptions options, boolean deep) {
        return deep
                ? Traversal.depthFirst(graph, source, options, ANY, ANY, Cancellation.NONE)
                : Traversal.breadthFirst(graph, source, options, ANY, ANY, Cancellation.NONE);
    }

    @Test
    void aPageGoesOnBehindTheLastNode_alsoWhenOthersCameBeforeIt_andByCountWhenItIsGone() {
        for (long target = 10; target < 20; target++) {
            store.put(target * 10, 1, target, "A", null);
        }
        TraversalOptions three = TraversalOptions.DEFAULT.limit(3);
        Traversal first = start(store.publish(), 1, three, false);
        assertThat(hits(first)).extracting(TraversalHit::target).containsExactly(10L, 11L, 12L);
        store.put(1, 1, 5, "A", null);
        Traversal second = start(store.publish(), 1, three.from(first.nextCursor()), false);
        assertThat(hits(second)).extracting(TraversalHit::target).containsExactly(13L, 14L, 15L);
        store.removeNode(15);
        Traversal third = start(store.publish(), 1, three.from(second.nextCursor()), false);
        // 5, 10 … 14 are six; the seventh of now is 16
        assertThat(hits(third)).extracting(TraversalHit::target).containsExactly(17L, 18L, 19L);
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void nodesComeAsTheyAreFound() {
        for (long node = 1; node < 10_000; node++) {
            store.put(node, node, node + 1, "A", null);
            store.put(node + 100_000, node, node + 50_000, "A", null);
        }
        int[] asked = {0};
        LongPredicate counted = id -> {
            asked[0]++;
            return true;
        };
        for (boolean deep : new boolean[] {true, false}) {
            asked[0] = 0;
            GraphView graph = store.publish();
            TraversalOptions options = TraversalOptions.DEFAULT.maxDepth(100);
            Traversal walk = deep
                    ? Traversal.depthFirst(graph, 1, options, ANY, counted, Cancellation.NONE)
                    : Traversal.breadthFirst(graph, 1, options, ANY, counted, Cancellation.NONE);
            for (int i = 1; i <= 10; i++) {
                assertThat(walk.next()).isTrue();
                assertThat(asked[0]).isEqualTo(i);
            }
            assertThat(walk.visited()).isEqualTo(11);
            assertThat(walk.depthReached()).isEqualTo(deep ? 10 : 5);
            assertThat(walk.edgesTraversed()).isEqualTo(10);
        }
    }

    @Test
    void aCancelledWalkEndsWithTheErrorOfTheCancellation() {
        for (long node = 1; node < 2_000; node++) {
            store.put(
                    node,
                    node,
                    node + 1,
                    "A",
                    Obj.of("w", 1).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        GraphView graph = store.publish();
        VelesException late = new VelesException(ErrorCode.GUARD_RAIL, "late");
        Cancellation cancelled = () -> {
            throw late;
        };
        PathOptions options = PathOptions.DEFAULT;
        assertThatThrownBy(() -> Paths.shortest(graph, 1, 1_999, options, ANY, ANY, cancelled))
                .isSameAs(late);
        assertThatThrownBy(() -> Paths.shortest(graph, 1, 1_999, options.weight("w"), ANY, ANY, cancelled))
                .isSameAs(late);
        assertThatThrownBy(() -> Components.of(graph, new long[] {1}, cancelled))
                .isSameAs(late);
        assertThatThrownBy(() -> PageRank.of(graph, new long[] {1}, cancelled)).isSameAs(late);
    }

    @Test
    void badInputIsRefusedByCode() {
        store.put(1, 1, 2, "A", Obj.of("w", -1).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        store.put(2, 2, 3, "A", Obj.of("w", "x").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        GraphView graph = store.publish();
        LongPredicate visible = id -> id < 10;
        TraversalOptions options = TraversalOptions.DEFAULT;
        refused("VELES-022", () -> Traversal.breadthFirst(graph, 11, options, visible, visible, Cancellation.NONE));
        refused("VELES-022", () -> Traversal.depthFirst(graph, 11, options, visible, visible, Cancellation.NONE));
        refused(
                "VELES-022",
                () -> Traversal.breadthFirst(graph, new long[] {1, 11}, options, visible, visible, Cancellation.NONE));
        refused(
                "VELES-010",
                () -> Traversal.breadthFirst(graph, new long[0], options, visible, visible, Cancellation.NONE));
        for (String cursor : new String[] {"", "5", ".5", "0.5", "5.", "-1.5", "x.y", "1.2.3"}) {
            refused("VELES-010", () -> start(graph, 1, options.from(cursor), false));
        }
        refused("VELES-027", () -> options.maxDepth(101));
        refused("VELES-010", () -> options.maxDepth(-1));
        refused("VELES-010", () -> options.depth(-1, 2));
        refused("VELES-010", () -> options.depth(3, 2));
        refused("VELES-010", () -> options.limit(0));
        refused("VELES-021", () -> options.relTypes("A", " "));
        refused("VELES-010", () -> Direction.parse("sideways"));
        PathOptions weighted = PathOptions.DEFAULT.weight("w");
        refused("VELES-022", () -> Paths.shortest(graph, 1, 11, weighted, visible, visible, Cancellation.NONE));
        refused("VELES-022", () -> Paths.shortest(graph, 11, 1, weighted, visible, visible, Cancellation.NONE));
        refused("edge 1 is -1", () -> Paths.shortest(graph, 1, 3, weighted, visible, visible, Cancellation.NONE));
        refused("edge 2 is \"x\"", () -> Paths.shortest(graph, 2, 3, weighted, visible, visible, Cancellation.NONE));
        assertThatThrownBy(() -> Components.of(graph, new long[] {2, 1}, Cancellation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(String part, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(VelesException.class).hasMessageContaining(part);
    }

    @Test
    void aNodeWithoutEdgesHasNothingAroundIt() {
        store.put(1, 1, 2, "A", null);
        GraphView graph = store.publish();
        assertThat(hits(start(graph, 9, TraversalOptions.DEFAULT, false))).isEmpty();
        assertThat(hits(start(graph, 9, TraversalOptions.DEFAULT, true))).isEmpty();
        long[] sources = {9, 1, 9};
        Traversal many = Traversal.breadthFirst(graph, sources, TraversalOptions.DEFAULT, ANY, ANY, Cancellation.NONE);
        assertThat(hits(many)).extracting(TraversalHit::target).containsExactly(2L);
        assertThat(Paths.shortest(graph, 9, 1, PathOptions.DEFAULT, ANY, ANY, Cancellation.NONE))
                .isNull();
        assertThat(Paths.shortest(graph, 9, 9, PathOptions.DEFAULT, ANY, ANY, Cancellation.NONE))
                .isEqualTo(new GraphPath(List.of(9L), List.of(), 0));
    }

    // ---- paths

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shortestPathsAreTheLeastOfAllPaths(long seed) {
        Random random = new Random(seed);
        GraphView graph = random(random, 6, 16);
        for (int i = 0; i < 60; i++) {
            Question question = Question.random(random);
            TraversalOptions scope = question.options;
            long source = random.nextInt(6);
            long target = random.nextInt(6);
            for (String weight : new String[] {null, "weight"}) {
                PathOptions options = new PathOptions(
                        scope.direction(), scope.relTypes(), null, scope.edgeFilter(), weight, null, null);
                GraphPath[] best = new GraphPath[1];
                allPaths(
                        question, source, target, weight, new ArrayList<>(List.of(source)), new ArrayList<>(), 0, best);
                assertThat(Paths.shortest(graph, source, target, options, ANY, question.nodes, Cancellation.NONE))
                        .as("seed %d %d to %d by %s", seed, source, target, options)
                        .isEqualTo(best[0]);
            }
        }
    }

    private void allPaths(
            Question question,
            long at,
            long target,
            String weight,
            List<Long> nodes,
            List<Long> edges,
            double sum,
            GraphPath[] best) {
        if (at == target) {
            GraphPath path = new GraphPath(nodes, edges, sum);
            if (best[0] == null || compare(path, best[0]) < 0) {
                best[0] = path;
            }
            return;
        }
        for (Edge edge : question.edgesOf(model, at)) {
            long other = edge.source() == at ? edge.target() : edge.source();
            if (!nodes.contains(other) && question.nodes.test(other)) {
                nodes.add(other);
                edges.add(edge.id());
                allPaths(question, other, target, weight, nodes, edges, sum + weight(edge, weight), best);
                nodes.removeLast();
                edges.removeLast();
            }
        }
    }

    private static double weight(Edge edge, String property) {
        Obj properties = edge.properties();
        return property == null || properties == null
                ? 1
                : properties.get(property) instanceof Value.Num number ? number.doubleValue() : 1;
    }

    private static int compare(GraphPath a, GraphPath b) {
        if (a.weight() != b.weight()) {
            return Double.compare(a.weight(), b.weight());
        }
        for (int i = 0; i < Math.min(a.edges().size(), b.edges().size()); i++) {
            int order = Long.compareUnsigned(a.edges().get(i), b.edges().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.edges().size(), b.edges().size());
    }

    // ---- whole graphs

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void componentsAreWhatFloodingFinds(long seed) {
        Random random = new Random(seed);
        GraphView graph = random(random, 60, 20 + (int) seed * 10);
        long[] ids = random.longs(40, 0, 80).distinct().sorted().toArray();
        Map<Long, Long> names = new TreeMap<>();
        for (long id : ids) {
            flood(id, id, ids, names);
        }
        assertThat(Components.of(graph, ids, Cancellation.NONE))
                .as("seed %d", seed)
                .isEqualTo(names.values().stream().mapToLong(Long::longValue).toArray());
    }

    private void flood(long id, long name, long[] ids, Map<Long, Long> names) {
        if (Arrays.binarySearch(ids, id) < 0 || names.putIfAbsent(id, name) != null) {
            return;
        }
        for (Edge edge : model.of(id, Direction.BOTH, List.of())) {
            flood(edge.source(), name, ids, names);
            flood(edge.target(), name, ids, names);
        }
    }

    @Test
    void componentsAreNamedByTheSmallestUnsignedId() {
        store.put(1, -1, -5, "A", null);
        store.put(2, 3, -1, "A", null);
        store.put(3, -7, -9, "A", null);
        GraphView graph = store.publish();
        assertThat(Components.of(graph, new long[] {3, 4, -9, -7, -5, -1}, Cancellation.NONE))
                .containsExactly(3, 4, -9, -9, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void pageRankIsThatOfItsDefinition_toTheBitWhateverTheHistory(long seed) {
        Random random = new Random(seed);
        GraphView graph = random(random, 30, 100);
        long[] ids = random.longs(25, 0, 40).distinct().sorted().toArray();
        double[] ranks = PageRank.of(graph, ids, Cancellation.NONE);
        Map<Long, Double> expected = naivePageRank(ids);
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            assertThat(ranks[i]).as("seed %d node %d", seed, ids[i]).isCloseTo(expected.get(ids[i]), within());
            sum += ranks[i];
        }
        assertThat(sum).isCloseTo(1, within());
        EdgeStore other = new EdgeStore();
        List<Edge> shuffled = new ArrayList<>(model.edges.values());
        java.util.Collections.shuffle(shuffled, random);
        shuffled.forEach(edge -> new EdgeModel().put(other, edge));
        assertThat(PageRank.of(other.publish(), ids, Cancellation.NONE)).isEqualTo(ranks);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }

    private Map<Long, Double> naivePageRank(long[] ids) {
        Map<Long, Double> ranks = new HashMap<>();
        Map<Long, List<Long>> targets = new HashMap<>();
        for (long id : ids) {
            ranks.put(id, 1.0 / ids.length);
            targets.put(id, new ArrayList<>());
        }
        for (Edge edge : model.edges.values()) {
            if (ranks.containsKey(edge.source()) && ranks.containsKey(edge.target())) {
                targets.get(edge.source()).add(edge.target());
            }
        }
        for (int round = 0; round < 100; round++) {
            Map<Long, Double> next = new HashMap<>();
            for (long id : ids) {
                next.merge(id, 0.15 / ids.length, Double::sum);
                List<Long> to = targets.get(id);
                for (long all : ids) {
                    next.merge(all, to.isEmpty() ? 0.85 * ranks.get(id) / ids.length : 0, Double::sum);
                }
                for (long target : to) {
                    next.merge(target, 0.85 * ranks.get(id) / to.size(), Double::sum);
                }
            }
            double change = 0;
            for (long id : ids) {
                change += Math.abs(next.get(id) - ranks.get(id));
            }
            ranks = next;
            if (change < 1e-6) {
                break;
            }
        }
        return ranks;
    }
}
