package io.velesdb.cli.quickstart;

import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.Hit;
import io.velesdb.Point;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalPage;
import io.velesdb.VectorCollection;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the relations of WordNet, which are edges between the entries, say about the answers to a question. */
public final class Relations {
    /** The labels of the edges, which are the members of an entry that name other entries. */
    static final List<String> LABELS =
            List.of("hypernym", "instance_hypernym", "has_member", "has_part", "has_substance");

    private static final TraversalOptions KINDS =
            TraversalOptions.DEFAULT.relTypes("hypernym", "instance_hypernym").maxDepth(12);

    /** Two thirds of the entries have no relation within the sample: so many are looked at for one that has. */
    private static final int NEAR = 100;

    private static final TraversalOptions AROUND =
            TraversalOptions.DEFAULT.direction(Direction.BOTH).maxDepth(2).limit(1_000);

    private Relations() {}

    /** The edges that start at an entry. */
    static List<Edge> of(long id, Obj entry) {
        List<Edge> edges = new ArrayList<>();
        for (String label : LABELS) {
            if (entry.get(label) instanceof Arr targets) {
                for (Value target : targets) {
                    edges.add(Edge.of(id, Ids.of(target), label));
                }
            }
        }
        return edges;
    }

    /**
     * An entry and the ever wider kinds that it belongs to.
     *
     * @param entries from the entry to the widest kind; empty when nothing near has a kind
     */
    public record Kinds(List<Point> entries) {
        Obj json() {
            return Obj.of("entries", Arr.of(entries.stream().map(Kinds::json).toList()));
        }

        private static Obj json(Point entry) {
            return Obj.of("id", Ids.toValue(entry.id()), "lemma", lemma(entry.payload()));
        }
    }

    /** The first entry near a question that is a kind of something, with what it is. */
    static Kinds kinds(VectorCollection entries, SearchRequest question) {
        for (long id : near(entries, question).ids()) {
            List<TraversalHit> wider = entries.traverse(id, KINDS).hits();
            if (!wider.isEmpty()) {
                // breadth first: the last one is the farthest
                return new Kinds(along(entries, id, wider.getLast().path()));
            }
        }
        return new Kinds(List.of());
    }

    /**
     * An entry that relations connect to what is near a question.
     *
     * @param hit the entry, with its nearness to the question
     * @param way the entries from the near one to it
     */
    public record Neighbour(Hit hit, List<Point> way) {
        Obj json() {
            return Obj.of(
                    "id",
                    Ids.toValue(hit.id()),
                    "score",
                    Double.parseDouble(Float.toString(hit.score())),
                    "way",
                    Arr.of(way.stream()
                            .map(entry -> lemma(entry.payload()))
                            .map(Value::of)
                            .toList()),
                    "payload",
                    hit.payload() == null ? Value.NULL : hit.payload());
        }
    }

    /**
     * The neighbours, and the neighbours' neighbours, of what is near a question, which is not among them itself; the nearest
     * to the question first.
     */
    static List<Neighbour> neighbours(VectorCollection entries, SearchRequest question, int k) {
        TraversalPage around = entries.traverse(near(entries, question).ids(), AROUND);
        Map<Long, TraversalHit> ways = new HashMap<>();
        around.hits().forEach(hit -> ways.put(hit.target(), hit));
        Object[] ids =
                around.hits().stream().map(hit -> Ids.toValue(hit.target())).toArray();
        List<Neighbour> found = new ArrayList<>();
        SearchRequest among = SearchRequest.nearest(question.vector(), k).where(Filter.in("id", ids));
        for (Hit hit : entries.search(among)) {
            TraversalHit way = ways.get(hit.id());
            if (way != null) {
                found.add(new Neighbour(hit, backwards(entries, hit.id(), way.path())));
            }
        }
        return found;
    }

    private static ScoredIds near(VectorCollection entries, SearchRequest question) {
        return entries.searchIds(SearchRequest.nearest(question.vector(), NEAR));
    }

    /** The entries from {@code from} along edges, whatever their direction. */
    private static List<Point> along(VectorCollection entries, long from, List<Long> edges) {
        List<Point> way = new ArrayList<>();
        long at = from;
        add(entries, at, way);
        for (long id : edges) {
            Edge edge = entries.edge(id);
            if (edge != null) {
                at = edge.source() == at ? edge.target() : edge.source();
                add(entries, at, way);
            }
        }
        return way;
    }

    private static List<Point> backwards(VectorCollection entries, long to, List<Long> edges) {
        return along(entries, to, edges.reversed()).reversed();
    }

    private static void add(VectorCollection entries, long id, List<Point> way) {
        Point entry = entries.get(id).getFirst();
        if (entry != null) {
            way.add(entry);
        }
    }

    static String lemma(@Nullable Obj entry) {
        String lemma = entry == null ? null : entry.text("lemma");
        return lemma == null ? "?" : lemma;
    }
}
