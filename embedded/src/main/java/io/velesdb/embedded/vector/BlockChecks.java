package io.velesdb.embedded.vector;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Checksums of a file's bytes in blocks of 16 KiB, each verified when it is first touched: opening costs nothing, and
 * damaged bytes are never answered from. Any thread may verify; two that meet at one block both do, which is harmless.
 */
final class BlockChecks {
    static final int BLOCK = 1 << 14;

    /** Verifies nothing. */
    static final BlockChecks NONE = new BlockChecks("", 0, new int[0], true);

    private final String file;
    private final long length;
    private final int[] sums;
    private final boolean[] verified;
    private int unverified;

    /** @param trusted the sums were computed from what is in memory, so that nothing needs verifying */
    private BlockChecks(String file, long length, int[] sums, boolean trusted) {
        this.file = file;
        this.length = length;
        this.sums = sums;
        verified = new boolean[sums.length];
        if (trusted) {
            Arrays.fill(verified, true);
        } else {
            unverified = sums.length;
        }
    }

    /** Checksums read from a checkpoint, of the first {@code length} bytes. */
    static BlockChecks expecting(String file, long length, int[] sums) {
        return new BlockChecks(file, length, sums, false);
    }

    /** The number of sums for so many bytes. */
    static int count(long length) {
        return Math.toIntExact((length + BLOCK - 1) / BLOCK);
    }

    int[] sums() {
        return sums;
    }

    /** False when every block has been verified. */
    boolean pending() {
        return unverified > 0;
    }

    /**
     * Verifies the blocks with the bytes [from, to).
     *
     * @throws VelesException VELES-006 with file and offset of a block that is damaged
     */
    void require(MemorySegment bytes, long from, long to) {
        int last = (int) ((Math.min(to, length) - 1) / BLOCK);
        for (int block = (int) (from / BLOCK); block <= last; block++) {
            if (!verified[block]) {
                verify(bytes, block);
            }
        }
    }

    private void verify(MemorySegment bytes, int block) {
        long at = (long) block * BLOCK;
        PageAdvice.soon(bytes, at, Math.min(length, at + BLOCK));
        if (sum(bytes, at, Math.min(length, at + BLOCK)) != sums[block]) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    file + " is damaged between byte " + at + " and " + Math.min(length, at + BLOCK)
                            + ": restore the folder from a backup, or export the rows that can be read");
        }
        synchronized (this) {
            // two readers may verify one block at once: counted twice, another would never be verified
            if (!verified[block]) {
                verified[block] = true;
                unverified--;
            }
        }
    }

    /** Verifies everything. */
    void requireAll(MemorySegment bytes) {
        if (length > 0) {
            require(bytes, 0, length);
        }
    }

    /** Checksums of the first {@code end} bytes: the whole blocks known already are kept, unread. */
    BlockChecks extended(String name, MemorySegment bytes, long end) {
        int known = (int) (length / BLOCK);
        if (length % BLOCK != 0) {
            require(bytes, (long) known * BLOCK, length);
        }
        int[] all = Arrays.copyOf(sums, count(end));
        for (int block = known; block < all.length; block++) {
            long at = (long) block * BLOCK;
            all[block] = sum(bytes, at, Math.min(end, at + BLOCK));
        }
        BlockChecks next = new BlockChecks(name, end, all, true);
        next.unverified = 0;
        for (int block = 0; block < known; block++) {
            next.verified[block] = verified[block];
            next.unverified += verified[block] ? 0 : 1;
        }
        return next;
    }

    private static int sum(MemorySegment bytes, long from, long to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(from, to - from).asByteBuffer());
        return (int) crc.getValue();
    }
}
