package io.velesdb.index.text;

/** Numbers of 1 to 10 bytes, seven bits each, the lowest first. Reading is done in place. */
final class VarLongs {
    private VarLongs() {}

    /** Writes a number and returns where the next one goes; up to 10 bytes. */
    static int write(byte[] bytes, int at, long value) {
        int end = at;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[end++] = (byte) rest;
        return end;
    }

    /** Where the number after {@code count} numbers begins. */
    static int skip(byte[] bytes, int at, int count) {
        int end = at;
        for (int i = 0; i < count; i++) {
            while (bytes[end++] < 0) {}
        }
        return end;
    }
}
