package io.velesdb.embedded.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.embedded.file.SimulatedFileSystem.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedFileSystemTest extends FileSystemContract {
    private static final Path FOLDER = Path.of("/data");
    private static final Path FILE = FOLDER.resolve("a");

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    @Override
    FileSystem fileSystem() {
        return files;
    }

    @Override
    Path emptyFolder() throws IOException {
        files.createDirectories(FOLDER);
        files.syncDirectory(Path.of("/"));
        return FOLDER;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String content(SimulatedFileSystem files) throws IOException {
        return files.exists(FILE) ? new String(files.content(FILE), StandardCharsets.US_ASCII) : "missing";
    }

    /** All that different power losses leave of the file. */
    private Set<String> outcomes() throws IOException {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 1000; seed++) {
            seen.add(content(files.afterPowerLoss(seed, new ArrayList<>())));
        }
        return seen;
    }

    @Test
    void syncedBytesUnderASyncedNameAreAlwaysThere() throws IOException {
        DataFile file = files.open(FILE);
        file.write(0, bytes("safe"));
        file.sync();
        files.syncDirectory(FOLDER);
        assertThat(outcomes()).containsExactly("safe");
    }

    @Test
    void aNameThatWasNotSyncedMayBeGone() throws IOException {
        DataFile file = files.open(FILE);
        file.write(0, bytes("safe"));
        file.sync();
        assertThat(outcomes()).containsExactlyInAnyOrder("safe", "missing");
    }

    @Test
    void unsyncedWritesMeetEveryFate() throws IOException {
        DataFile file = files.open(FILE);
        file.write(0, bytes("safe"));
        file.sync();
        files.syncDirectory(FOLDER);
        file.write(4, bytes("AAAA"));
        file.write(8, bytes("BBBB"));
        assertThat(outcomes())
                .contains("safe", "safeAAAA", "safeAAAABBBB", "safe\0\0\0\0BBBB", "safeAA", "safe\0\0\0\0")
                .anyMatch(s -> s.startsWith("safeA") && s.length() == 8 && !s.equals("safeAAAA"))
                .allMatch(s -> s.startsWith("safe"));
    }

    @Test
    void overlappingWritesMaySurviveOutOfOrder() throws IOException {
        DataFile file = files.open(FILE);
        files.syncDirectory(FOLDER);
        file.write(0, bytes("old"));
        file.write(0, bytes("new"));
        assertThat(outcomes()).contains("old", "new", "");
    }

    @Test
    void renamesAndDeletionsAreUndoneUntilTheFolderIsSynced() throws IOException {
        DataFile file = files.open(FILE);
        file.write(0, bytes("old"));
        file.sync();
        files.syncDirectory(FOLDER);
        DataFile temporary = files.open(FOLDER.resolve("t"));
        temporary.write(0, bytes("new"));
        temporary.sync();
        files.rename(FOLDER.resolve("t"), FILE);
        assertThat(outcomes()).containsExactlyInAnyOrder("old", "new");
        files.syncDirectory(FOLDER);
        assertThat(outcomes()).containsExactly("new");
    }

    @Test
    void theSameSeedDoesTheSameDamage() throws IOException {
        DataFile file = files.open(FILE);
        for (int i = 0; i < 50; i++) {
            file.write(i * 3L, bytes("abc"));
        }
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        String one = content(files.afterPowerLoss(7, first));
        assertThat(content(files.afterPowerLoss(7, second))).isEqualTo(one);
        assertThat(second).isEqualTo(first).isNotEmpty();
    }

    @Test
    void aFailedSyncForsakesWhatWasWrittenBefore() throws IOException {
        DataFile file = files.open(FILE);
        files.syncDirectory(FOLDER);
        file.write(0, bytes("lost"));
        files.fail(files.calls() + 1, Fault.ERROR);
        assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
        assertThatThrownBy(file::sync).as("once failed, always failed").isInstanceOf(IOException.class);
        DataFile again = files.open(FILE);
        again.sync();
        assertThat(content(files)).isEqualTo("lost");
        assertThat(outcomes()).contains("", "lost");
        again.write(0, bytes("kept"));
        again.sync();
        assertThat(outcomes()).containsExactly("kept");
    }

    @Test
    void aKilledProcessLosesNothingButItsFilesAndLocks() throws IOException {
        DataFile file = files.open(FILE);
        file.write(0, bytes("abc"));
        assertThat(files.tryLock(FOLDER.resolve("LOCK"))).isNotNull();
        SimulatedFileSystem next = files.afterKill();
        assertThat(content(next)).isEqualTo("abc");
        assertThat(next.tryLock(FOLDER.resolve("LOCK"))).isNotNull();
        assertThatThrownBy(() -> file.write(0, bytes("x"))).isInstanceOf(IOException.class);
        assertThat(content(next.afterPowerLoss(3, new ArrayList<>()))).isNotNull();
    }

    @Test
    void aShortWriteDoesItsFirstHalf() throws IOException {
        DataFile file = files.open(FILE);
        files.fail(files.calls() + 1, Fault.SHORT_WRITE);
        assertThatThrownBy(() -> file.write(0, bytes("abcd"))).isInstanceOf(IOException.class);
        assertThat(content(files)).isEqualTo("ab");
        file.write(0, bytes("abcd"));
        assertThat(content(files)).isEqualTo("abcd");
    }

    @Test
    void aFullDiskTakesWhatFits() throws IOException {
        DataFile file = files.open(FILE);
        files.capacity(6);
        file.write(0, bytes("abcd"));
        assertThatThrownBy(() -> file.write(4, bytes("efgh"))).hasMessageContaining("No space left");
        file.write(0, bytes("ABCDEF"));
        assertThat(content(files)).isEqualTo("ABCDEF");
    }

    @Test
    void nothingWorksOnceThePlugIsPulled() throws IOException {
        DataFile file = files.open(FILE);
        files.syncDirectory(FOLDER);
        files.pullPlugAt(files.calls() + 2);
        file.write(0, bytes("abc"));
        assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.open(FILE)).isInstanceOf(IOException.class);
        assertThat(outcomesOf(files)).contains("abc", "");
    }

    private static Set<String> outcomesOf(SimulatedFileSystem files) throws IOException {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            seen.add(content(files.afterPowerLoss(seed, new ArrayList<>())));
        }
        return seen;
    }
}
