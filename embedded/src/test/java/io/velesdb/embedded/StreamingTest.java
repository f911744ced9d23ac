package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ChangeStream;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.StreamingConfig;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamingTest {
    private static final Path FOLDER = Path.of("/data/db");
    private static final StreamingConfig NEVER_BY_TIME = StreamingConfig.DEFAULTS.withFlushIntervalMillis(3_600_000);

    private SimulatedFileSystem files = new SimulatedFileSystem();

    @Test
    void theBackgroundWritesAFullBatchAtOnce_andFewerPointsAfterTheInterval() {
        try (Database database = open();
                ChangeStream changes = database.changes(1)) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            assertThat(changes.poll(60_000).events()).hasSize(1);
            rows.enableStreaming(NEVER_BY_TIME.withBatchSize(3));
            rows.streamInsert(List.of(point(1), point(2), point(3), point(4)));
            assertThat(changes.poll(60_000)).isNotNull();
            assertThat(rows.count()).isEqualTo(3);
            rows.enableStreaming(StreamingConfig.DEFAULTS.withFlushIntervalMillis(1));
            rows.streamInsert(point(5));
            while (rows.count() < 5) {
                assertThat(changes.poll(60_000)).isNotNull();
            }
        }
    }

    @Test
    void whatAFlushOrACloseAcknowledgedSurvivesALossOfPower() {
        Database database = open();
        MetadataCollection rows = database.createMetadataCollection("rows");
        rows.enableStreaming(NEVER_BY_TIME);
        rows.streamInsert(List.of(point(1), point(2)));
        database.flush();
        rows.streamInsert(point(3));
        files = files.afterPowerLoss(1, new ArrayList<>());
        try (Database again = open()) {
            MetadataCollection found = again.metadataCollection("rows");
            assertThat(found.count()).isEqualTo(2);
            found.enableStreaming(NEVER_BY_TIME);
            found.streamInsert(point(4));
        }
        files = files.afterPowerLoss(2, new ArrayList<>());
        try (Database again = open()) {
            assertThat(again.metadataCollection("rows").get(4)).doesNotContainNull();
        }
    }

    @Test
    void aFullDiskKeepsThePointsWaiting_untilTheBufferIsFullOrThereIsRoom() {
        try (Database database = open()) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            rows.enableStreaming(NEVER_BY_TIME.withBatchSize(8).withBufferSize(20));
            files.capacity(files.usedBytes());
            // more than the room that was taken ahead
            String text = "x".repeat(1_000_000);
            for (int id = 0; id < 20; id++) {
                rows.streamInsert(Point.of(id, Obj.of("n", id, "text", text)));
            }
            assertThatThrownBy(database::flush)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
            long before = rows.count();
            assertThat(before).isLessThan(20);
            assertThatThrownBy(() -> {
                        for (int id = 20; id < 100; id++) {
                            rows.streamInsert(Point.of(id, Obj.of("n", id)));
                        }
                    })
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_RAIL))
                    .hasMessageContaining("the last batch failed");
            files.capacity(Long.MAX_VALUE);
            database.flush();
            for (int id = 0; id < 20; id++) {
                assertThat(rows.get(id)).doesNotContainNull();
            }
        }
    }

    @Test
    void everythingThatManyThreadsWereAcceptedIsThere() throws InterruptedException {
        ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
        try (Database database = open()) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            rows.enableStreaming(new StreamingConfig(64, 16, 1));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long from = i * 10_000L;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (long id = from; id < from + 500; id++) {
                        try {
                            rows.streamInsert(point(id));
                            accepted.add(id);
                        } catch (VelesException full) {
                            if (full.code() != ErrorCode.GUARD_RAIL) {
                                throw full;
                            }
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(accepted).isNotEmpty();
        }
        try (Database database = open()) {
            MetadataCollection rows = database.metadataCollection("rows");
            assertThat(rows.count()).isEqualTo(accepted.size());
            for (long id : accepted) {
                assertThat(rows.get(id)).doesNotContainNull();
            }
        }
    }

    private static Point point(long id) {
        return Point.of(id, Obj.of("n", id));
    }

    private Database open() {
        return VelesDb.open(
                files, FOLDER, Options.DEFAULTS.withoutBackground().withThreads(1), () -> 1_000L, (what, why) -> {
                    throw new AssertionError("had to rebuild " + what + ": " + why.getMessage());
                });
    }
}
