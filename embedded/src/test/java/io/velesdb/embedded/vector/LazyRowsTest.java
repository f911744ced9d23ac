package io.velesdb.embedded.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SectionChecks;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.journal.CheckpointReader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Rows of a section that is verified block by block, each before its first use. */
class LazyRowsTest {
    private static final int STRIDE = 16;
    private static final int ROWS = 4_000;
    private static final int BLOCK = 1_000; // rows cross the ends of blocks

    /** One section of rows, each int the number of its row. */
    private static final class Lazy implements CheckpointReader, SegmentSections.Reader {
        final MemorySegment bytes = NativeMemory.allocate(4L * STRIDE * ROWS);
        final SectionChecks checks;

        Lazy() {
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < STRIDE; i++) {
                    bytes.set(NativeMemory.INT, 4L * (row * STRIDE + i), row);
                }
            }
            long length = bytes.byteSize();
            int[] sums = new int[(int) ((length + BLOCK - 1) / BLOCK)];
            for (int block = 0; block < sums.length; block++) {
                long at = (long) block * BLOCK;
                CRC32C crc = new CRC32C();
                crc.update(bytes.asSlice(at, Math.min(BLOCK, length - at)).asByteBuffer());
                sums[block] = (int) crc.getValue();
            }
            checks = new SectionChecks(
                    BLOCK, length, sums, block -> new VelesException(ErrorCode.INDEX_CORRUPTED, "block " + block));
        }

        @Override
        public boolean has(String name) {
            return true;
        }

        @Override
        public byte[] section(String name) {
            throw new AssertionError("rows are mapped for walks, but section " + name + " was read whole");
        }

        @Override
        public MemorySegment mapPrivate(String section) {
            throw new AssertionError("rows are mapped for walks, but section " + section + " was mapped for copying");
        }

        @Override
        public SegmentSections.Walked mapForWalks(String section) {
            return new SegmentSections.Walked(bytes, checks);
        }
    }

    @Test
    void onlyRowsOfADamagedBlockAreRefusedToReadersAndToTheWriter() {
        Lazy section = new Lazy();
        int block = 7;
        section.bytes.set(NativeMemory.INT, 4L * ((block * BLOCK + BLOCK / 2) / 4), -5);
        NativeIntRows rows = NativeIntRows.open(section, "links0", STRIDE);
        int[] row = new int[STRIDE];
        for (int i = 0; i < ROWS; i++) {
            int number = i;
            long from = 4L * STRIDE * i;
            boolean touches = from < (block + 1) * BLOCK && from + 4L * STRIDE > block * BLOCK;
            if (touches) {
                assertThatThrownBy(() -> rows.read(number, row)).hasMessageContaining("block " + block);
                assertThatThrownBy(() -> rows.write(number, row)).hasMessageContaining("block " + block);
            } else {
                rows.read(i, row);
                assertThat(row).containsOnly(i);
            }
        }
        assertThat(section.checks.pending()).isTrue();
        assertThatThrownBy(rows::verify).hasMessageContaining("block " + block);
        assertThatThrownBy(() -> rows.ensure(ROWS + 1)).hasMessageContaining("block " + block);
        assertThat(rows.rows()).isEqualTo(ROWS);
    }

    @Test
    void whatIsWrittenBesideReadersIsNeverTakenForDamage() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            NativeIntRows rows = NativeIntRows.open(new Lazy(), "links0", STRIDE);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                boolean writes = t == 0;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        start.await();
                        int[] row = new int[STRIDE];
                        for (int i = 0; i < ROWS; i++) {
                            int at = i * 1_237 % ROWS;
                            rows.read(at, row);
                            if (writes) {
                                Arrays.fill(row, at + 1_000_000);
                                rows.write(at, row);
                            }
                        }
                        if (writes) {
                            rows.ensure(2 * ROWS);
                        }
                    } catch (InterruptedException | RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    }
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            int[] row = new int[STRIDE];
            for (int i = 0; i < ROWS; i++) {
                rows.read(i, row);
                assertThat(row).containsOnly(i + 1_000_000);
            }
        }
    }
}
