package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(CheckOnClose.class)
class ReadWhileWriteTest {
    private static final int DIMENSION = 16;
    private static final int ROWS = 2_000;
    private static final int BATCHES = 150;
    private static final int BATCH = 40;

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    /**
     * Each batch gives a block of rows one new version, in the payload and in the vector. A reader that ever sees two
     * versions in a block, or a score that does not belong to the payload beside it, has seen half a write.
     */
    @Test
    void readersSeeWholeBatchesOnly_acrossUpdatesCheckpointsAndVacuums() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (Database database = VelesDb.open(folder, Options.DEFAULTS.withCheckpointBytes(200_000))) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.EUCLIDEAN);
            for (int block = 0; block < ROWS / BATCH; block++) {
                rows.upsert(batch(block, 0));
            }
            List<Thread> readers = List.of(
                    Thread.ofPlatform().start(() -> readBlocks(rows, done)),
                    Thread.ofPlatform().start(() -> search(rows, done)),
                    Thread.ofVirtual().start(() -> scrollAndCount(rows, done)));
            Random random = new Random(1);
            for (int version = 1; version <= BATCHES; version++) {
                rows.upsert(batch(random.nextInt(ROWS / BATCH), version));
                if (version == BATCHES / 2) {
                    rows.vacuum();
                }
            }
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(rows.count()).isEqualTo(ROWS);
        }
        assertThat(faults).isEmpty();
    }

    private static List<Point> batch(int block, int version) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            long id = (long) block * BATCH + i;
            points.add(Point.of(id, vector(id, version), Obj.of("block", block, "version", version)));
        }
        return points;
    }

    private static float[] vector(long id, int version) {
        Random random = new Random(id);
        float[] vector = new float[DIMENSION];
        for (int j = 1; j < DIMENSION; j++) {
            vector[j] = random.nextFloat();
        }
        vector[0] = version;
        return vector;
    }

    private void readBlocks(VectorCollection rows, AtomicBoolean done) {
        Random random = new Random(2);
        while (!done.get()) {
            int block = random.nextInt(ROWS / BATCH);
            long[] ids = new long[BATCH];
            for (int i = 0; i < BATCH; i++) {
                ids[i] = (long) block * BATCH + i;
            }
            Value version = null;
            for (Point point : rows.get(ids)) {
                Value found = point == null ? null : point.payload().get("version");
                if (found == null) {
                    faults.add("block " + block + " misses a row");
                } else if (version != null && !version.equals(found)) {
                    faults.add("block " + block + " has versions " + version + " and " + found);
                }
                version = found;
            }
        }
    }

    private void search(VectorCollection rows, AtomicBoolean done) {
        Random random = new Random(3);
        while (!done.get()) {
            float[] query = vector(random.nextInt(ROWS), random.nextInt(BATCHES));
            SearchRequest request = SearchRequest.nearest(query, 10);
            List<Hit> hits =
                    rows.search(random.nextBoolean() ? request : request.where(Filter.lt("block", ROWS / BATCH / 2)));
            if (hits.size() != 10) {
                faults.add("a search found " + hits.size());
            }
            for (Hit hit : hits) {
                int version = (int) ((Value.Int) hit.payload().get("version")).value();
                double distance = 0;
                float[] row = vector(hit.id(), version);
                for (int j = 0; j < DIMENSION; j++) {
                    distance += (row[j] - query[j]) * (row[j] - query[j]);
                }
                if (Math.abs(Math.sqrt(distance) - hit.score()) > 1e-3 * (1 + hit.score())) {
                    faults.add("score " + hit.score() + " beside version " + version + ", expected "
                            + Math.sqrt(distance));
                }
            }
        }
    }

    private void scrollAndCount(VectorCollection rows, AtomicBoolean done) {
        while (!done.get()) {
            if (rows.count() != ROWS || rows.count(Filter.gte("version", 0)) != ROWS) {
                faults.add("a count is not " + ROWS);
            }
            if (rows.scroll(null, ROWS, null).points().size() != ROWS) {
                faults.add("a scroll is not " + ROWS);
            }
        }
    }
}
