package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/**
 * Reads what {@link BinaryWriter} wrote, and distrusts it: every read is checked against the bytes that are there, and
 * every length before anything is allocated by it. What does not fit is a {@link VelesException} with the code that the
 * caller chose, the name of what was read and the offset. Not thread-safe.
 *
 * <pre>{@code
 * BinaryReader in = new BinaryReader(section, ErrorCode.STORAGE, "checkpoint section 'ids'");
 * int[] slots = in.readInts(in.readCount(4));
 * in.expectEnd();
 * }</pre>
 */
public final class BinaryReader {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final ErrorCode code;
    private final String what;
    private int at;

    /** Reads all of {@code bytes}. */
    public BinaryReader(byte[] bytes, ErrorCode code, String what) {
        this(bytes, 0, bytes.length, code, what);
    }

    /**
     * Reads bytes[from..to).
     *
     * @param code the code of every failure: VELES-006 for files, VELES-012 for what a user hands in
     * @param what named in every failure, for example {@code "journal record 17"}
     */
    public BinaryReader(byte[] bytes, int from, int to, ErrorCode code, String what) {
        if (from < 0 || to < from || to > bytes.length) {
            throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length);
        }
        this.bytes = bytes;
        this.start = from;
        this.end = to;
        this.code = code;
        this.what = what;
        this.at = from;
    }

    /** Bytes read so far. */
    public int position() {
        return at - start;
    }

    /** Bytes not read yet. */
    public int remaining() {
        return end - at;
    }

    /** The failure to throw when what was read makes no sense: names the thing read and the offset. */
    public VelesException damaged(String why) {
        return new VelesException(code, what + " is damaged at byte " + position() + ": " + why);
    }

    /** Fails unless everything was read. */
    public void expectEnd() {
        if (at != end) {
            throw damaged(remaining() + " bytes too many");
        }
    }

    public byte readByte() {
        need(1);
        return bytes[at++];
    }

    /** A byte as 0..255. */
    public int readUnsignedByte() {
        return readByte() & 0xFF;
    }

    /** A byte that must be 0 or 1. */
    public boolean readBoolean() {
        byte value = readByte();
        if (value < 0 || value > 1) {
            throw damaged("expected 0 or 1, found " + value);
        }
        return value == 1;
    }

    public int readInt() {
        need(4);
        int value = intAt(at);
        at += 4;
        return value;
    }

    public long readLong() {
        need(8);
        long value = longAt(at);
        at += 8;
        return value;
    }

    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** A varint in 0..2^31-1; anything else is damage. */
    public int readVarInt() {
        long value = readVarLong();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw damaged("number " + Long.toUnsignedString(value) + " is out of range");
        }
        return (int) value;
    }

    /** A varint of 64 bits, unsigned. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            if (shift == 63 && (next & 0xFE) != 0) {
                break;
            }
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number has more than 64 bits");
    }

    /**
     * A varint number of items that follow, of which each takes at least {@code bytesPerItem} bytes: more than could
     * be there is damage, so that the result may be used to allocate.
     */
    public int readCount(int bytesPerItem) {
        int count = readVarInt();
        if ((long) count * bytesPerItem > remaining()) {
            throw damaged(count + " items announced, " + remaining() + " bytes left");
        }
        return count;
    }

    /** The next {@code count} bytes, copied. */
    public byte[] readBytes(int count) {
        need(count);
        byte[] copy = new byte[count];
        System.arraycopy(bytes, at, copy, 0, count);
        at += count;
        return copy;
    }

    /** What {@link BinaryWriter#writeBlob} wrote, copied. */
    public byte[] readBlob() {
        return readBytes(readCount(1));
    }

    /** Passes over {@code count} bytes. */
    public void skip(int count) {
        need(count);
        at += count;
    }

    /** The next {@code count} ints. */
    public int[] readInts(int count) {
        need(4L * count);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = intAt(at);
            at += 4;
        }
        return values;
    }

    /** The next {@code count} longs. */
    public long[] readLongs(int count) {
        need(8L * count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = longAt(at);
            at += 8;
        }
        return values;
    }

    /** The next {@code count} floats. */
    public float[] readFloats(int count) {
        need(4L * count);
        float[] values = new float[count];
        readFloats(values, 0, count);
        return values;
    }

    /** The next {@code count} floats, into {@code target} from {@code offset}. */
    public void readFloats(float[] target, int offset, int count) {
        need(4L * count);
        for (int i = 0; i < count; i++) {
            target[offset + i] = Float.intBitsToFloat(intAt(at));
            at += 4;
        }
    }

    /** What {@link BinaryWriter#writeString} wrote; bytes that are not UTF-8 are damage. */
    public String readString() {
        int size = readCount(1);
        int invalid = Utf8.invalidByte(bytes, at, at + size);
        if (invalid >= 0) {
            at = invalid;
            throw damaged("text is not UTF-8");
        }
        String text = Utf8.decode(bytes, at, at + size);
        at += size;
        return text;
    }

    private void need(long count) {
        if (count < 0 || count > end - at) {
            throw damaged(count + " bytes expected, " + remaining() + " left");
        }
    }

    private int intAt(int i) {
        return bytes[i] & 0xFF | (bytes[i + 1] & 0xFF) << 8 | (bytes[i + 2] & 0xFF) << 16 | bytes[i + 3] << 24;
    }

    private long longAt(int i) {
        return intAt(i) & 0xFFFFFFFFL | (long) intAt(i + 4) << 32;
    }
}
