package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.VelesException;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.memory.AgentMemory;
import io.velesdb.memory.AgentMemoryOptions;
import io.velesdb.memory.Fact;
import io.velesdb.value.Obj;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSnapshotsTest {
    private static final Path FOLDER = Path.of("/data/snapshots");

    @TempDir
    Path temporary;

    @Test
    void keepsVersionsInOrderAndReturnsTheirBytes() {
        FolderSnapshots snapshots = new FolderSnapshots(new LocalFileSystem(), temporary.resolve("new"));

        assertThat(snapshots.versions()).isEmpty();
        assertThat(snapshots.read(1)).isNull();
        assertThat(snapshots.write(12_345_678_901L, new byte[] {4})).isTrue();
        assertThat(snapshots.write(2, new byte[] {1, 2})).isTrue();
        assertThat(snapshots.write(2, new byte[] {9})).isFalse();

        assertThat(snapshots.versions()).containsExactly(2L, 12_345_678_901L);
        assertThat(snapshots.read(2)).containsExactly(1, 2);
        snapshots.delete(2);
        snapshots.delete(2);
        assertThat(snapshots.versions()).containsExactly(12_345_678_901L);
    }

    @Test
    void otherFilesInTheFolderAreNoVersions() throws IOException {
        Files.writeString(temporary.resolve("snapshot-1.memory"), "short");
        Files.writeString(temporary.resolve("snapshot-0000001.memory.bak"), "other");

        assertThat(new FolderSnapshots(new LocalFileSystem(), temporary).versions())
                .isEmpty();
    }

    @Test
    void aWriterBesideAnotherIsToldSo() throws IOException {
        SimulatedFileSystem files = new SimulatedFileSystem();
        FolderSnapshots snapshots = new FolderSnapshots(files, FOLDER);
        snapshots.write(1, new byte[1]);
        try (Closeable lock = files.tryLock(FOLDER.resolve("LOCK"))) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> snapshots.write(2, new byte[1])).hasMessageContaining("VELES-031");
        }
        assertThat(snapshots.write(2, new byte[1])).isTrue();
    }

    @Test
    void whateverCallFailsTheVersionIsWholeOrNotThere() {
        SimulatedFileSystem counting = new SimulatedFileSystem();
        byte[] bytes = new byte[1_000];
        new FolderSnapshots(counting, FOLDER).write(1, bytes);
        int failed = 0;
        for (long call = 1; call <= counting.calls(); call++) {
            SimulatedFileSystem files = new SimulatedFileSystem();
            files.fail(call, SimulatedFileSystem.Fault.values()[0]);
            FolderSnapshots snapshots = new FolderSnapshots(files, FOLDER);
            try {
                snapshots.write(1, bytes);
            } catch (VelesException refusal) {
                assertThat(refusal.getMessage()).as("call " + call).contains("VELES-011");
                failed++;
            }
            byte[] there = snapshots.read(1);
            assertThat(there == null || there.length == bytes.length)
                    .as("call " + call)
                    .isTrue();
            // the next attempt is not in the way of the first
            assertThat(snapshots.write(2, bytes)).as("call " + call).isTrue();
        }
        assertThat(failed).isGreaterThan(3);
    }

    @Test
    void whatWasWrittenSurvivesAPowerLossAtAnyMoment() {
        SimulatedFileSystem counting = new SimulatedFileSystem();
        byte[] bytes = new byte[1_000];
        new FolderSnapshots(counting, FOLDER).write(1, bytes);
        for (long call = 1; call <= counting.calls() + 1; call++) {
            for (long seed = 0; seed < 10; seed++) {
                SimulatedFileSystem files = new SimulatedFileSystem();
                files.pullPlugAt(call);
                boolean acknowledged = false;
                try {
                    new FolderSnapshots(files, FOLDER).write(1, bytes);
                    acknowledged = true;
                } catch (VelesException | IllegalStateException off) {
                    assertThat(files.isOff()).isTrue();
                }
                List<String> damage = new ArrayList<>();
                FolderSnapshots after = new FolderSnapshots(files.afterPowerLoss(seed, damage), FOLDER);
                byte[] there = after.read(1);
                assertThat(there == null ? !acknowledged : there.length == bytes.length)
                        .as("call " + call + ", seed " + seed + ": " + damage)
                        .isTrue();
            }
        }
    }

    @Test
    void aMemoryIsBackAfterReopeningDatabaseAndSnapshots() {
        Path folder = temporary.resolve("db");
        long version;
        try (Database database = VelesDb.open(folder)) {
            AgentMemory memory = open(database, folder);
            memory.semantic().store(1, "tea at four", new float[] {1, 0}, Obj.of("n", 1));
            version = memory.snapshot();
            memory.semantic().clear();
        }
        try (Database database = VelesDb.open(folder)) {
            AgentMemory memory = open(database, folder);
            assertThat(memory.semantic().count()).isZero();

            assertThat(memory.loadLatestSnapshot()).isEqualTo(version);

            assertThat(memory.semantic().get(1)).isEqualTo(new Fact(1, "tea at four", Obj.of("n", 1)));
        }
        assertThat(VelesDb.check(folder).findings()).isEmpty();
    }

    private static AgentMemory open(Database database, Path folder) {
        return AgentMemory.open(
                database,
                AgentMemoryOptions.DEFAULTS.withDimension(2).withSnapshots(VelesDb.memorySnapshots(folder), 3));
    }
}
