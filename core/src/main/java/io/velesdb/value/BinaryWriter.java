package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Arrays;

/**
 * A growing byte array, little endian: change records and checkpoint sections are written with it and read by {@link
 * BinaryReader}. Not thread-safe. Growth is geometric, so a write costs its bytes on average; {@link #clear} keeps the
 * array for the next record.
 */
public final class BinaryWriter {
    /** What a Java array holds on every JVM. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int length;

    public BinaryWriter() {
        this(256);
    }

    /** @param capacity bytes to start with, at least 0 */
    public BinaryWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** The array written to: only [0, {@link #length}) means something, and the next write may replace it. */
    public byte[] array() {
        return bytes;
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** Forgets everything written and keeps the array. */
    public void clear() {
        length = 0;
    }

    /** A copy of exactly the bytes written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public BinaryWriter writeByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public BinaryWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    public BinaryWriter writeInt(int value) {
        room(4);
        set(length, value);
        length += 4;
        return this;
    }

    public BinaryWriter writeLong(long value) {
        room(8);
        set(length, (int) value);
        set(length + 4, (int) (value >>> 32));
        length += 8;
        return this;
    }

    /** The bits of the value, NaN payloads included. */
    public BinaryWriter writeFloat(float value) {
        return writeInt(Float.floatToRawIntBits(value));
    }

    /** The bits of the value, NaN payloads included. */
    public BinaryWriter writeDouble(double value) {
        return writeLong(Double.doubleToRawLongBits(value));
    }

    /** An unsigned LEB128 number: 1 byte below 128, 5 at most; a negative int is its unsigned value. */
    public BinaryWriter writeVarInt(int value) {
        return writeVarLong(value & 0xFFFFFFFFL);
    }

    /** An unsigned LEB128 number: 1 byte below 128, 10 at most; a negative long is its unsigned value. */
    public BinaryWriter writeVarLong(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** The bytes themselves, without a length. */
    public BinaryWriter writeBytes(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /** A varint length and the bytes. */
    public BinaryWriter writeBlob(byte[] source) {
        return writeBlob(source, 0, source.length);
    }

    /** A varint length and the bytes source[from..from+count). */
    public BinaryWriter writeBlob(byte[] source, int from, int count) {
        writeVarInt(count);
        return writeBytes(source, from, count);
    }

    /** {@code count} ints, 4 bytes each, without their number. */
    public BinaryWriter writeInts(int[] source, int from, int count) {
        room(4L * count);
        for (int i = 0; i < count; i++) {
            set(length, source[from + i]);
            length += 4;
        }
        return this;
    }

    /** {@code count} longs, 8 bytes each, without their number. */
    public BinaryWriter writeLongs(long[] source, int from, int count) {
        room(8L * count);
        for (int i = 0; i < count; i++) {
            long value = source[from + i];
            set(length, (int) value);
            set(length + 4, (int) (value >>> 32));
            length += 8;
        }
        return this;
    }

    /** {@code count} floats as their bits, 4 bytes each, without their number. */
    public BinaryWriter writeFloats(float[] source, int from, int count) {
        room(4L * count);
        for (int i = 0; i < count; i++) {
            set(length, Float.floatToRawIntBits(source[from + i]));
            length += 4;
        }
        return this;
    }

    /**
     * A varint number of bytes and the text in UTF-8.
     *
     * @throws VelesException VELES-017 when the text is not valid Unicode
     */
    public BinaryWriter writeString(String text) {
        int lone = Utf8.loneSurrogate(text);
        if (lone >= 0) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "text has a lone surrogate at character " + lone + ": only valid Unicode can be stored");
        }
        long size = Utf8.length(text);
        room(size + 5);
        writeVarInt((int) size);
        return writeUtf8(text);
    }

    /** The UTF-8 of {@code text}, valid Unicode, without a length. */
    BinaryWriter writeUtf8(String text) {
        int n = text.length();
        room(3L * n);
        int at = length;
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | c >> 6);
                bytes[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                bytes[at++] = (byte) (0xF0 | point >> 18);
                bytes[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                bytes[at++] = (byte) (0xE0 | c >> 12);
                bytes[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
        length = at;
        return this;
    }

    /** Leaves room for an int that {@link #setInt} fills in later, and returns its offset. */
    public int reserveInt() {
        int at = length;
        writeInt(0);
        return at;
    }

    /** Overwrites the int at an offset that {@link #reserveInt} returned. */
    public void setInt(int offset, int value) {
        if (offset < 0 || offset > length - 4) {
            throw new IndexOutOfBoundsException("offset " + offset + " of " + length + " bytes");
        }
        set(offset, value);
    }

    private void set(int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
        bytes[at + 3] = (byte) (value >>> 24);
    }

    private void room(long count) {
        if (count < 0) {
            throw new IndexOutOfBoundsException("count " + count);
        }
        long needed = length + count;
        if (needed <= bytes.length) {
            return;
        }
        if (needed > LARGEST) {
            throw new VelesException(
                    ErrorCode.ALLOCATION_FAILED,
                    "a record of " + needed + " bytes is larger than " + LARGEST + ": split it");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
    }
}
