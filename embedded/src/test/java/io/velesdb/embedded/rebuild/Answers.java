package io.velesdb.embedded.rebuild;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Direction;
import io.velesdb.Fusion;
import io.velesdb.Hit;
import io.velesdb.HybridRequest;
import io.velesdb.PathOptions;
import io.velesdb.Point;
import io.velesdb.QueryRow;
import io.velesdb.SearchRequest;
import io.velesdb.SearchableCollection;
import io.velesdb.SparseRequest;
import io.velesdb.SparseVector;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.TraversalOptions;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The same questions to any database, the same for the same seed, with what it answers to each, bit for bit. */
final class Answers {
    private final Database database;
    private final SplittableRandom random;
    private final List<String> all = new ArrayList<>();

    private Answers(Database database, long seed) {
        this.database = database;
        random = new SplittableRandom(seed);
    }

    /** Everything that has one right answer, whatever way leads to it. */
    static List<String> exact(Database database, long seed) {
        Answers answers = new Answers(database, seed);
        for (String name : Life.COLLECTIONS) {
            Collection collection = database.collection(name);
            answers.rows(collection);
            answers.filters(collection);
            answers.texts(collection);
            answers.sparse(collection);
            answers.fused(collection);
            answers.graph(collection);
            answers.statements(name);
            if (collection instanceof SearchableCollection searchable) {
                answers.nearest(searchable, Effort.PERFECT);
            }
        }
        return answers.all;
    }

    /** What a walk of the vector index finds: the same only where the index is the same, link by link. */
    static List<String> approximate(Database database, long seed) {
        Answers answers = new Answers(database, seed);
        for (String name : Life.COLLECTIONS) {
            if (database.collection(name) instanceof SearchableCollection searchable) {
                answers.nearest(searchable, Effort.BALANCED);
                answers.nearest(searchable, Effort.FAST);
            }
        }
        return answers.all;
    }

    /** The share of the exact ten nearest that {@link Effort#BALANCED} finds; every score that it reports is exact. */
    static double recall(Database database, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SearchableCollection rows = (SearchableCollection) database.collection(Life.ROWS);
        int found = 0;
        int wanted = 0;
        for (int i = 0; i < 40; i++) {
            SearchRequest request = SearchRequest.nearest(Life.vector(random), 10);
            List<Hit> exact = rows.search(request.effort(Effort.PERFECT));
            List<Hit> hits = rows.search(request.effort(Effort.BALANCED));
            hits.retainAll(exact);
            found += hits.size();
            wanted += exact.size();
        }
        return wanted == 0 ? 1 : (double) found / wanted;
    }

    /** What a question brings: an answer, or the refusal. */
    private void ask(String question, Supplier<Object> answer) {
        String text;
        try {
            text = String.valueOf(answer.get());
        } catch (VelesException refusal) {
            text = refusal.getMessage();
        }
        all.add(question + " -> " + text);
    }

    private void rows(Collection collection) {
        String name = collection.name();
        ask(name + " schema", collection::schema);
        ask(name + " count", collection::count);
        ask(name + " ids", () -> Arrays.toString(collection.allIds()));
        ask(name + " rows", () -> {
            StringBuilder rows = new StringBuilder();
            for (Point point : collection.scroll(10_000).points()) {
                rows.append(point.id())
                        .append(Arrays.toString(point.vector()))
                        .append(point.payload())
                        .append(point.sparse());
            }
            return rows;
        });
        ask(
                name + " indexes",
                () -> collection.indexes().stream()
                        .map(index -> index.definition().toString())
                        .toList());
        ask(name + " statistics", collection::statistics);
    }

    private void filters(Collection collection) {
        for (int i = 0; i < 40; i++) {
            Filter filter = filter(2);
            ask(collection.name() + " where " + filter, () -> {
                List<Long> ids = new ArrayList<>();
                collection.scroll(null, 10_000, filter).points().forEach(point -> ids.add(point.id()));
                return collection.count(filter) + " " + ids;
            });
        }
    }

    private Filter filter(int levels) {
        if (levels > 0 && random.nextInt(3) == 0) {
            Filter one = filter(levels - 1);
            Filter other = filter(levels - 1);
            return switch (random.nextInt(3)) {
                case 0 -> Filter.and(one, other);
                case 1 -> Filter.or(one, other);
                default -> Filter.not(one);
            };
        }
        return switch (random.nextInt(11)) {
            case 0 -> Filter.eq("n", random.nextInt(60));
            case 1 -> Filter.gte("n", random.nextInt(60));
            case 2 -> Filter.and(Filter.gt("n", random.nextInt(30)), Filter.lte("n", 30 + random.nextInt(30)));
            case 3 -> Filter.in("tag", random.nextInt(9), random.nextInt(9));
            case 4 -> Filter.like("title", "%" + Life.word(random) + "%");
            case 5 -> Filter.ilike("title", Life.word(random) + "%WORD1_");
            case 6 -> Filter.geoBox("at", random.nextInt(-40, 0), -80, random.nextInt(0, 40), 80);
            case 7 -> Filter.geoDistance("at", 10, random.nextInt(-80, 80), Operator.LT, 3e6);
            case 8 -> Filter.arrayContains("_labels", "Person");
            case 9 -> Filter.and(Filter.arrayContains("_labels", "Person"), Filter.eq("city", "Oslo"));
            default -> Filter.isNull("body");
        };
    }

