package io.velesdb.benchmarks;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.StorageMode;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One database with one collection, used as an application would: everything goes through the public API. */
final class MeasuredDatabase implements AutoCloseable {
    /** Results per query, links per row and candidates per insertion: the same for all peers. */
    static final int K = 10;

    static final int M = 16;
    static final int EF_CONSTRUCTION = 200;

    private static final String NAME = "bench";

    private final Database database;
    private final VectorCollection collection;

    private MeasuredDatabase(Database database, VectorCollection collection) {
        this.database = database;
        this.collection = collection;
    }

    static MeasuredDatabase create(Path folder, Options options) {
        return create(folder, options, StorageMode.FULL);
    }

    static MeasuredDatabase create(Path folder, Options options, StorageMode storage) {
        Database database = VelesDb.open(folder.resolve("db"), options);
        database.createCollection(
                NAME,
                CollectionSchema.vector(WordNet.DIMENSION, Metric.COSINE)
                        .withHnsw(new HnswParameters(M, EF_CONSTRUCTION, 0))
                        .withStorage(storage));
        return new MeasuredDatabase(database, database.vectorCollection(NAME));
    }

    static MeasuredDatabase open(Path folder) {
        return open(folder, Options.DEFAULTS);
    }

    static MeasuredDatabase open(Path folder, Options options) {
        Database database = VelesDb.open(folder.resolve("db"), options);
        return new MeasuredDatabase(database, database.vectorCollection(NAME));
    }

    /** Fills a new database with rows 0, 1, 2, ... and closes it. */
    static void build(Path folder, float[][] vectors, List<Obj> payloads, StorageMode storage) {
        try (MeasuredDatabase made = create(folder, Options.DEFAULTS, storage)) {
            made.load(vectors, payloads);
        }
    }

    void load(float[][] vectors, List<Obj> payloads) {
        Iterable<Point> points = () -> IntStream.range(0, vectors.length)
                .mapToObj(i -> Point.of(i, vectors[i], payloads.get(i)))
                .iterator();
        collection.upsertBulk(points);
    }

    static @Nullable Filter filter(@Nullable String column, @Nullable String value) {
        return column == null ? null : Filter.eq(column, value);
    }

    /** The ids of the nearest rows. */
    long[] search(float[] vector, int effort, @Nullable Filter filter) {
        SearchRequest request = SearchRequest.nearest(vector, K).ef(effort).withoutPayload();
        return collection
                .searchIds(filter == null ? request : request.where(filter))
                .ids();
    }

    /** Writes rows with ids from {@code first} on in one batch; on return they are durable and found. */
    void insert(int first, float[][] vectors, List<Obj> payloads) {
        List<Point> points = new ArrayList<>(vectors.length);
        for (int i = 0; i < vectors.length; i++) {
            points.add(Point.of(first + i, vectors[i], payloads.get(i)));
        }
        collection.upsert(points);
    }

    void insert(long id, float[] vector, Obj payload) {
        collection.upsert(Point.of(id, vector, payload));
    }

    void delete(long[] ids) {
        collection.delete(ids);
    }

    void checkpoint() {
        database.checkpoint();
    }

    @Override
    public void close() {
        database.close();
    }
}
