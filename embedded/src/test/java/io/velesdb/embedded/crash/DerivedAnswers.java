package io.velesdb.embedded.crash;

import io.velesdb.Collection;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Limits;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.SparseRequest;
import io.velesdb.SparseVector;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.VelesException;
import io.velesdb.embedded.graph.GraphQuestions;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The answers that a database finds by what it derives from rows: columns and declared indexes, edges from node to node,
 * postings of text and of sparse vectors. Filters, walks, paths, components and ranks are held against the model.
 * Everything else is asked a second time of a database in memory that was just filled with the model's rows, and has no indexes, no dead rows and no
 * past. What is asked is drawn anew each time.
 */
final class DerivedAnswers {
    private final State state;
    private final SplittableRandom random;
    private final Database fresh;

    private enum Question {
        FILTER,
        GRAPH,
        TEXT,
        SPARSE,
        ORDER,
        PATTERN
    }

    DerivedAnswers(State state, SplittableRandom random) {
        this.state = state;
        this.random = random;
        fresh = Database.inMemory(Limits.DEFAULTS, () -> 1_000 * state.seconds());
    }

    /** Says which answer of every kind, of every collection, is another than it must be; null for none. */
    String differenceFrom(Database database) {
        for (String name : state.collections().keySet()) {
            for (Question question : Question.values()) {
                String difference = difference(question, name, database);
                if (difference != null) {
                    return difference;
                }
            }
        }
        return null;
    }

    /**
     * The same for the graph of each collection that has edges, and for two kinds and one of the collections, so that it
     * can be asked often.
     */
    String differenceOfAFew(Database database) {
        for (Map.Entry<String, State.Rows> entry : state.collections().entrySet()) {
            String ofGraph =
                    entry.getValue().edges().isEmpty() ? null : difference(Question.GRAPH, entry.getKey(), database);
            if (ofGraph != null) {
                return ofGraph;
            }
        }
        if (state.collections().isEmpty()) {
            return null;
        }
        String name = oneOf(List.copyOf(state.collections().keySet()));
        Question question = oneOf(List.of(Question.values()));
        String difference = difference(question, name, database);
        return difference != null ? difference : difference(oneOf(List.of(Question.values())), name, database);
    }

    private String difference(Question question, String name, Database database) {
        State.Rows expected = state.collections().get(name);
        Collection found = database.collection(name);
        String difference = switch (question) {
            case FILTER -> ofFilter(filter(2), found, expected);
            case GRAPH -> new GraphQuestions(expected.graph(), random).differenceFrom(found);
            case TEXT -> ofTwo(text(name), name, database);
            case SPARSE -> ofTwo(sparse(name), name, database);
            case ORDER -> ofTwo(order(name), name, database);
            case PATTERN -> ofTwo(pattern(name), name, database);
        };
        return difference == null ? null : "collection '" + name + "', " + difference;
    }

    // ---- held against the model

    private static String ofFilter(Filter filter, Collection collection, State.Rows expected) {
        List<Long> wanted = expected.rows().entrySet().stream()
                .filter(row -> filter.matches(row.getKey(), row.getValue().payload()))
                .map(Map.Entry::getKey)
                .sorted(Long::compareUnsigned)
                .toList();
        List<Long> found = new ArrayList<>();
        Long after = null;
        do {
            Page page = collection.scroll(after, Limits.MAX_PAGE, filter);
            page.points().forEach(point -> found.add(point.id()));
            after = page.next();
        } while (after != null);
        if (!found.equals(wanted)) {
            return "filter " + filter + ": rows " + found + ", expected " + wanted;
        }
        return same("filter " + filter + ", number of rows", collection.count(filter), (long) wanted.size());
    }

    private Filter filter(int levels) {
        return switch (random.nextInt(levels == 0 ? 9 : 12)) {
            case 0 -> Filter.eq("tag", random.nextInt(4));
            case 1 -> Filter.in("tag", random.nextInt(3), random.nextInt(3));
            case 2 -> Filter.gt("number", random.nextInt(20));
            case 3 -> Filter.lte("number", random.nextDouble());
            case 4 -> Filter.isNull("number");
            case 5 -> Filter.like("text", "%" + Workload.words(random) + "%");
            case 6 -> Filter.gte("text", Workload.words(random));
            case 7 -> Filter.geoBox("place", random.nextInt(-80, 0), -90, random.nextInt(0, 80), 90);
            case 8 -> Filter.arrayContains("_labels", "Red");
            case 9 -> Filter.and(filter(levels - 1), filter(levels - 1));
            case 10 -> Filter.or(filter(levels - 1), filter(levels - 1));
            default -> Filter.not(filter(levels - 1));
        };
    }

