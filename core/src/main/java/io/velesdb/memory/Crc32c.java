package io.velesdb.memory;

/** The checksum CRC-32C (Castagnoli, reflected), as the journal of a database has it: it finds every change of up to 32 bits in a row. */
final class Crc32c {
    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int remainder = i;
            for (int bit = 0; bit < 8; bit++) {
                remainder = (remainder & 1) != 0 ? remainder >>> 1 ^ POLYNOMIAL : remainder >>> 1;
            }
            TABLE[i] = remainder;
        }
    }

    private Crc32c() {}

    /** The checksum of bytes[0..length). */
    static int of(byte[] bytes, int length) {
        int remainder = -1;
        for (int i = 0; i < length; i++) {
            remainder = remainder >>> 8 ^ TABLE[(remainder ^ bytes[i]) & 0xFF];
        }
        return ~remainder;
    }
}
