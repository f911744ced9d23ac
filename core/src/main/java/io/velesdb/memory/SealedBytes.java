package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;

/** The frame of what memory writes out: four letters, a version, content, and a checksum over all of it. */
final class SealedBytes {
    private static final int FRAME = 4 + 1 + 4;

    private SealedBytes() {}

    /** A writer that has the frame's beginning. */
    static BinaryWriter begin(String letters, int version) {
        BinaryWriter out = new BinaryWriter();
        for (int i = 0; i < 4; i++) {
            out.writeByte(letters.charAt(i));
        }
        return out.writeByte(version);
    }

    /** The bytes with their checksum. */
    static byte[] seal(BinaryWriter out) {
        out.writeInt(Crc32c.of(out.array(), out.length()));
        return out.toByteArray();
    }

    /**
     * A reader of the content, once the frame was found whole.
     *
     * @param version the newest that is understood
     * @param what for failures, for example {@code memory snapshot 3}
     * @throws VelesException {@code code} for bytes that are damaged or something else, VELES-036 for a newer version
     */
    static BinaryReader open(byte[] bytes, String letters, int version, ErrorCode code, String what) {
        BinaryReader frame = new BinaryReader(bytes, code, what);
        if (bytes.length < FRAME) {
            throw frame.damaged("it has " + bytes.length + " bytes, at least " + FRAME + " are expected");
        }
        for (int i = 0; i < 4; i++) {
            if (frame.readByte() != letters.charAt(i)) {
                throw frame.damaged("it does not begin with '" + letters + "', so it is something else");
            }
        }
        int found = frame.readUnsignedByte();
        if (found > version) {
            throw new VelesException(
                    ErrorCode.INCOMPATIBLE_SCHEMA_VERSION,
                    what + " has format " + found + ", this version reads up to " + version
                            + ": read it with a newer version");
        }
        int content = bytes.length - 4;
        BinaryReader tail = new BinaryReader(bytes, content, bytes.length, code, what);
        if (found < 1 || tail.readInt() != Crc32c.of(bytes, content)) {
            throw frame.damaged("its checksum does not hold");
        }
        BinaryReader in = new BinaryReader(bytes, 0, content, code, what);
        in.skip(5);
        return in;
    }
}