    // ---- asked twice

    private Asked text(String name) {
        String words = Workload.words(random);
        TextQuery query = switch (random.nextInt(3)) {
            case 0 -> TextQuery.phrase(words);
            case 1 -> TextQuery.prefix(words.substring(0, words.length() - 2));
            default -> TextQuery.words(words);
        };
        TextRequest everywhere = TextRequest.of(query, 1 + random.nextInt(20)).where(narrowing());
        TextRequest request = random.nextBoolean() ? everywhere : everywhere.in("text");
        return new Asked(
                "text search " + request, database -> database.collection(name).textSearch(request));
    }

    private Asked sparse(String name) {
        SparseVector vector = SparseVector.of(
                new int[] {random.nextInt(9), 10 + random.nextInt(9)}, new float[] {1, (float) random.nextDouble()});
        SparseRequest request = SparseRequest.best(vector, 1 + random.nextInt(20))
                .by(random.nextBoolean() ? "" : "other")
                .where(narrowing());
        return new Asked(
                "sparse search " + request,
                database -> database.collection(name).sparseSearch(request));
    }

    private Filter narrowing() {
        return random.nextBoolean() ? null : filter(0);
    }

    private Asked order(String name) {
        String field = oneOf(List.of("tag", "number", "text"));
        String statement = random.nextInt(4) == 0
                ? "SELECT " + field + ", COUNT(*) AS n, MAX(number) AS most FROM \"" + name + "\" GROUP BY " + field
                        + " ORDER BY n DESC, " + field
                : "SELECT id, tag, number FROM \"" + name + "\""
                        + oneOf(List.of("", " WHERE tag = 1", " WHERE number > 3", " WHERE text LIKE '%boat%'"))
                        + " ORDER BY " + field + (random.nextBoolean() ? " DESC" : "") + " LIMIT "
                        + (1 + random.nextInt(30));
        return new Asked(statement, database -> database.query(statement));
    }

    private Asked pattern(String name) {
        String statement = "MATCH (x" + oneOf(List.of("", ":Red")) + ")-"
                + oneOf(List.of("[e:NEXT]", "[e]", "[e:NEXT|LIKES]", "[:NEXT*1..2]"))
                + oneOf(List.of("->(y)", "->(y:Red)", "->(y)<-[f]-(z)"))
                + oneOf(List.of("", " WHERE x.tag = 1", " WHERE y.number > 3"))
                + " RETURN x.id, y.id, y.tag ORDER BY x.id, y.id LIMIT " + (1 + random.nextInt(30));
        return new Asked(statement, database -> database.query(statement, Obj.of("_collection", name)));
    }

    /** A question that says what it is. */
    private record Asked(String what, Function<Database, Object> ask) {
        /** The code of a refusal is an answer like any other. */
        Object of(Database database) {
            try {
                return ask.apply(database);
            } catch (VelesException refusal) {
                return refusal.code();
            }
        }
    }

    private String ofTwo(Asked question, String name, Database database) {
        if (!fresh.hasCollection(name)) {
            fill(name, state.collections().get(name));
        }
        return same(question.what(), question.of(database), question.of(fresh));
    }

    /** Vectors are left out: nothing that is asked here is about them. */
    private void fill(String name, State.Rows rows) {
        Collection collection = fresh.createCollection(
                name, CollectionSchema.metadata().withText(rows.schema().text()));
        List<Point> points = new ArrayList<>();
        rows.rows().forEach((id, row) -> points.add(Point.of(id, row.payload()).withSparse(row.sparse())));
        collection.upsert(points);
        collection.addEdges(List.copyOf(rows.edges().values()));
    }

    private static String same(String what, Object found, Object expected) {
        return found.equals(expected) ? null : what + ": " + found + ", expected " + expected;
    }

    private <T> T oneOf(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
