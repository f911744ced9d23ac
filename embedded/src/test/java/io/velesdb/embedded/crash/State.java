package io.velesdb.embedded.crash;

import io.velesdb.Collection;
import io.velesdb.CollectionInfo;
import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.CollectionStatistics;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.Hit;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.SparseVector;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.graph.GraphModel;
import io.velesdb.embedded.graph.GraphQuestions;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a database holds: the model that it is compared with. Immutable.
 *
 * @param seconds what the clock says; rows that expired until then are not there, nor are their edges
 * @param collections by name
 */
record State(long seconds, Map<String, Rows> collections) {
    static final State EMPTY = new State(1, Map.of());

    /**
     * One collection.
     *
     * @param birth tells it from an earlier one of the same name
     * @param indexes those that are declared, in the order in which they were
     * @param analysis what the last one found; null before the first
     */
    record Rows(
            UUID birth,
            CollectionSchema schema,
            List<IndexDefinition> indexes,
            Analysis analysis,
            Map<Long, Row> rows,
            Map<Long, Edge> edges) {
        /** One without rows and indexes. */
        Rows(UUID birth, CollectionSchema schema) {
            this(birth, schema, List.of(), null, Map.of(), Map.of());
        }

        Rows withSchema(CollectionSchema other) {
            return new Rows(birth, other, indexes, analysis, rows, edges);
        }

        Rows withIndexes(List<IndexDefinition> others) {
            return new Rows(birth, schema, others, analysis, rows, edges);
        }

        Rows withAnalysis(Analysis other) {
            return new Rows(birth, schema, indexes, other, rows, edges);
        }

        /** Other rows; edges of rows that are gone go with them. */
        Rows withRows(Map<Long, Row> others) {
            Map<Long, Edge> kept = new TreeMap<>(edges);
            kept.values().removeIf(edge -> !others.containsKey(edge.source()) || !others.containsKey(edge.target()));
            return new Rows(birth, schema, indexes, analysis, others, kept);
        }

        Rows withEdges(Map<Long, Edge> others) {
            return new Rows(birth, schema, indexes, analysis, rows, others);
        }

        /** The rows as nodes and the edges between them. */
        GraphModel graph() {
            Map<Long, Obj> payloads = new HashMap<>();
            rows.forEach((id, row) -> payloads.put(id, row.payload()));
            return new GraphModel(payloads, edges.values());
        }

        /** Without the rows that are expired. */
        Rows at(long seconds) {
            if (rows.values().stream().noneMatch(row -> row.isExpired(seconds))) {
                return this;
            }
            Map<Long, Row> left = new TreeMap<>(rows);
            left.values().removeIf(row -> row.isExpired(seconds));
            return withRows(left);
        }
    }

    /** One row; vectors are compared by their bits. */
    record Row(float[] vector, Obj payload, Map<String, SparseVector> sparse) {
        boolean isExpired(long seconds) {
            return payload != null
                    && payload.get(Step.EXPIRES) instanceof Value.Num moment
                    && Value.compare(moment, Value.of(seconds)) <= 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row
                    && Arrays.equals(vector, row.vector)
                    && Objects.equals(payload, row.payload)
                    && sparse.equals(row.sparse);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(vector);
        }
    }

    static Row row(Point point) {
        return new Row(point.vector(), point.payload(), point.sparse());
    }

    State with(String name, Rows rows) {
        Map<String, Rows> all = new TreeMap<>(collections);
        all.put(name, rows);
        return new State(seconds, all);
    }

    State without(String name) {
        Map<String, Rows> all = new TreeMap<>(collections);
        all.remove(name);
        return new State(seconds, all);
    }

    /** The same when the clock has gone on. */
    State at(long later) {
        Map<String, Rows> all = new TreeMap<>(collections);
        all.replaceAll((name, rows) -> rows.at(later));
        return new State(later, all);
    }

    /**
     * Says how a database differs from this state; null when it does not. Looks at everything that can be asked: the
     * collections, their indexes and statistics, every row by page, counts, columns, the edges of every row in both directions, and what an exact search finds.
     * What else is derived from the rows is up to {@link DerivedAnswers}.
     */
    String differenceFrom(Database database) {
        List<String> names = database.collections().stream()
                .map(CollectionInfo::name)
                .sorted()
                .toList();
        if (!names.equals(collections.keySet().stream().sorted().toList())) {
            return "collections are " + names + ", expected " + collections.keySet();
        }
        for (Map.Entry<String, Rows> entry : collections.entrySet()) {
            String difference = differenceFrom(database.collection(entry.getKey()), entry.getValue());
            if (difference != null) {
                return "collection '" + entry.getKey() + "': " + difference;
            }
        }
        return null;
    }

