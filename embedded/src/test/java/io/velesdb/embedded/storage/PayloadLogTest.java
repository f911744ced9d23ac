package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem.Fault;
import io.velesdb.host.StoreId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PayloadLogTest {
    private static final Path FOLDER = Path.of("/db/3");
    private static final Path FILE = FOLDER.resolve("payload-0.log");
    private static final StoreId ID = new StoreId(3, 0);

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    @BeforeEach
    void makeFolder() throws IOException {
        files.createDirectories(FOLDER);
        files.syncDirectory(Path.of("/"));
        files.syncDirectory(FOLDER.getParent());
    }

    private static byte[] document(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void documentsOfAllLengthsAreReadBackAcrossMappings() {
        SplittableRandom random = new SplittableRandom(5);
        Map<Long, byte[]> expected = new HashMap<>();
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = document(random, i % 50 == 49 ? 2_500_000 : random.nextInt(30_000));
            expected.put(log.append(bytes, 0, bytes.length), bytes);
        }
        assertThat(log.length()).as("several windows").isGreaterThan(10 << 20);
        expected.forEach((position, bytes) -> assertThat(log.read(position)).isEqualTo(bytes));
        long length = log.length();
        log.close();
        PayloadLog again = PayloadLog.open(files, FILE, ID, length);
        expected.forEach((position, bytes) -> assertThat(again.read(position)).isEqualTo(bytes));
    }

    @Test
    void aPartOfAnArrayIsADocument() {
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        long position = log.append("xxabcxx".getBytes(StandardCharsets.US_ASCII), 2, 3);
        assertThat(log.read(position)).asString(StandardCharsets.US_ASCII).isEqualTo("abc");
    }

    @Test
    void reservedSpaceMakesAppendsSafeFromAFullDiskAndIsGivenBack() throws IOException {
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        log.reserve(100_000, 10);
        files.capacity(files.usedBytes());
        for (int i = 0; i < 10; i++) {
            log.append(new byte[10_000], 0, 10_000);
        }
        assertThatThrownBy(() -> log.reserve(1_000_000, 1)).hasMessageContaining("VELES-011");
        assertThat(log.read(PayloadLog.HEADER)).isEqualTo(new byte[10_000]);
        long length = log.length();
        log.close();
        assertThat(files.content(FILE)).hasSize((int) length);
    }

    @Test
    void whatLiesBeyondTheCheckpointIsDiscarded() {
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        long first = log.append(new byte[] {1}, 0, 1);
        long length = log.length();
        long second = log.append(new byte[] {2}, 0, 1);
        PayloadLog again = PayloadLog.open(files, FILE, ID, length);
        assertThat(again.read(first)).containsExactly(1);
        assertThatThrownBy(() -> again.read(second)).hasMessageContaining("VELES-006");
        assertThat(again.append(new byte[] {3}, 0, 1)).isEqualTo(second);
        assertThat(again.read(second)).containsExactly(3);
    }

    @Test
    void positionsThatAreNoDocumentAreRefused() {
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        log.append(new byte[100], 0, 100);
        for (long position : new long[] {-8, 0, 56, 65, 72, 1 << 15, 1L << 40, Long.MAX_VALUE & -8L}) {
            assertThatThrownBy(() -> log.read(position))
                    .isInstanceOf(VelesException.class)
                    .hasMessageContaining("VELES-006")
                    .hasMessageContaining(FILE.toString());
        }
    }

    @Test
    void aMissingShortForeignOrNewerFileIsRefused() {
        assertThatThrownBy(() -> PayloadLog.open(files, FILE, ID, 64)).hasMessageContaining("VELES-006");
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        log.close();
        assertThatThrownBy(() -> PayloadLog.open(files, FILE, ID, 1000))
                .hasMessageContaining("VELES-006")
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> PayloadLog.open(files, FILE, new StoreId(4, 0), 64))
                .hasMessageContaining("VELES-006");
        byte[] newer = files.content(FILE);
        newer[8] = 9;
        int checksum = JournalFormat.checksum(newer, 0, 60);
        for (int i = 0; i < 4; i++) {
            newer[60 + i] = (byte) (checksum >>> 8 * i);
        }
        files.overwrite(FILE, newer);
        assertThatThrownBy(() -> PayloadLog.open(files, FILE, ID, 64)).hasMessageContaining("VELES-036");
    }

    @Test
    void everyFlippedBitIsNoticed() {
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        byte[] document = "some bytes".getBytes(StandardCharsets.US_ASCII);
        long position = log.append(document, 0, document.length);
        long length = log.length();
        log.close();
        byte[] good = files.content(FILE);
        int paddingFrom = (int) position + PayloadLog.RECORD_HEADER + document.length;
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = Arrays.copyOf(good, good.length);
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            files.overwrite(FILE, bad);
            if (bit / 8 >= paddingFrom) {
                assertThat(PayloadLog.open(files, FILE, ID, length).read(position))
                        .isEqualTo(document);
            } else {
                assertThatThrownBy(
                                () -> PayloadLog.open(files, FILE, ID, length).read(position))
                        .as("bit " + bit)
                        .hasMessageMatching("\\[VELES-0(06|36)] .*");
            }
        }
    }

    @Test
    void aFailedSyncIsNeverForgotten() {
        PayloadLog log = PayloadLog.create(files, FILE, ID);
        log.append(new byte[] {1}, 0, 1);
        files.fail(files.calls() + 1, Fault.ERROR);
        assertThatThrownBy(log::sync).hasMessageContaining("VELES-011");
        assertThatThrownBy(log::sync).hasMessageContaining("VELES-011");
    }

    @Test
    void syncedDocumentsSurviveEveryLossOfPower() {
        for (int seed = 0; seed < 300; seed++) {
            SimulatedFileSystem machine = new SimulatedFileSystem();
            SplittableRandom random = new SplittableRandom(seed);
            Map<Long, byte[]> synced = new HashMap<>();
            long length;
            try {
                machine.createDirectories(FOLDER);
                machine.syncDirectory(Path.of("/"));
                machine.syncDirectory(FOLDER.getParent());
                PayloadLog log = PayloadLog.create(machine, FILE, ID);
                length = fill(log, random, synced);
                log.sync();
                machine.syncDirectory(FOLDER);
                fill(log, random, new HashMap<>());
                for (int round = 0; round < 3; round++) {
                    List<String> damage = new ArrayList<>();
                    machine = machine.afterPowerLoss(random.nextLong(), damage);
                    PayloadLog again = PayloadLog.open(machine, FILE, ID, length);
                    synced.forEach((position, bytes) ->
                            assertThat(again.read(position)).isEqualTo(bytes));
                    if (random.nextBoolean()) {
                        length = fill(again, random, synced);
                        again.sync();
                    }
                    fill(again, random, new HashMap<>());
                }
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static long fill(PayloadLog log, SplittableRandom random, Map<Long, byte[]> into) {
        for (int i = random.nextInt(10); i > 0; i--) {
            byte[] bytes = document(random, random.nextInt(300));
            into.put(log.append(bytes, 0, bytes.length), bytes);
        }
        return log.length();
    }
}
