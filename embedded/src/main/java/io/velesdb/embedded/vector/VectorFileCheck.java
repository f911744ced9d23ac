package io.velesdb.embedded.vector;

import io.velesdb.ErrorCode;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.value.BinaryReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Compares a file of vectors with the block checksums that a checkpoint holds, without opening it as a space. */
public final class VectorFileCheck {
    private VectorFileCheck() {}

    /** Takes what is wrong, with the offset at which the damaged block starts. */
    @FunctionalInterface
    public interface Sink {
        void found(long offset, String what);
    }

    /**
     * Reads the first {@code length} bytes.
     *
     * @param checks the section {@code vectors/checks} of the collection
     * @throws io.velesdb.VelesException VELES-006 when the section does not fit the length
     */
    public static void run(DataFile file, long length, byte[] checks, Sink sink) throws IOException {
        BinaryReader in = new BinaryReader(checks, ErrorCode.STORAGE, "vectors/checks");
        int[] sums = in.readInts(in.readCount(Integer.BYTES));
        in.expectEnd();
        if (sums.length != BlockChecks.count(length)) {
            throw in.damaged(sums.length + " checksums for " + length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BlockChecks.BLOCK);
        for (int block = 0; block < sums.length; block++) {
            long at = (long) block * BlockChecks.BLOCK;
            buffer.clear().limit((int) Math.min(BlockChecks.BLOCK, length - at));
            file.read(at, buffer);
            CRC32C crc = new CRC32C();
            crc.update(buffer.flip());
            if ((int) crc.getValue() != sums[block]) {
                sink.found(at, "the checksum of block " + block + " does not hold");
            }
        }
    }
}
