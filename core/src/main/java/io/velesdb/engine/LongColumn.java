package io.velesdb.engine;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;

/**
 * Many numbers one after the other in a checkpoint: as the differences between neighbours where those take less room, as
 * they do for ids that were counted up and for positions in a file that only grows, else as they are.
 */
final class LongColumn {
    private static final int PLAIN = 0;
    private static final int DIFFERENCES = 1;

    private LongColumn() {}

    /** Appends the first {@code count} numbers. */
    static void write(BinaryWriter out, long[] numbers, int count) {
        BinaryWriter differences = new BinaryWriter(2 * count + 16);
        long most = (long) Long.BYTES * count;
        long before = 0;
        for (int i = 0; i < count && differences.length() < most; i++) {
            long difference = numbers[i] - before;
            differences.writeVarLong(difference << 1 ^ difference >> 63);
            before = numbers[i];
        }
        if (differences.length() < most) {
            out.writeByte(DIFFERENCES).writeBytes(differences.array(), 0, differences.length());
        } else {
            out.writeByte(PLAIN).writeLongs(numbers, 0, count);
        }
    }

    /**
     * Reads back what {@link #write} appended.
     *
     * @throws io.velesdb.VelesException VELES-006 when there are fewer numbers
     */
    static long[] read(BinaryReader in, int count) {
        int form = in.readUnsignedByte();
        if (form == PLAIN) {
            return in.readLongs(count);
        }
        if (form != DIFFERENCES || count > in.remaining()) {
            throw in.damaged(count + " numbers announced in form " + form);
        }
        long[] numbers = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            long difference = in.readVarLong();
            before += difference >>> 1 ^ -(difference & 1);
            numbers[i] = before;
        }
        return numbers;
    }
}
