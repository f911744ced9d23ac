package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told when a folder cannot be opened or written: the code, the thing itself, and what to do. */
@ExtendWith(CheckOnClose.class)
class StorageRefusalTest {
    private static final Path FOLDER = Path.of("/data/db");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(1);

    @TempDir
    Path temporary;

    @Test
    void aSecondOpenerIsToldWhichFolderIsOpenAndWhatToDo() {
        try (Database database = VelesDb.open(temporary)) {
            database.createMetadataCollection("notes");
            assertRefused(
                    () -> VelesDb.open(temporary),
                    ErrorCode.DATABASE_LOCKED,
                    temporary.toString(),
                    "close it there, or share that one instance");
            assertRefused(() -> VelesDb.check(temporary), ErrorCode.DATABASE_LOCKED, temporary.toString());
            assertRefused(() -> VelesDb.repair(temporary), ErrorCode.DATABASE_LOCKED, temporary.toString());
            assertThat(database.hasCollection("notes")).isTrue();
        }
    }

    @Test
    void aFolderOfOtherThingsIsRefusedByNameAndLeftAlone() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("photos"));
        Files.writeString(folder.resolve("cat.jpg"), "not yours");
        assertRefused(
                () -> VelesDb.open(folder),
                ErrorCode.STORAGE,
                folder.toString(),
                "'cat.jpg'",
                "name an empty or a new folder");
        assertRefused(() -> VelesDb.check(folder), ErrorCode.STORAGE, folder.toString(), "name a database folder");
        assertThat(folder.toFile().list()).containsExactly("cat.jpg");
    }

    @Test
    void aFileIsRefusedAsAFolder() throws IOException {
        Path file = Files.writeString(temporary.resolve("notes.txt"), "text");
        assertRefused(
                () -> VelesDb.open(file),
                ErrorCode.STORAGE,
                file.toString(),
                "it is a file",
                "name an empty or a new folder");
        assertThat(file).hasContent("text");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedWithTheReason() throws IOException {
        // below a file nobody may make a folder, whoever runs the test
        Path file = Files.writeString(temporary.resolve("notes.txt"), "text");
        assertRefused(
                () -> VelesDb.open(file.resolve("db")),
                ErrorCode.IO,
                file.resolve("db").toString(),
                "check disk space and permissions");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsRefusedWithTheReason() {
        SimulatedFileSystem files = new SimulatedFileSystem();
        fill(files);
        files.readOnly(true);
        assertRefused(
                () -> open(files),
                ErrorCode.IO,
                FOLDER.toString(),
                "access is denied",
                "check disk space and permissions");
        files.readOnly(false);
        try (Database database = open(files)) {
            assertThat(database.metadataCollection("notes").count()).isEqualTo(1);
        }
    }

    @Test
    void aWriteThatFindsTheDiskFullIsRefusedWholeAndTheNextOneIsTakenWhenThereIsRoom() {
        SimulatedFileSystem files = new SimulatedFileSystem();
        fill(files);
        try (Database database = open(files)) {
            MetadataCollection notes = database.metadataCollection("notes");
            files.capacity(files.usedBytes());
            Obj large = Obj.of("text", "x".repeat(900_000));
            List<Point> batch = List.of(Point.of(2, Obj.of("text", "short")), Point.of(3, large), Point.of(4, large));
            assertRefused(
                    () -> notes.upsert(batch),
                    ErrorCode.IO,
                    FOLDER.resolve("1/payload-0.log").toString(),
                    "No space left",
                    "check disk space");
            assertRefused(
                    () -> database.createVectorCollection("rows", 4, Metric.COSINE), ErrorCode.IO, "No space left");
            assertThat(notes.count()).isEqualTo(1);
            assertThat(notes.get(2)).containsExactly((Point) null);
            assertThat(database.hasCollection("rows")).isFalse();
            files.capacity(Long.MAX_VALUE);
            notes.upsert(batch);
            database.createVectorCollection("rows", 4, Metric.COSINE);
        }
        try (Database database = open(files)) {
            assertThat(database.metadataCollection("notes").count()).isEqualTo(4);
            assertThat(database.vectorCollection("rows").count()).isZero();
        }
        assertThat(VelesDb.check(files, FOLDER).findings()).isEmpty();
    }

    @Test
    void aNewerFormatOfAnyFileIsRefusedByFileAndVersionAndLeftAlone() {
        SimulatedFileSystem good = new SimulatedFileSystem();
        fill(good);
        int tried = 0;
        for (Path file : good.files()) {
            String name = FOLDER.relativize(file).toString();
            if (name.equals("LOCK") || name.endsWith(".f32")) {
                // neither states a version: vectors are raw, and belong to the checkpoint
                continue;
            }
            tried++;
            SimulatedFileSystem files = good.copy();
            byte[] newer = newer(files.content(file), name.equals("MANIFEST"));
            files.overwrite(file, newer);
            assertRefused(
                    () -> open(files),
                    ErrorCode.INCOMPATIBLE_SCHEMA_VERSION,
                    file.toString(),
                    "has format version 9, this version of VelesDB reads up to 1",
                    "open it with a newer VelesDB");
            assertThat(files.content(file)).as(name).isEqualTo(newer);
        }
        assertThat(tried).isEqualTo(4);
    }

    /** The same bytes with version 9 in them and a checksum that holds. */
    private static byte[] newer(byte[] content, boolean whole) {
        byte[] bytes = content.clone();
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        view.putInt(8, 9);
        int end = whole ? bytes.length - 4 : 60;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        view.putInt(end, (int) crc.getValue());
        assertThat(Arrays.equals(bytes, content)).isFalse();
        return bytes;
    }

    private static void fill(SimulatedFileSystem files) {
        try (Database database = open(files)) {
            database.createMetadataCollection("notes").upsert(Point.of(1, Obj.of("text", "kept")));
        }
    }

    private static Database open(SimulatedFileSystem files) {
        return VelesDb.open(files, FOLDER, OPTIONS, () -> 1_000L, (what, why) -> {
            throw new AssertionError("had to rebuild " + what);
        });
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String... texts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(texts);
    }
}
