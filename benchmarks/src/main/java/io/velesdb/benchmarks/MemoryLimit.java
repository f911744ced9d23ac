package io.velesdb.benchmarks;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.StorageMode;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a search costs when the vectors do not fit in memory. {@code build} fills a folder with clustered vectors and writes
 * the true neighbours of some queries beside it; {@code search}, run under a limit of memory that the operating system sets,
 * opens the folder cold and prints times, recall and resident memory as a line of JSON.
 *
 * <pre>
 *   MemoryLimit build  --dir D --rows 300000 --storage rabitq
 *   MemoryLimit search --dir D --ef 128
 * </pre>
 */
public final class MemoryLimit {
    private static final int DIMENSION = 384;
    private static final int QUERIES = 500;
    private static final int K = 10;
    private static final String NAME = "rows";

    private MemoryLimit() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Arguments options = new Arguments(args);
        Path folder = Path.of(options.text("--dir", "memory-limit"));
        if (args.length > 0 && args[0].equals("build")) {
            build(folder, options.number("--rows", 300_000), StorageMode.parse(options.text("--storage", "full")));
        } else {
            search(folder, options.number("--ef", 128));
        }
    }

    private static void build(Path folder, int rows, StorageMode storage) throws IOException {
        Files.createDirectories(folder);
        Clusters clusters = new Clusters(DIMENSION, 1);
        float[][] queries = clusters.vectors(QUERIES);
        long start = System.nanoTime();
        try (Database database = VelesDb.open(folder.resolve("db"), Options.DEFAULTS.withLogMode(LogMode.NONE))) {
            database.createCollection(
                    NAME, CollectionSchema.vector(DIMENSION, Metric.COSINE).withStorage(storage));
            VectorCollection collection = database.vectorCollection(NAME);
            for (int first = 0; first < rows; first += 10_000) {
                int from = first;
                float[][] vectors = clusters.vectors(Math.min(10_000, rows - first));
                collection.upsertBulk(() -> IntStream.range(0, vectors.length)
                        .mapToObj(i -> Point.of(from + i, vectors[i], null))
                        .iterator());
            }
            ByteBuffer truth = ByteBuffer.allocate(QUERIES * (DIMENSION * Float.BYTES + K * Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (float[] query : queries) {
                for (float x : query) {
                    truth.putFloat(x);
                }
                for (long id : collection
                        .searchIds(SearchRequest.nearest(query, K).effort(Effort.PERFECT))
                        .ids()) {
                    truth.putLong(id);
                }
            }
            Files.write(folder.resolve("truth"), truth.array());
        }
        System.out.println(Json.write(Obj.of("built_s", (System.nanoTime() - start) / 1e9)));
    }

    private static void search(Path folder, int ef) throws IOException {
        ByteBuffer truth =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("truth"))).order(ByteOrder.LITTLE_ENDIAN);
        float[][] queries = new float[QUERIES][DIMENSION];
        long[][] nearest = new long[QUERIES][K];
        for (int q = 0; q < QUERIES; q++) {
            for (int j = 0; j < DIMENSION; j++) {
                queries[q][j] = truth.getFloat();
            }
            for (int i = 0; i < K; i++) {
                nearest[q][i] = truth.getLong();
            }
        }
        PageCache.forget(folder.resolve("db"));
        try (Database database = VelesDb.open(folder.resolve("db"))) {
            VectorCollection collection = database.vectorCollection(NAME);
            Obj.Builder line = Obj.builder()
                    .put("storage", Value.of(collection.schema().storage().canonicalName()));
            double recall = 0;
            for (int round = 0; round < 3; round++) {
                double[] micros = new double[QUERIES];
                recall = 0;
                for (int q = 0; q < QUERIES; q++) {
                    long start = System.nanoTime();
                    ScoredIds found = collection.searchIds(
                            SearchRequest.nearest(queries[q], K).ef(ef));
                    micros[q] = (System.nanoTime() - start) / 1e3;
                    long[] expected = nearest[q];
                    recall += Arrays.stream(found.ids())
                            .filter(id -> Arrays.stream(expected).anyMatch(e -> e == id))
                            .count();
                }
                Arrays.sort(micros);
                line.put(
                        "round_" + round,
                        Obj.of(
                                "p50_us", micros[QUERIES / 2],
                                "p95_us", micros[QUERIES * 95 / 100],
                                "mean_us", Arrays.stream(micros).average().orElse(0)));
            }
            line.put("recall", Value.of(recall / QUERIES / K)).put("memory", Machine.memory());
            System.out.println(Json.write(line.build()));
        }
    }
}
