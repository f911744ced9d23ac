package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.AccessRequest;
import io.velesdb.Batch;
import io.velesdb.Caller;
import io.velesdb.Database;
import io.velesdb.Decision;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.MetadataCollection;
import io.velesdb.Observer;
import io.velesdb.Point;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.BackupReport;
import io.velesdb.embedded.storage.DamagedPlace;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(CheckOnClose.class)
class BackupTest {
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(1);
    private static final Path DATA = Path.of("/data/db");
    private static final Path BACKUP = Path.of("/backups/first");
    private static final Path RESTORED = Path.of("/data/restored");

    @TempDir
    Path folder;

    @Test
    void aBackupHoldsEverythingAndARestoredDatabaseGoesOnFromThere() {
        Path backup = folder.resolve("backup");
        Path restored = folder.resolve("restored");
        BackupReport made;
        try (Database database = VelesDb.open(folder.resolve("db"), OPTIONS)) {
            fill(database);
            made = VelesDb.backup(database, backup);
            assertThat(made.lsn()).isEqualTo(database.lsn());
            assertThat(made.files()).isGreaterThan(5);
            database.collection("rows").upsert(Point.of(4_000, new float[] {1, 2, 3}));
        }
        assertThat(VelesDb.check(backup).findings()).isEmpty();
        assertThat(VelesDb.restore(backup, restored)).isEqualTo(made);
        try (Database database = VelesDb.open(restored, OPTIONS)) {
            assertThat(database.lsn()).isEqualTo(made.lsn());
            assertFilled(database);
            database.collection("rows").upsert(Point.of(5_000, new float[] {1, 2, 3}));
            assertThat(database.lsn()).isEqualTo(made.lsn() + 1);
        }
        assertThat(VelesDb.check(restored).findings()).isEmpty();
        // the backup can be restored as often as one likes, also while a copy of it is in use
        assertThat(VelesDb.restore(backup, folder.resolve("again"))).isEqualTo(made);
    }

