package io.velesdb.embedded.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the storage engine relies on, held by every file system that it runs on. */
abstract class FileSystemContract {
    private FileSystem files;
    private Path folder;

    abstract FileSystem fileSystem();

    /** A folder that exists and is empty. */
    abstract Path emptyFolder() throws IOException;

    @BeforeEach
    void start() throws IOException {
        files = fileSystem();
        folder = emptyFolder();
    }

    private DataFile file(String name, String content) throws IOException {
        DataFile file = files.open(folder.resolve(name));
        file.write(0, bytes(content));
        return file;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(DataFile file, long position, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        file.read(position, into);
        return new String(into.array(), StandardCharsets.US_ASCII);
    }

    private static String text(MemorySegment segment) {
        return new String(segment.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    }

    @Test
    void writtenBytesAreReadBackAtTheirPosition() throws IOException {
        try (DataFile file = file("a", "hello world")) {
            file.write(6, bytes("there"));
            assertThat(file.size()).isEqualTo(11);
            assertThat(text(file, 0, 11)).isEqualTo("hello there");
            assertThat(text(file, 6, 5)).isEqualTo("there");
        }
    }

    @Test
    void aBufferIsWrittenFromItsPositionToItsLimit() throws IOException {
        try (DataFile file = file("a", "")) {
            ByteBuffer buffer = bytes("xxabcxx").position(2).limit(5);
            file.write(0, buffer);
            assertThat(buffer.hasRemaining()).isFalse();
            assertThat(text(file, 0, 3)).isEqualTo("abc");
            assertThat(file.size()).isEqualTo(3);
        }
    }

    @Test
    void writingBeyondTheEndLeavesZerosBetween() throws IOException {
        try (DataFile file = file("a", "a")) {
            file.write(3, bytes("b"));
            assertThat(text(file, 0, 4)).isEqualTo("a\0\0b");
        }
    }

    @Test
    void readingPastTheEndIsAnError() throws IOException {
        try (DataFile file = file("a", "abc")) {
            assertThatThrownBy(() -> text(file, 1, 3)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> text(file, 10, 1)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void truncateCutsAndExtendsWithZeros() throws IOException {
        try (DataFile file = file("a", "abcdef")) {
            file.truncate(2);
            assertThat(file.size()).isEqualTo(2);
            file.truncate(4);
            assertThat(text(file, 0, 4)).isEqualTo("ab\0\0");
            file.truncate(4);
            assertThat(file.size()).isEqualTo(4);
        }
    }

    @Test
    void aSecondOpeningSeesTheSameFile() throws IOException {
        try (DataFile first = file("a", "abc");
                DataFile second = files.openReadOnly(folder.resolve("a"))) {
            first.write(3, bytes("def"));
            assertThat(text(second, 0, 6)).isEqualTo("abcdef");
        }
    }

    @Test
    void readOnlyOpeningNeedsAFileAndRefusesWrites() throws IOException {
        assertThatThrownBy(() -> files.openReadOnly(folder.resolve("missing"))).isInstanceOf(IOException.class);
        file("a", "abc").close();
        try (DataFile file = files.openReadOnly(folder.resolve("a"))) {
            assertThatThrownBy(() -> file.write(0, bytes("x"))).isInstanceOf(Exception.class);
            assertThat(text(file, 0, 3)).isEqualTo("abc");
        }
    }

    @Test
    void aClosedFileRefusesEverything() throws IOException {
        DataFile file = file("a", "abc");
        file.close();
        file.close();
        assertThatThrownBy(() -> text(file, 0, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.write(0, bytes("x"))).isInstanceOf(IOException.class);
    }

    @Test
    void aSharedMappingSeesLaterWrites() throws IOException {
        try (DataFile file = file("a", "0123456789")) {
            MemorySegment map = file.map(2, 4, false);
            assertThat(text(map)).isEqualTo("2345");
            file.write(3, bytes("XY"));
            assertThat(text(map)).isEqualTo("2XY5");
            // However much the file has grown since.
            file.write(10, ByteBuffer.allocate(3 << 20));
            file.write(4, bytes("Z"));
            assertThat(text(map)).isEqualTo("2XZ5");
            assertThatThrownBy(() -> map.set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void aPrivateMappingKeepsItsChangesToItself() throws IOException {
        try (DataFile file = file("a", "0123456789")) {
            MemorySegment map = file.map(0, 10, true);
            map.set(ValueLayout.JAVA_BYTE, 0, (byte) 'X');
            assertThat(text(map)).isEqualTo("X123456789");
            assertThat(text(file, 0, 10)).isEqualTo("0123456789");
        }
    }

    @Test
    void aMappingIsAlignedLikeItsOffsetAndOutlivesTheFile() throws IOException {
        MemorySegment map;
        try (DataFile file = file("a", "x")) {
            file.write(64 * 3, bytes("abc"));
            map = file.map(64 * 3, 3, true);
        }
        assertThat(map.address() % 64).isZero();
        assertThat(text(map)).isEqualTo("abc");
        files.delete(folder.resolve("a"));
        assertThat(text(map)).isEqualTo("abc");
    }

    @Test
    void mappingPastTheEndIsAnErrorAndDoesNotExtendTheFile() throws IOException {
        try (DataFile file = file("a", "abc")) {
            assertThatThrownBy(() -> file.map(0, 4, false)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> file.map(Long.MAX_VALUE, 4, true)).isInstanceOf(EOFException.class);
            assertThat(file.size()).isEqualTo(3);
        }
    }

    @Test
    void foldersAreListedByName() throws IOException {
        file("b", "").close();
        file("a", "").close();
        files.createDirectories(folder.resolve("c/d"));
        assertThat(files.list(folder)).containsExactly(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
        assertThat(files.isDirectory(folder.resolve("c/d"))).isTrue();
        assertThat(files.isDirectory(folder.resolve("a"))).isFalse();
        assertThat(files.isDirectory(folder.resolve("missing"))).isFalse();
        assertThat(files.exists(folder.resolve("a"))).isTrue();
        assertThat(files.exists(folder.resolve("missing"))).isFalse();
        assertThatThrownBy(() -> files.list(folder.resolve("missing"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.list(folder.resolve("a"))).isInstanceOf(IOException.class);
    }

    @Test
    void creatingAFolderTwiceIsFineAndOverAFileIsNot() throws IOException {
        files.createDirectories(folder.resolve("c"));
        files.createDirectories(folder.resolve("c"));
        file("a", "").close();
        assertThatThrownBy(() -> files.createDirectories(folder.resolve("a"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.open(folder.resolve("c"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.open(folder.resolve("missing/x"))).isInstanceOf(IOException.class);
    }

    @Test
    void deletingTakesFilesAndEmptyFoldersAndIgnoresWhatIsMissing() throws IOException {
        file("a", "abc").close();
        files.createDirectories(folder.resolve("c/d"));
        files.delete(folder.resolve("a"));
        files.delete(folder.resolve("a"));
        assertThatThrownBy(() -> files.delete(folder.resolve("c"))).isInstanceOf(IOException.class);
        files.delete(folder.resolve("c/d"));
        files.delete(folder.resolve("c"));
        assertThat(files.list(folder)).isEmpty();
    }

    @Test
    void renamingReplacesTheTarget() throws IOException {
        file("new", "new content").close();
        file("old", "old").close();
        files.rename(folder.resolve("new"), folder.resolve("old"));
        files.syncDirectory(folder);
        assertThat(files.list(folder)).containsExactly(folder.resolve("old"));
        try (DataFile file = files.open(folder.resolve("old"))) {
            assertThat(text(file, 0, 11)).isEqualTo("new content");
        }
        assertThatThrownBy(() -> files.rename(folder.resolve("new"), folder.resolve("x")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aLockHasOneHolderUntilItIsClosed() throws IOException {
        Path path = folder.resolve("LOCK");
        Closeable held = files.tryLock(path);
        assertThat(held).isNotNull();
        assertThat(files.tryLock(path)).isNull();
        assertThat(files.tryLock(folder.resolve("../" + folder.getFileName() + "/LOCK")))
                .isNull();
        held.close();
        held.close();
        Closeable again = files.tryLock(path);
        assertThat(again).isNotNull();
        again.close();
    }

    @Test
    void anInterruptedThreadReadsWritesAndSyncsAsAnyOther() throws IOException {
        try (DataFile file = file("a", "abc")) {
            Thread.currentThread().interrupt();
            file.write(3, bytes("def"));
            file.sync();
            assertThat(text(file, 0, 6)).isEqualTo("abcdef");
            assertThat(text(file.map(0, 3, false))).isEqualTo("abc");
            files.syncDirectory(folder);
            assertThat(Thread.interrupted())
                    .as("the interrupt is still pending")
                    .isTrue();
        }
    }

    @Test
    void interruptsInTheMiddleOfCallsHurtNobody() throws Exception {
        try (DataFile file = file("a", "0".repeat(4096))) {
            Throwable[] failure = new Throwable[2];
            Thread[] victims = new Thread[2];
            for (int v = 0; v < 2; v++) {
                int victim = v;
                victims[v] = new Thread(() -> {
                    try {
                        for (int i = 0; i < 300; i++) {
                            file.write(victim * 8L, bytes("" + (10000 + i)));
                            assertThat(text(file, victim * 8L, 5)).isEqualTo("" + (10000 + i));
                            file.size();
                            if (i % 20 == 0) {
                                file.sync();
                            }
                        }
                    } catch (Throwable e) {
                        failure[victim] = e;
                    }
                });
            }
            for (Thread victim : victims) {
                victim.start();
            }
            while (victims[0].isAlive() || victims[1].isAlive()) {
                victims[0].interrupt();
                victims[1].interrupt();
                Thread.yield();
            }
            assertThat(failure).containsOnlyNulls();
            assertThat(text(file, 0, 5)).isEqualTo("10299");
        }
    }
}
