package io.velesdb.conformance;

import io.velesdb.Collection;
import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.host.Clock;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data that statement cases find (section 26 of the language). Immutable. */
public final class QueryDataset {
    /** No collection at all. */
    public static final QueryDataset EMPTY = new QueryDataset(List.of(), null);

    private record Content(String name, CollectionSchema schema, List<Point> points, List<Edge> edges) {}

    private final List<Content> collections;

    private final @Nullable Long nowSeconds;

    private QueryDataset(List<Content> collections, @Nullable Long nowSeconds) {
        this.collections = List.copyOf(collections);
        this.nowSeconds = nowSeconds;
    }

    /**
     * The data of a file.
     *
     * @param json an object with the array {@code collections} and, where cases depend on the time, the integer {@code now}
     *     in epoch seconds
     * @throws VelesException VELES-012 when it is none: the message names the collection and the member
     */
    public static QueryDataset parse(String json) {
        if (!(Json.parse(json) instanceof Obj dataset)) {
            throw malformed("the dataset is no JSON object");
        }
        List<Content> collections = new ArrayList<>();
        for (Value value : array("the dataset", dataset, "collections")) {
            if (!(value instanceof Obj collection)) {
                throw malformed("collection " + collections.size() + " is no object");
            }
            collections.add(content(collection, collections.size()));
        }
        return new QueryDataset(collections, dataset.get("now") instanceof Value.Int seconds ? seconds.value() : null);
    }

    private static Content content(Obj collection, int place) {
        String name = collection.text("name");
        if (name == null) {
            throw malformed("collection " + place + " has no text 'name'");
        }
        String where = "collection '" + name + "'";
        List<Point> points = new ArrayList<>();
        for (Value row : array(where, collection, "rows")) {
            if (!(row instanceof Obj point)) {
                throw malformed("row " + points.size() + " of " + where + " is no object");
            }
            points.add(point(point, "row " + points.size() + " of " + where));
        }
        List<Edge> edges = new ArrayList<>();
        if (collection.has("edges")) {
            for (Value edge : array(where, collection, "edges")) {
                if (!(edge instanceof Obj members)) {
                    throw malformed("edge " + edges.size() + " of " + where + " is no object");
                }
                edges.add(edge(members, "edge " + edges.size() + " of " + where));
            }
        }
        return new Content(name, schema(collection, where), points, edges);
    }

    private static CollectionSchema schema(Obj collection, String where) {
        String kind = collection.text("kind");
        Metric metric = Metric.parse(Objects.requireNonNullElse(collection.text("metric"), "cosine"));
        Value dimension = collection.get("dimension");
        CollectionKind known = kind == null ? null : CollectionKind.find(kind);
        if (known == null) {
            throw malformed("'kind' of " + where + " is " + Json.excerpt(collection.get("kind")));
        }
        return switch (known) {
            case METADATA -> CollectionSchema.metadata();
            case GRAPH ->
                dimension == null
                        ? CollectionSchema.graph()
                        : CollectionSchema.graph(dimension(dimension, where), metric);
            case VECTOR -> CollectionSchema.vector(dimension(dimension, where), metric);
        };
    }

    private static int dimension(@Nullable Value value, String where) {
        if (value instanceof Value.Int whole && whole.value() > 0 && whole.value() <= CollectionSchema.MAX_DIMENSION) {
            return (int) whole.value();
        }
        throw malformed("'dimension' of " + where + " is " + Json.excerpt(value));
    }

    private static Point point(Obj row, String where) {
        float @Nullable [] vector = null;
        if (row.get("vector") instanceof Arr numbers) {
            vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                if (!(numbers.get(i) instanceof Value.Num number)) {
                    throw malformed("the vector of " + where + " holds " + Json.excerpt(numbers.get(i)));
                }
                vector[i] = (float) number.doubleValue();
            }
        }
        Point point =
                new Point(Ids.of(row.get("id")), vector, row.get("payload") instanceof Obj payload ? payload : null);
        return row.has("sparse") ? point.withSparse(sparse(row.get("sparse"), where)) : point;
    }

    private static Map<String, SparseVector> sparse(@Nullable Value value, String where) {
        if (!(value instanceof Obj named)) {
            throw malformed("'sparse' of " + where + " is no object");
        }
        Map<String, SparseVector> vectors = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            vectors.put(named.name(i), SparseVector.fromJson(named.value(i)));
        }
        return vectors;
    }

    private static Edge edge(Obj edge, String where) {
        String label = edge.text("label");
        if (label == null) {
            throw malformed(where + " has no text 'label'");
        }
        return new Edge(
                Ids.of(edge.get("id")),
                Ids.of(edge.get("source")),
                Ids.of(edge.get("target")),
                label,
                edge.get("properties") instanceof Obj properties ? properties : null);
    }

    private static Arr array(String where, Obj object, String member) {
        if (object.get(member) instanceof Arr array) {
            return array;
        }
        throw malformed(where + " has no array '" + member + "'");
    }

    private static VelesException malformed(String what) {
        return new VelesException(
                ErrorCode.SERIALIZATION, what + ": see conformance/README.md for the form of a dataset");
    }

    /** The time at which the cases happen; that of {@code otherwise} where the data do not say. */
    public Clock clock(Clock otherwise) {
        if (nowSeconds == null) {
            return otherwise;
        }
        long millis = nowSeconds * 1_000;
        return () -> millis;
    }

    /** Makes the collections in {@code database}, which has none of them. */
    public void load(Database database) {
        for (Content content : collections) {
            Collection collection = database.createCollection(content.name(), content.schema());
            collection.upsert(content.points());
            collection.addEdges(content.edges());
        }
    }
}
