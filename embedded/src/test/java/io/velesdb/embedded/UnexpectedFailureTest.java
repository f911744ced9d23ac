package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.host.Clock;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left after a failure that nobody can foresee, such as a lack of memory: never a dead or a locked database. */
class UnexpectedFailureTest {
    private static final Path FOLDER = Path.of("/data/db");

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    private Database open(Options options, Clock clock) {
        return VelesDb.open(files, FOLDER, options, clock, (structure, damage) -> {});
    }

    @Test
    void aCloseThatRunsOutOfMemoryGivesTheLockBack() {
        Options options = Options.DEFAULTS.withoutBackground().withThreads(1);
        Database database = open(options, () -> 1_000);
        MetadataCollection notes = database.createMetadataCollection("notes");
        notes.upsert(Point.of(1, Obj.of("text", "kept")));
        files.exhaust(files.calls() + 1);
        assertThatThrownBy(database::close).isInstanceOf(OutOfMemoryError.class);
        try (Database again = open(options, () -> 1_000)) {
            assertThat(again.metadataCollection("notes").count()).isEqualTo(1);
        }
    }

    @Test
    @Tag("slow")
    void maintenanceGoesOnAfterAFailure() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch goesOn = new CountDownLatch(2);
        Clock failingOnce = () -> {
            if (Thread.currentThread().getName().equals("velesdb-maintenance")) {
                goesOn.countDown();
                if (calls.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("simulated");
                }
            }
            return 1_000;
        };
        try (Database database = open(Options.DEFAULTS.withThreads(1), failingOnce)) {
            database.createMetadataCollection("notes");
            assertThat(goesOn.await(2, TimeUnit.MINUTES)).isTrue();
        }
    }
}
