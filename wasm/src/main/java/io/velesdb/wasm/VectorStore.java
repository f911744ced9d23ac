package io.velesdb.wasm;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Direction;
import io.velesdb.Edge;
import io.velesdb.GraphPath;
import io.velesdb.Hit;
import io.velesdb.HybridHit;
import io.velesdb.HybridRequest;
import io.velesdb.NodeComponent;
import io.velesdb.NodeRank;
import io.velesdb.PathOptions;
import io.velesdb.Point;
import io.velesdb.Quantization;
import io.velesdb.SearchRequest;
import io.velesdb.SparseRequest;
import io.velesdb.SparseVector;
import io.velesdb.StorageMode;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.TraversalHit;
import io.velesdb.TraversalOptions;
import io.velesdb.TraversalPage;
import io.velesdb.VectorCollection;
import io.velesdb.filter.Filter;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArray;

/**
 * One in-memory vector collection with its texts, sparse vectors and edges, as JavaScript sees it. Ids are BigInts; payloads,
 * filters and sparse vectors are JSON text. Errors of the engine arrive as {@code Error} with the message of {@link
 * io.velesdb.VelesException}, code first.
 */
public final class VectorStore {
    private static final String NAME = "vectors";

    private final VectorCollection collection;

    /**
     * An empty store.
     *
     * @param metric name or alias, as {@link Metric#parse}
     */
    @JSExport
    public VectorStore(int dimension, String metric) {
        this(CollectionSchema.vector(dimension, Metric.parse(metric)));
    }

    private VectorStore(CollectionSchema schema) {
        Database database = Browser.database();
        database.createCollection(NAME, schema);
        collection = database.vectorCollection(NAME);
    }

    /**
     * An empty store in another storage mode, or whose texts are treated in another way.
     *
     * @param storage what search walks: {@code full}, {@code sq8}, {@code binary}, {@code pq} or {@code rabitq}
     * @param language {@code en}, {@code fr}, {@code de} or {@code es} for stems instead of words, without stop words; null
     *     for words as they are
     * @param stripMarks whether {@code cafe} finds {@code café}
     */
    @JSExport
    public static VectorStore configured(
            int dimension, String metric, String storage, @Nullable String language, boolean stripMarks) {
        TextOptions text = TextOptions.DEFAULTS;
        if (language != null) {
            text = text.withLanguage(TextLanguage.of(language), true, true);
        }
        return new VectorStore(CollectionSchema.vector(dimension, Metric.parse(metric))
                .withStorage(StorageMode.parse(storage))
                .withText(stripMarks ? text.strippingMarks() : text));
    }

    /** The number of points. */
    @JSExport
    @JSProperty
    public int getSize() {
        return (int) collection.count();
    }

    /** Adds or replaces one point; {@code payload} is the text of a JSON object, or null. */
    @JSExport
    public void upsert(long id, float[] vector, @Nullable String payload) {
        collection.upsert(Point.of(id, vector, object(payload)));
    }

    /**
     * Adds or replaces one point with sparse vectors.
     *
     * @param sparse JSON text of an object: a sparse vector, as {@link SparseVector#fromJson} takes it, under each name
     */
    @JSExport
    public void upsertSparse(long id, float[] vector, @Nullable String payload, String sparse) {
        Map<String, SparseVector> vectors = new LinkedHashMap<>();
        Obj named = Json.parsePayload(sparse);
        for (int i = 0; named != null && i < named.size(); i++) {
            vectors.put(named.name(i), SparseVector.fromJson(named.value(i)));
        }
        collection.upsert(Point.of(id, vector, object(payload)).withSparse(vectors));
    }

    /** Deletes a point; false when there was none. */
    @JSExport
    public boolean remove(long id) {
        return collection.delete(id) > 0;
    }

    /**
     * Learns the codes of {@code pq} or {@code rabitq} from the points that are there.
     *
     * @param parameter of pq the number of parts of a vector, of rabitq the bits of a component
     * @return the points that there were to learn from
     */
    @JSExport
    public int train(String storage, int parameter) {
        StorageMode mode = StorageMode.parse(storage);
        Quantization codes = mode == StorageMode.PQ ? Quantization.pq(parameter) : Quantization.rabitq(parameter);
        return (int) collection.trainQuantizer(mode, codes, false);
    }

    /**
     * The {@code k} nearest points, best first, as objects {@code {id, score, payload}}.
     *
     * @param filter JSON text of the filter grammar, or null
     */
    @JSExport
    public JSArray<JSObject> search(float[] vector, int k, @Nullable String filter) {
        SearchRequest request = SearchRequest.nearest(vector, k);
        return hits(collection.search(filter == null ? request : request.where(Filter.parse(filter))));
    }

    /**
     * The {@code k} best points by BM25, as {@link #search} has them.
     *
     * @param form {@code words}, {@code phrase}, or {@code prefix} when the last word is a beginning
     */
    @JSExport
    public JSArray<JSObject> textSearch(String text, String form, int k, @Nullable String filter) {
        TextQuery query = switch (form) {
            case "phrase" -> TextQuery.phrase(text);
            case "prefix" -> TextQuery.prefix(text);
            default -> TextQuery.words(text);
        };
        return hits(collection.textSearch(TextRequest.of(query, k).where(condition(filter))));
    }

    /**
     * The {@code k} best points by the sparse vectors of a name, as {@link #search} has them.
     *
     * @param vector JSON text, as {@link SparseVector#fromJson} takes it
     */
    @JSExport
    public JSArray<JSObject> sparseSearch(String vector, String name, int k, @Nullable String filter) {
        SparseVector query = SparseVector.fromJson(Json.parse(vector));
        return hits(
                collection.sparseSearch(SparseRequest.best(query, k).by(name).where(condition(filter))));
    }

