package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the journal does when the process runs out of memory in the middle of a call. */
class WriteAheadLogTest {
    private static final Path FOLDER = Path.of("/journal");
    private static final UUID DATABASE = new UUID(17, 4);

    private final SimulatedFileSystem files = new SimulatedFileSystem();
    private WriteAheadLog log;

    @BeforeEach
    void begin() throws IOException {
        files.createDirectories(FOLDER);
        log = WriteAheadLog.create(files, FOLDER, DATABASE, LogMode.FSYNC, 1 << 20);
    }

    private void append(int size) {
        log.append(new byte[size], size);
        log.commit();
    }

    private List<Integer> sizesOnDisk() {
        List<Integer> sizes = new ArrayList<>();
        WriteAheadLog.recover(
                files.afterKill(),
                FOLDER,
                DATABASE,
                LogMode.FSYNC,
                1 << 20,
                1,
                (lsn, payload) -> sizes.add(payload.length));
        return sizes;
    }

    /** A small record is two writes, the first for zeros ahead of it; a large one is several. */
    @ParameterizedTest
    @CsvSource({"5, 1", "5, 2", "700000, 1", "700000, 2", "700000, 3"})
    void anAppendThatRunsOutOfMemoryLeavesNothingAndTheNextOneFollows(int size, int call) {
        files.exhaust(files.calls() + call);
        assertThatThrownBy(() -> append(size)).isInstanceOf(OutOfMemoryError.class);
        append(6);
        append(7);
        assertThat(sizesOnDisk()).containsExactly(6, 7);
    }

    @Test
    void afterASyncThatRanOutOfMemoryWritesAreRefused() {
        append(5);
        log.append(new byte[6], 6);
        files.exhaust(files.calls() + 1);
        assertThatThrownBy(log::commit).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> append(7))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
                .hasMessageContaining("open the database again");
        assertThat(sizesOnDisk()).startsWith(5).doesNotContain(7);
    }

    @ParameterizedTest
    @CsvSource({"FSYNC, 6", "FSYNC, 700000", "OS, 6", "NONE, 6", "NONE, 700000"})
    void theLastRecordCanBeTakenBackAndTheNextOneFollows(LogMode mode, int size) throws IOException {
        log.close();
        files.createDirectories(Path.of("/other"));
        log = WriteAheadLog.create(files, Path.of("/other"), DATABASE, mode, 1 << 20);
        append(5);
        append(size);
        log.takeBack(2);
        assertThatThrownBy(() -> log.takeBack(1)).hasMessageContaining("VELES-011");
        append(7);
        log.sync();
        List<Integer> sizes = new ArrayList<>();
        WriteAheadLog.recover(
                files.afterPowerLoss(1, new ArrayList<>()),
                Path.of("/other"),
                DATABASE,
                mode,
                1 << 20,
                1,
                (lsn, payload) -> sizes.add(payload.length));
        assertThat(sizes).containsExactly(5, 7);
    }

    @Test
    void aRecordThatWasTakenBackIsGoneAfterALossOfPower() {
        append(5);
        append(6);
        log.takeBack(2);
        files.pullPlug();
        List<Integer> sizes = new ArrayList<>();
        WriteAheadLog.recover(
                files.afterPowerLoss(1, new ArrayList<>()),
                FOLDER,
                DATABASE,
                LogMode.FSYNC,
                1 << 20,
                1,
                (lsn, payload) -> sizes.add(payload.length));
        assertThat(sizes).containsExactly(5);
    }
}