    @Test
    void aBackupOpensAsADatabase_andIsABackupNoMoreAfterwards() {
        Path backup = folder.resolve("backup");
        try (Database database = VelesDb.open(folder.resolve("db"), OPTIONS)) {
            fill(database);
            VelesDb.backup(database, backup);
        }
        try (Database database = VelesDb.open(backup, OPTIONS)) {
            assertFilled(database);
        }
        assertThatThrownBy(() -> VelesDb.restore(backup, folder.resolve("restored")))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE))
                .hasMessageContaining("is not a backup");
        assertThat(VelesDb.check(backup).findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LogMode.class)
    void aBackupIsMadeOfTheYoungestAndOfTheOldestDatabases(LogMode mode) {
        SimulatedFileSystem files = new SimulatedFileSystem();
        try (Database database = open(files, DATA, mode)) {
            // no checkpoint and no change yet
            assertThat(VelesDb.backup(database, BACKUP).lsn()).isZero();
            fill(database);
            database.collection("rows").delete(3, 5, 7);
            database.collection("rows").vacuum();
            database.collection("rows").upsert(Point.of(3, new float[] {3, 3, 3}));
            database.deleteCollection("people");
            database.createMetadataCollection("people").upsert(Point.of(1, Obj.of("name", "Grace")));
            VelesDb.backup(database, Path.of("/backups/second"));
            // nothing behind the checkpoint
            database.checkpoint();
            VelesDb.backup(database, Path.of("/backups/third"));
        }
        VelesDb.restore(files, BACKUP, Path.of("/restored/1"));
        try (Database database = open(files, Path.of("/restored/1"), mode)) {
            assertThat(database.collections()).isEmpty();
        }
        for (String name : List.of("second", "third")) {
            VelesDb.restore(files, Path.of("/backups/" + name), Path.of("/restored/" + name));
            try (Database database = open(files, Path.of("/restored/" + name), mode)) {
                assertThat(database.collection("rows").count()).isEqualTo(98);
                assertThat(database.collection("people").count(Filter.eq("name", "Grace")))
                        .isEqualTo(1);
            }
            assertThat(VelesDb.check(files, Path.of("/restored/" + name)).findings())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasAcknowledgedBeforeIsInIt_andItIsAPrefixOfWhatFollowed(long seed) throws InterruptedException {
        SimulatedFileSystem files = new SimulatedFileSystem();
        int writers = 8;
        AtomicLongArray acknowledged = new AtomicLongArray(writers);
        AtomicBoolean stop = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        List<long[]> before = new ArrayList<>();
        List<BackupReport> reports = new ArrayList<>();
        try (Database database = open(files, DATA, LogMode.FSYNC)) {
            MetadataCollection left = database.createMetadataCollection("left");
            database.createMetadataCollection("right");
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (long n = 0; !stop.get(); n++) {
                            Point point = Point.of(writer * 1_000_000L + n, Obj.of("w", writer, "n", n));
                            database.batch()
                                    .upsert("left", List.of(point))
                                    .upsert("right", List.of(point))
                                    .commit();
                            acknowledged.set(writer, n + 1);
                        }
                    } catch (Throwable e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }));
            }
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < 4; round++) {
                long wanted = left.count() + 40 + random.nextInt(200);
                while (left.count() < wanted && failures.isEmpty()) {
                    Thread.onSpinWait();
                }
                if (random.nextBoolean()) {
                    database.checkpoint();
                }
                long[] counts = new long[writers];
                Arrays.setAll(counts, acknowledged::get);
                before.add(counts);
                reports.add(VelesDb.backup(database, Path.of("/backups/" + round)));
            }
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failures).as("seed %s", seed).isEmpty();
        for (int round = 0; round < before.size(); round++) {
            Path restored = Path.of("/restored/" + round);
            assertThat(VelesDb.restore(files, Path.of("/backups/" + round), restored))
                    .isEqualTo(reports.get(round));
            assertThat(VelesDb.check(files, restored).findings()).isEmpty();
            try (Database database = open(files, restored, LogMode.FSYNC)) {
                assertThat(database.lsn()).isEqualTo(reports.get(round).lsn());
                long all = 0;
                for (int writer = 0; writer < writers; writer++) {
                    long count = database.collection("left").count(Filter.eq("w", writer));
                    assertThat(count)
                            .as("seed %s, round %s, writer %s", seed, round, writer)
                            .isGreaterThanOrEqualTo(before.get(round)[writer]);
                    // the first ones without a gap
                    if (count > 0) {
                        assertThat(database.collection("left")
                                        .get(writer * 1_000_000L + count - 1)
                                        .getFirst())
                                .isNotNull();
                    }
                    // and never half a batch
                    assertThat(database.collection("right").count(Filter.eq("w", writer)))
                            .isEqualTo(count);
                    all += count;
                }
                assertThat(database.collection("left").count()).isEqualTo(all);
            }
        }
    }

    @Test
    void damageAnywhereInABackupIsRefusedWithFileAndOffset() {
        SimulatedFileSystem files = filledAndBackedUp();
        SplittableRandom random = new SplittableRandom(7);
        for (Path file : backupFiles(files)) {
            byte[] whole = files.content(file);
            for (int i = 0; i < 12; i++) {
                int at = random.nextInt(whole.length);
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                files.overwrite(file, flipped);
                assertRefused(files, file, at, "bit flipped at " + at);
            }
            int length = random.nextInt(whole.length);
            files.overwrite(file, Arrays.copyOf(whole, length));
            assertRefused(files, file, length, "cut to " + length);
            files.overwrite(file, Arrays.copyOf(whole, whole.length + 1 + random.nextInt(20)));
            assertRefused(files, file, whole.length, "longer");
            files.overwrite(file, whole);
        }
        VelesDb.restore(files, BACKUP, RESTORED);
        assertThat(VelesDb.check(files, RESTORED).findings()).isEmpty();
    }

    @Test
    void aMissingFileOfABackupIsRefused() throws Exception {
        SimulatedFileSystem whole = filledAndBackedUp();
        for (Path file : backupFiles(whole)) {
            SimulatedFileSystem files = whole.copy();
            files.delete(file);
            assertThatThrownBy(() -> VelesDb.restore(files, BACKUP, RESTORED))
                    .as("without %s", file)
                    .isInstanceOf(VelesException.class)
                    .hasMessageContaining(file.getFileName().toString());
            assertThat(files.files()).noneMatch(f -> f.startsWith(RESTORED) && !f.endsWith("LOCK"));
        }
    }

    @Test
    void aDamagedDatabaseIsNotBackedUp_andTheTargetCanBeUsedAgain() {
        SimulatedFileSystem files = new SimulatedFileSystem();
        try (Database database = open(files, DATA, LogMode.FSYNC)) {
            fill(database);
            Path documents = DATA.resolve("1/payload-0.log");
            byte[] whole = files.content(documents);
            byte[] flipped = whole.clone();
            flipped[100] ^= 1;
            files.overwrite(documents, flipped);
            assertThatThrownBy(() -> VelesDb.backup(database, BACKUP))
                    .isInstanceOfSatisfying(VelesException.class, e -> {
                        DamagedPlace place = DamagedPlace.of(e);
                        assertThat(place).isNotNull();
                        assertThat(place.file()).isEqualTo(documents);
                        assertThat(place.offset()).isBetween(64L, 100L);
                    });
            assertThat(files.files()).noneMatch(f -> f.startsWith(BACKUP) && !f.endsWith("LOCK"));
            files.overwrite(documents, whole);
            VelesDb.backup(database, BACKUP);
        }
        VelesDb.restore(files, BACKUP, RESTORED);
    }

    @Test
    void targetsInUseAreRefusedAndLeftAlone() throws Exception {
        Path used = folder.resolve("used");
        Files.createDirectories(used);
        Files.writeString(used.resolve("letter.txt"), "keep me");
        try (Database database = VelesDb.open(folder.resolve("db"), OPTIONS)) {
            fill(database);
            for (Path target : List.of(
                    used,
                    used.resolve("letter.txt"),
                    folder.resolve("db"),
                    folder.resolve("db/backup"),
                    folder.resolve("db/../db/backup"))) {
                assertThatThrownBy(() -> VelesDb.backup(database, target))
                        .as("%s", target)
                        .isInstanceOfSatisfying(
                                VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
            }
            VelesDb.backup(database, folder.resolve("backup"));
            assertThatThrownBy(() -> VelesDb.backup(database, folder.resolve("backup")))
                    .hasMessageContaining("name an empty or a new folder");
        }
        assertThatThrownBy(() -> VelesDb.restore(folder.resolve("backup"), used))
                .hasMessageContaining("letter.txt");
        assertThat(Files.readString(used.resolve("letter.txt"))).isEqualTo("keep me");
        assertThatThrownBy(() -> VelesDb.restore(folder.resolve("db"), folder.resolve("restored")))
                .hasMessageContaining("is not a backup");
    }

    @Test
    void onlyWhoMayReadEverythingMakesABackup() {
        try (Database database = VelesDb.open(folder.resolve("db"), OPTIONS)) {
            fill(database);
            Observer watching = new Observer() {
                @Override
                public Decision decide(AccessRequest request) {
                    return request.collection().equals("people")
                            ? new Decision.Within(Filter.eq("name", "Ada"))
                            : new Decision.Allow();
                }
            };
            Database watched = new Database(database.engine(), database.lifecycle(), watching);
            assertThatThrownBy(() -> VelesDb.backup(watched.as(Caller.NONE), folder.resolve("backup")))
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_RAIL));
        }
        assertThat(folder.resolve("backup")).doesNotExist();
        assertThatThrownBy(() -> VelesDb.backup(Database.inMemory(), folder.resolve("backup")))
                .hasMessageContaining("lives in memory");
    }

    private static void assertRefused(SimulatedFileSystem files, Path file, int at, String what) {
        assertThatThrownBy(() -> VelesDb.restore(files, BACKUP, RESTORED))
                .as("%s: %s", file, what)
                .isInstanceOfSatisfying(VelesException.class, e -> {
                    assertThat(Set.of(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION))
                            .contains(e.code());
                    DamagedPlace place = DamagedPlace.of(e);
                    if (place != null) {
                        assertThat(place.file()).isEqualTo(file);
                        assertThat(place.offset()).isLessThanOrEqualTo(at);
                    } else {
                        assertThat(e).hasMessageContaining(file.getFileName().toString());
                    }
                });
        assertThat(files.files()).as(what).noneMatch(f -> f.startsWith(RESTORED) && !f.endsWith("LOCK"));
        assertThat(VelesDb.check(files, BACKUP).findings())
                .as("what check says of %s, %s", file, what)
                .isNotEmpty();
    }

    private static List<Path> backupFiles(SimulatedFileSystem files) {
        List<Path> all = files.files().stream()
                .filter(file -> file.startsWith(BACKUP) && !file.endsWith("LOCK"))
                .toList();
        assertThat(all).hasSizeGreaterThan(6);
        return all;
    }

    private static SimulatedFileSystem filledAndBackedUp() {
        SimulatedFileSystem files = new SimulatedFileSystem();
        try (Database database = open(files, DATA, LogMode.FSYNC)) {
            fill(database);
            VelesDb.backup(database, BACKUP);
        }
        return files;
    }

    private static Database open(SimulatedFileSystem files, Path path, LogMode mode) {
        return VelesDb.open(files, path, OPTIONS.withLogMode(mode), () -> 1_000L, (what, why) -> {
            throw new AssertionError("had to rebuild " + what + ": " + why.getMessage());
        });
    }

    /** Something of every kind: in the checkpoint and behind it. */
    private static void fill(Database database) {
        VectorCollection rows = database.createVectorCollection("rows", 3, Metric.EUCLIDEAN);
        for (int id = 0; id < 60; id++) {
            rows.upsert(Point.of(id, new float[] {id, 1, 2}, Obj.of("even", id % 2 == 0)));
        }
        database.checkpoint();
        for (int id = 60; id < 100; id++) {
            rows.upsert(Point.of(id, new float[] {id, 1, 2}, Obj.of("even", id % 2 == 0)));
        }
        database.createMetadataCollection("people");
        Batch batch = database.batch();
        batch.upsert("people", List.of(Point.of(1, Obj.of("name", "Ada")), Point.of(2, Obj.of("name", "Charles"))))
                .addEdges("people", List.of(Edge.of(1, 2, "WRITES_TO")))
                .commit();
    }

    private static void assertFilled(Database database) {
        assertThat(database.collection("rows").count()).isEqualTo(100);
        assertThat(database.collection("rows").count(Filter.eq("even", true))).isEqualTo(50);
        assertThat(database.collection("people").outgoing(1)).hasSize(1);
    }

    @Test
    void noCopyIsPutIntoTheFolderOfADatabaseOrABackupNotEvenByALink() throws IOException {
        Path data = folder.resolve("db");
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);
        Path backup = folder.resolve("backup");
        try (Database database = VelesDb.open(data, OPTIONS)) {
            fill(database);
            for (Path inside : List.of(data.resolve("copy"), link.resolve("copy"), link.resolve("journal/copy"))) {
                assertThatThrownBy(() -> VelesDb.backup(database, inside)).hasMessageContaining("[VELES-006]");
            }
            VelesDb.backup(database, backup);
            assertThatThrownBy(() -> VelesDb.restore(backup, link.resolve("copy")))
                    .hasMessageContaining("[VELES-006]");
        }
        assertThatThrownBy(() -> VelesDb.restore(backup, backup.resolve("copy")))
                .hasMessageContaining("[VELES-006]");
        assertThatThrownBy(() -> VelesDb.repair(backup)).hasMessageContaining("is a backup");
        assertThat(VelesDb.isBackup(backup)).isTrue();
        assertThat(VelesDb.isBackup(data)).isFalse();
        assertThat(VelesDb.check(backup).backup()).isTrue();
    }
}