    /**
     * The {@code k} best points by vector and text at once, as {@link #search} has them, fused by reciprocal ranks.
     *
     * @param vectorWeight from 0 to 1; the rest is the text's
     */
    @JSExport
    public JSArray<JSObject> hybridSearch(
            float[] vector, String text, int k, double vectorWeight, @Nullable String filter) {
        HybridRequest request = HybridRequest.top(k)
                .near(vector)
                .matching(text)
                .vectorWeight(vectorWeight)
                .where(condition(filter));
        JSArray<JSObject> found = new JSArray<>();
        for (HybridHit hit : collection.hybridSearch(request)) {
            found.push(hit(hit.id(), hit.score(), text(hit.payload())));
        }
        return found;
    }

    /** The number of edges. */
    @JSExport
    @JSProperty
    public int getEdgeCount() {
        return (int) collection.edgeCount();
    }

    /** Adds an edge between two points; {@code properties} is the text of a JSON object, or null. */
    @JSExport
    public void addEdge(long id, long source, long target, String label, @Nullable String properties) {
        collection.addEdge(Edge.of(id, source, target, label).withProperties(object(properties)));
    }

    /** Removes an edge; false when there was none. */
    @JSExport
    public boolean removeEdge(long id) {
        return collection.removeEdge(id);
    }

    /**
     * The points that can be reached from one, as objects {@code {id, depth, path}} with the ids of the edges.
     *
     * @param order {@code bfs} or {@code dfs}
     * @param direction {@code out}, {@code in} or {@code both}
     * @param label the edges to follow, or null for all
     */
    @JSExport
    public JSArray<JSObject> traverse(
            long source, String order, String direction, @Nullable String label, int maxDepth, int limit) {
        TraversalOptions options = TraversalOptions.DEFAULT
                .direction(Direction.parse(direction))
                .maxDepth(maxDepth)
                .limit(limit)
                .relTypes(label == null ? List.of() : List.of(label));
        TraversalPage page = order.equals("dfs")
                ? collection.traverseDepthFirst(source, options)
                : collection.traverse(source, options);
        JSArray<JSObject> found = new JSArray<>();
        for (TraversalHit hit : page.hits()) {
            found.push(reached(hit.target(), hit.depth(), ids(hit.path())));
        }
        return found;
    }

    /**
     * The ids of the points on the shortest way, both ends included; null when there is none.
     *
     * @param weight the edge property whose sum is least; null for the fewest edges
     */
    @JSExport
    public @Nullable JSArray<JSObject> shortestPath(long source, long target, @Nullable String weight) {
        GraphPath path = collection.shortestPath(source, target, PathOptions.DEFAULT.weight(weight));
        return path == null ? null : ids(path.nodes());
    }

    /** Every point with its connected component, as objects {@code {id, component}}. */
    @JSExport
    public JSArray<JSObject> connectedComponents() {
        JSArray<JSObject> found = new JSArray<>();
        for (NodeComponent node : collection.connectedComponents()) {
            found.push(component(node.id(), node.component()));
        }
        return found;
    }

    /** Every point with its PageRank, as objects {@code {id, rank}}. */
    @JSExport
    public JSArray<JSObject> pageRank() {
        JSArray<JSObject> found = new JSArray<>();
        for (NodeRank node : collection.pageRank()) {
            found.push(rank(node.id(), node.rank()));
        }
        return found;
    }

    private static @Nullable Obj object(@Nullable String json) {
        return json == null ? null : Json.parsePayload(json);
    }

    private static @Nullable Filter condition(@Nullable String filter) {
        return filter == null ? null : Filter.parse(filter);
    }

    private static @Nullable String text(@Nullable Obj payload) {
        return payload == null ? null : Json.write(payload);
    }

    private static JSArray<JSObject> hits(List<Hit> hits) {
        JSArray<JSObject> found = new JSArray<>();
        for (Hit hit : hits) {
            found.push(hit(hit.id(), hit.score(), text(hit.payload())));
        }
        return found;
    }

    private static JSArray<JSObject> ids(List<Long> ids) {
        JSArray<JSObject> found = new JSArray<>();
        for (long id : ids) {
            found.push(bigint(id));
        }
        return found;
    }

    // The long names keep clear of the one-letter names that TeaVM gives to what surrounds the script.
    @JSBody(
            params = {"pointId", "pointScore", "payloadText"},
            script = "return {id: BigInt.asUintN(64, pointId), score: pointScore, payload: payloadText};")
    private static native JSObject hit(long pointId, float pointScore, @Nullable String payloadText);

    @JSBody(
            params = {"pointId", "edgeCount", "edgeIds"},
            script = "return {id: BigInt.asUintN(64, pointId), depth: edgeCount, path: edgeIds};")
    private static native JSObject reached(long pointId, int edgeCount, JSArray<JSObject> edgeIds);

    @JSBody(
            params = {"pointId", "componentId"},
            script = "return {id: BigInt.asUintN(64, pointId), component: BigInt.asUintN(64, componentId)};")
    private static native JSObject component(long pointId, long componentId);

    @JSBody(
            params = {"pointId", "pageRank"},
            script = "return {id: BigInt.asUintN(64, pointId), rank: pageRank};")
    private static native JSObject rank(long pointId, double pageRank);

    @JSBody(
            params = {"unsignedId"},
            script = "return BigInt.asUintN(64, unsignedId);")
    private static native JSObject bigint(long unsignedId);
}