    private void texts(Collection collection) {
        for (int i = 0; i < 30; i++) {
            StringBuilder words = new StringBuilder(Life.word(random));
            for (int more = random.nextInt(4); more > 0; more--) {
                words.append(' ').append(Life.word(random));
            }
            TextQuery query = switch (random.nextInt(5)) {
                case 0 -> TextQuery.phrase(words.toString());
                case 1 -> TextQuery.prefix(words.substring(0, words.length() - 1));
                default -> TextQuery.words(words.toString());
            };
            TextRequest request = TextRequest.of(query, 1 + random.nextInt(300));
            TextRequest in = switch (random.nextInt(3)) {
                case 0 -> request.in("title");
                case 1 -> request.in("body", "title");
                default -> request;
            };
            TextRequest asked = (random.nextBoolean() ? in : in.where(filter(1))).withoutPayload();
            ask(collection.name() + " text " + asked, () -> collection.textSearch(asked));
        }
    }

    private void sparse(Collection collection) {
        for (int i = 0; i < 10; i++) {
            SparseRequest best = SparseRequest.best(sparseVector(), 1 + random.nextInt(50))
                    .by(random.nextBoolean() ? "" : "other")
                    .withoutPayload();
            SparseRequest asked = random.nextBoolean() ? best : best.where(filter(1));
            ask(collection.name() + " sparse " + asked, () -> collection.sparseSearch(asked));
        }
    }

    private SparseVector sparseVector() {
        return SparseVector.of(
                new int[] {random.nextInt(9), 10 + random.nextInt(30), 50},
                new float[] {(float) random.nextDouble(), random.nextInt(-2, 3), 1});
    }

    private void fused(Collection collection) {
        for (int i = 0; i < 10; i++) {
            HybridRequest request = HybridRequest.top(20)
                    .matching(Life.word(random))
                    .sparse("", sparseVector())
                    .effort(Effort.PERFECT)
                    .fusedBy(random.nextBoolean() ? Fusion.rrf() : Fusion.average())
                    .withoutPayload();
            HybridRequest asked = collection instanceof SearchableCollection && random.nextBoolean()
                    ? request.near(Life.vector(random))
                    : request.where(filter(1));
            ask(collection.name() + " fused " + i, () -> collection.hybridSearch(asked));
        }
    }

    private void nearest(SearchableCollection collection, Effort effort) {
        for (int i = 0; i < 20; i++) {
            float[] query = Life.vector(random);
            SearchRequest nearest = SearchRequest.nearest(query, 1 + random.nextInt(40))
                    .effort(effort)
                    .withoutPayload();
            SearchRequest asked = random.nextBoolean() ? nearest : nearest.where(filter(1));
            ask(
                    collection.name() + " " + effort + " nearest to " + Arrays.toString(query) + " where "
                            + asked.filter(),
                    () -> collection.search(asked));
        }
    }

    private void graph(Collection collection) {
        String name = collection.name();
        ask(name + " edges", () -> collection.edges(null));
        ask(name + " edges KNOWS", () -> collection.edges("KNOWS"));
        ask(name + " edge count", () -> collection.edgeCount() + " " + Long.toUnsignedString(collection.maxEdgeId()));
        long[] ids = collection.allIds();
        for (int i = 0; i < 25 && ids.length > 0; i++) {
            long id = ids[random.nextInt(ids.length)];
            long other = ids[random.nextInt(1 + ids.length / 20)];
            ask(
                    name + " around " + id,
                    () -> collection.outgoing(id) + " " + collection.incoming(id) + " " + collection.degree(id));
            TraversalOptions options = TraversalOptions.DEFAULT
                    .direction(Direction.values()[random.nextInt(3)])
                    .maxDepth(4)
                    .edges(random.nextInt(3) == 0 ? Filter.gt("w", 3) : null)
                    .nodes(random.nextInt(3) == 0 ? filter(1) : null);
            ask(
                    name + " walk from " + id + " " + options,
                    () -> collection.traverse(id, options) + " " + collection.traverseDepthFirst(id, options));
            PathOptions path = PathOptions.DEFAULT.direction(Direction.BOTH).weight(random.nextBoolean() ? "w" : null);
            ask(name + " path from " + id + " to " + other, () -> collection.shortestPath(id, other, path));
        }
        ask(name + " components", collection::connectedComponents);
        ask(name + " ranks", collection::pageRank);
    }

    private void statements(String name) {
        for (String statement : List.of(
                "SELECT id, n FROM " + name + " ORDER BY n LIMIT 25",
                "SELECT id, title FROM " + name + " WHERE n > 40 ORDER BY title DESC LIMIT 25",
                "SELECT tag, COUNT(*), SUM(n), MIN(title) FROM " + name + " GROUP BY tag ORDER BY tag",
                "SELECT COUNT(*) FROM " + name + " WHERE title LIKE '%boat%' OR n = 7",
                "MATCH (a:Person)-[e:KNOWS]->(b) RETURN a.id, b.id, e.w ORDER BY a.id, b.id LIMIT 40",
                "MATCH (a:Person)-[:NEAR*1..2]->(b {city: 'Oslo'}) RETURN a.id, b.id ORDER BY a.id, b.id LIMIT 40")) {
            ask(
                    statement,
                    () -> database.query(statement, Obj.of("_collection", name)).rows().stream()
                            .map(QueryRow::values)
                            .toList());
        }
    }
}