    private static String differenceFrom(Collection collection, Rows expected) {
        if (!collection.schema().equals(expected.schema)) {
            return "schema is " + collection.schema() + ", expected " + expected.schema;
        }
        if (!indexes(collection).equals(expected.indexes)) {
            return "indexes are " + indexes(collection) + ", expected " + expected.indexes;
        }
        String ofStatistics = differenceOfStatistics(collection, expected);
        if (ofStatistics != null) {
            return ofStatistics;
        }
        Map<Long, Row> found = new TreeMap<>();
        Long after = null;
        do {
            Page page = collection.scroll(after, 500, null);
            page.points().forEach(point -> found.put(point.id(), row(point)));
            after = page.next();
        } while (after != null);
        if (!found.keySet().equals(expected.rows.keySet())) {
            return found.size() + " ids " + shortened(found.keySet()) + ", expected " + expected.rows.size() + " "
                    + shortened(expected.rows.keySet());
        }
        for (Map.Entry<Long, Row> row : found.entrySet()) {
            if (!row.getValue().equals(expected.rows.get(row.getKey()))) {
                return "row " + row.getKey() + " has another content: " + row.getValue() + ", expected "
                        + expected.rows.get(row.getKey());
            }
        }
        if (collection.count() != found.size()) {
            return "count is " + collection.count() + ", expected " + found.size();
        }
        for (int tag = 0; tag < 3; tag++) {
            Value wanted = Value.of(tag);
            long tagged = expected.rows.values().stream()
                    .filter(row -> row.payload != null && wanted.equals(row.payload.get("tag")))
                    .count();
            if (collection.count(Filter.eq("tag", tag)) != tagged) {
                return "count of tag " + tag + " is " + collection.count(Filter.eq("tag", tag)) + ", expected "
                        + tagged;
            }
        }
        String difference = differenceOfEdges(collection, expected);
        if (difference != null) {
            return difference;
        }
        return collection instanceof VectorCollection vectors ? differenceOfSearch(vectors, expected) : null;
    }

    /** Statistics are those of the last analysis, whatever became of the rows. */
    static String differenceOfStatistics(Collection collection, Rows expected) {
        CollectionStatistics found = collection.statistics();
        if (found == null || expected.analysis == null) {
            return found == null && expected.analysis == null
                    ? null
                    : "statistics are " + found + ", expected " + expected.analysis;
        }
        String difference = expected.analysis.differenceFrom(found);
        return difference == null ? null : "statistics, " + difference;
    }

    private static String differenceOfEdges(Collection collection, Rows expected) {
        Map<Long, Edge> found = new TreeMap<>();
        collection.edges(null).forEach(edge -> found.put(edge.id(), edge));
        if (!found.equals(expected.edges)) {
            return "edges are " + shortened(found.keySet()) + ", expected " + shortened(expected.edges.keySet())
                    + ", or with other ends, labels or properties";
        }
        if (collection.edgeCount() != found.size()) {
            return "edge count is " + collection.edgeCount() + ", expected " + found.size();
        }
        return GraphQuestions.differenceOfAdjacency(collection, expected.graph());
    }

    /** An exact search finds as many rows as there are, and every row is its own nearest under euclidean distance. */
    private static String differenceOfSearch(VectorCollection vectors, Rows expected) {
        int looked = 0;
        for (Map.Entry<Long, Row> row : expected.rows.entrySet()) {
            if (++looked > 3) {
                break;
            }
            int k = (int) Math.min(10, expected.rows.size());
            for (Effort effort : new Effort[] {Effort.PERFECT, Effort.BALANCED}) {
                List<Hit> hits = vectors.search(
                        SearchRequest.nearest(row.getValue().vector, k).effort(effort));
                if (hits.size() != k) {
                    return effort + " search for " + k + " found " + hits.size();
                }
                for (Hit hit : hits) {
                    Row known = expected.rows.get(hit.id());
                    if (known == null || !Objects.equals(known.payload, hit.payload())) {
                        return effort + " search found row " + hit.id() + " with payload " + hit.payload();
                    }
                }
                if (expected.schema.metric() == Metric.EUCLIDEAN && hits.get(0).score() != 0) {
                    return effort + " search for row " + row.getKey() + " found none at distance 0";
                }
            }
        }
        return null;
    }

    private static String shortened(java.util.Set<Long> ids) {
        String all = ids.toString();
        return all.length() > 200 ? all.substring(0, 200) + "..." : all;
    }

    static List<IndexDefinition> indexes(Collection collection) {
        return collection.indexes().stream().map(IndexInfo::definition).toList();
    }

    static boolean isVectors(Rows rows) {
        return rows.schema.kind() == CollectionKind.VECTOR;
    }
}
