package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.host.StoreId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFolderTest {
    private static final Path ROOT = Path.of("/some/where/db");

    private SimulatedFileSystem files = new SimulatedFileSystem();

    private static WriteAheadLog.Recovered openJournal(DatabaseFolder folder, List<String> records) {
        return folder.openJournal(LogMode.FSYNC, 1 << 20, "16.0", (lsn, payload) -> records.add(new String(payload)));
    }

    private static void append(WriteAheadLog log, String record) {
        log.append(record.getBytes(), record.length());
        log.commit();
    }

    private static void checkpoint(DatabaseFolder folder, WriteAheadLog log, String content, Set<StoreId> live) {
        long start = log.rotate();
        try (CheckpointFileWriter writer = folder.beginCheckpoint(start)) {
            writer.section("content", content.getBytes(), content.length());
            writer.finish();
        }
        folder.publish(start, "16.0", Map.of());
        folder.deleteUnused(live, log);
    }

    private static void assertFailsWith(ErrorCode code, String text, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void aNewFolderBecomesADatabaseThatSurvivesAtOnce() {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        assertThat(folder.manifest()).isNull();
        WriteAheadLog log = openJournal(folder, new ArrayList<>()).log();
        append(log, "one");
        for (int seed = 0; seed < 50; seed++) {
            SimulatedFileSystem next = files.afterPowerLoss(seed, new ArrayList<>());
            List<String> records = new ArrayList<>();
            DatabaseFolder again = DatabaseFolder.open(next, ROOT);
            openJournal(again, records);
            assertThat(records).containsExactly("one");
            assertThat(again.openCheckpoint()).isNull();
        }
    }

    @Test
    void aCrashWhileADatabaseIsMadeLeavesAFolderThatOpens() {
        long calls = 0;
        for (long call = 1; call == 1 || call <= calls; call++) {
            for (int seed = 0; seed < 10; seed++) {
                SimulatedFileSystem machine = new SimulatedFileSystem();
                machine.pullPlugAt(call);
                try {
                    DatabaseFolder folder = DatabaseFolder.open(machine, ROOT);
                    openJournal(folder, new ArrayList<>());
                    calls = machine.calls();
                } catch (VelesException e) {
                    calls = Math.max(calls, call + 1);
                }
                SimulatedFileSystem next = machine.afterPowerLoss(seed, new ArrayList<>());
                DatabaseFolder folder = DatabaseFolder.open(next, ROOT);
                append(openJournal(folder, new ArrayList<>()).log(), "works");
            }
        }
        assertThat(calls).isGreaterThan(15);
    }

    @Test
    void aCheckpointReplacesTheOneBeforeAndTheJournalBelow() {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        WriteAheadLog log = openJournal(folder, new ArrayList<>()).log();
        append(log, "one");
        checkpoint(folder, log, "state 1", Set.of());
        append(log, "two");
        checkpoint(folder, log, "state 2", Set.of());
        append(log, "three");
        assertThat(files.files())
                .extracting(p -> ROOT.relativize(p).toString())
                .containsExactly("LOCK", "MANIFEST", "checkpoint-0000002", "journal/0000003.wal");
        for (int seed = 0; seed < 50; seed++) {
            List<String> records = new ArrayList<>();
            DatabaseFolder again = DatabaseFolder.open(files.afterPowerLoss(seed, new ArrayList<>()), ROOT);
            assertThat(again.openCheckpoint().section("content")).asString().isEqualTo("state 2");
            openJournal(again, records);
            assertThat(records).containsExactly("three");
        }
    }

    @Test
    void aSecondOpenerIsToldWhichFolderAndWhatToDo() {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        assertFailsWith(ErrorCode.DATABASE_LOCKED, ROOT.toString(), () -> DatabaseFolder.open(files, ROOT));
        folder.close();
        DatabaseFolder.open(files, ROOT).close();
    }

    @Test
    void aFolderWithOtherThingsInItIsLeftAlone() throws IOException {
        files.createDirectories(ROOT);
        files.open(ROOT.resolve("letter.txt")).close();
        assertFailsWith(ErrorCode.STORAGE, "letter.txt", () -> DatabaseFolder.open(files, ROOT));
        assertThat(files.files()).containsExactly(ROOT.resolve("letter.txt"));
    }

    @Test
    void aFolderWithSomebodysJournalInItIsLeftAlone() throws IOException {
        Path diary = ROOT.resolve("journal/2026-11-25.md");
        files.createDirectories(diary.getParent());
        files.open(diary).close();
        assertFailsWith(ErrorCode.STORAGE, "journal/2026-11-25.md", () -> DatabaseFolder.open(files, ROOT));
        assertThat(files.files()).containsExactly(diary);
    }

    @Test
    void aFileIsNoDatabase() throws IOException {
        files.createDirectories(ROOT.getParent());
        files.open(ROOT).close();
        assertFailsWith(ErrorCode.STORAGE, "it is a file", () -> DatabaseFolder.open(files, ROOT));
    }

    @Test
    void aLostManifestIsDamageAndNotAnEmptyDatabase() throws IOException {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        append(openJournal(folder, new ArrayList<>()).log(), "one");
        files = files.afterKill();
        files.delete(ROOT.resolve("MANIFEST"));
        assertFailsWith(ErrorCode.STORAGE, "MANIFEST", () -> DatabaseFolder.open(files, ROOT));
    }

    @Test
    void everyFlippedBitOfTheManifestIsNoticed() {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        WriteAheadLog log = openJournal(folder, new ArrayList<>()).log();
        folder.publish(log.rotate(), "16.0", Map.of("3/payload-0.log", 64L));
        folder.close();
        byte[] good = files.content(ROOT.resolve("MANIFEST"));
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = Arrays.copyOf(good, good.length);
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            files.overwrite(ROOT.resolve("MANIFEST"), bad);
            assertFailsWith(ErrorCode.STORAGE, "MANIFEST", () -> DatabaseFolder.open(files, ROOT));
        }
        for (int length = 0; length < good.length; length++) {
            files.overwrite(ROOT.resolve("MANIFEST"), Arrays.copyOf(good, length));
            assertFailsWith(ErrorCode.STORAGE, "MANIFEST", () -> DatabaseFolder.open(files, ROOT));
        }
        files.overwrite(ROOT.resolve("MANIFEST"), good);
        assertThat(DatabaseFolder.open(files, ROOT).manifest().fileLengths()).containsEntry("3/payload-0.log", 64L);
    }

    @Test
    void aNewerFormatIsRefusedAsSuch() {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        openJournal(folder, new ArrayList<>());
        folder.close();
        byte[] bytes = files.content(ROOT.resolve("MANIFEST"));
        bytes[8] = 2;
        int checksum = JournalFormat.checksum(bytes, 0, bytes.length - 4);
        for (int i = 0; i < 4; i++) {
            bytes[bytes.length - 4 + i] = (byte) (checksum >>> 8 * i);
        }
        files.overwrite(ROOT.resolve("MANIFEST"), bytes);
        assertFailsWith(
                ErrorCode.INCOMPATIBLE_SCHEMA_VERSION, "format version 2", () -> DatabaseFolder.open(files, ROOT));
    }

    @Test
    void storesThatNothingRefersToAreDeletedAndUnknownFilesAreNot() throws IOException {
        DatabaseFolder folder = DatabaseFolder.open(files, ROOT);
        WriteAheadLog log = openJournal(folder, new ArrayList<>()).log();
        for (int collection = 1; collection <= 3; collection++) {
            for (int generation = 0; generation < 2; generation++) {
                StoreId id = new StoreId(collection, generation);
                PayloadLog.create(files, folder.payload(id), id).close();
                files.open(folder.vectors(id)).close();
            }
        }
        files.open(ROOT.resolve("3/notes.txt")).close();
        files.open(ROOT.resolve("notes.txt")).close();
        checkpoint(folder, log, "state", Set.of(new StoreId(1, 1), new StoreId(2, 0)));
        assertThat(files.files())
                .extracting(p -> ROOT.relativize(p).toString())
                .contains(
                        "1/payload-1.log",
                        "1/vectors-1.f32",
                        "2/payload-0.log",
                        "2/vectors-0.f32",
                        "3/notes.txt",
                        "notes.txt")
                .doesNotContain("1/payload-0.log", "2/vectors-1.f32", "3/payload-0.log", "3/vectors-1.f32");
        assertThat(folder.relative(folder.payload(new StoreId(1, 1)))).isEqualTo("1/payload-1.log");
    }

    @Test
    void anUnwritableFolderSaysSo(@TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("locked"));
        if (!folder.toFile().setWritable(false) || Files.isWritable(folder)) {
            // Root writes everywhere; a path below a file fails for everybody.
            Path file = Files.createFile(temporary.resolve("file"));
            assertFailsWith(
                    ErrorCode.IO,
                    file.toString(),
                    () -> DatabaseFolder.open(new LocalFileSystem(), file.resolve("db")));
            return;
        }
        assertFailsWith(ErrorCode.IO, folder.toString(), () -> DatabaseFolder.open(new LocalFileSystem(), folder));
    }

    @Test
    void theRealFileSystemDoesAllThisToo(@TempDir Path temporary) {
        Path root = temporary.resolve("deep/db");
        LocalFileSystem local = new LocalFileSystem();
        try (DatabaseFolder folder = DatabaseFolder.open(local, root)) {
            WriteAheadLog log = openJournal(folder, new ArrayList<>()).log();
            append(log, "one");
            checkpoint(folder, log, "state 1", Set.of());
            append(log, "two");
            append(log, "three");
            log.close();
        }
        List<String> records = new ArrayList<>();
        try (DatabaseFolder folder = DatabaseFolder.open(local, root)) {
            try (CheckpointFile checkpoint = folder.openCheckpoint()) {
                assertThat(checkpoint.section("content")).asString().isEqualTo("state 1");
            }
            openJournal(folder, records).log().close();
        }
        assertThat(records).containsExactly("two", "three");
    }
}
