package io.velesdb.wasm;

import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.filter.Filter;
import io.velesdb.value.Json;
import io.velesdb.vector.Metric;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArray;

/**
 * One in-memory vector collection, as JavaScript sees it. Ids are BigInts; payloads and filters are JSON text. Errors of
 * the engine arrive as {@code Error} with the message of {@link io.velesdb.VelesException}, code first.
 */
public final class VectorStore {
    private final VectorCollection collection;

    /**
     * An empty store.
     *
     * @param metric name or alias, as {@link Metric#parse}
     */
    @JSExport
    public VectorStore(int dimension, String metric) {
        collection = Database.inMemory().createVectorCollection("vectors", dimension, Metric.parse(metric));
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
        collection.upsert(Point.of(id, vector, payload == null ? null : Json.parsePayload(payload)));
    }

    /** Deletes a point; false when there was none. */
    @JSExport
    public boolean remove(long id) {
        return collection.delete(id) > 0;
    }

    /**
     * The {@code k} nearest points, best first, as objects {@code {id, score, payload}}.
     *
     * @param filter JSON text of the filter grammar, or null
     */
    @JSExport
    public JSArray<JSObject> search(float[] vector, int k, @Nullable String filter) {
        SearchRequest request = SearchRequest.nearest(vector, k);
        if (filter != null) {
            request = request.where(Filter.parse(filter));
        }
        JSArray<JSObject> found = new JSArray<>();
        for (Hit hit : collection.search(request)) {
            found.push(hit(hit.id(), hit.score(), hit.payload() == null ? null : Json.write(hit.payload())));
        }
        return found;
    }

    // The long names keep clear of the one-letter names that TeaVM gives to what surrounds the script.
    @JSBody(
            params = {"pointId", "pointScore", "payloadText"},
            script = "return {id: BigInt.asUintN(64, pointId), score: pointScore, payload: payloadText};")
    private static native JSObject hit(long pointId, float pointScore, @Nullable String payloadText);
}
