package io.velesdb.embedded.file;

import io.velesdb.VelesException;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

/**
 * Checksums of a section that was mapped without being read: each block is verified before it is first used. The mapping is
 * private and may be written to; who writes verifies the block first, too, so that no checksum is ever compared with bytes
 * that were changed on purpose. Thread-safe.
 */
public final class SectionChecks {
    /** Verifies nothing. */
    public static final SectionChecks NONE = new SectionChecks(1, 0, new int[0], block -> {
        throw new IllegalStateException("there are no blocks");
    });

    /** Blocks that share a lock are rarely wanted at once; others are read side by side. */
    private static final int LOCKS = 16;

    private final int blockBytes;
    private final long length;
    private final int[] sums;
    private final IntFunction<VelesException> damage;
    private final boolean[] verified;
    private final Object[] locks = new Object[LOCKS];
    private final Object counting = new Object();
    private int unverified;

    /**
     * @param length bytes of the section
     * @param sums the CRC32C of each block
     * @param damage the failure for the block with this number
     */
    public SectionChecks(int blockBytes, long length, int[] sums, IntFunction<VelesException> damage) {
        this.blockBytes = blockBytes;
        this.length = length;
        this.sums = sums;
        this.damage = damage;
        verified = new boolean[sums.length];
        unverified = sums.length;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** False when every block has been verified. */
    public boolean pending() {
        return unverified > 0;
    }

    /**
     * Verifies the blocks with the bytes [from, to) of the section; what lies behind its end has none.
     *
     * @throws VelesException VELES-008 with file and offset of a block that is damaged
     */
    public void require(MemorySegment bytes, long from, long to) {
        int last = (int) ((Math.min(to, length) - 1) / blockBytes);
        for (int block = (int) (from / blockBytes); block <= last; block++) {
            if (!verified[block]) {
                verify(bytes, block);
            }
        }
    }

    /** Verifies the blocks of rows of {@code size} bytes each. */
    public void require(MemorySegment bytes, int[] rows, int count, long size) {
        for (int i = 0; i < count; i++) {
            require(bytes, rows[i] * size, (rows[i] + 1) * size);
        }
    }

    /** Verifies everything. */
    public void requireAll(MemorySegment bytes) {
        if (pending()) {
            require(bytes, 0, length);
        }
    }

    private void verify(MemorySegment bytes, int block) {
        synchronized (locks[block % LOCKS]) {
            // whoever held the lock may have verified the block, and changed it since
            if (verified[block]) {
                return;
            }
            long at = (long) block * blockBytes;
            CRC32C crc = new CRC32C();
            crc.update(bytes.asSlice(at, Math.min(blockBytes, length - at)).asByteBuffer());
            if ((int) crc.getValue() != sums[block]) {
                throw damage.apply(block);
            }
            verified[block] = true;
        }
        synchronized (counting) {
            unverified--;
        }
    }
}
