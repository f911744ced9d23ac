package io.velesdb.index.column;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Value;

/** The binary form of values that are neither arrays nor objects: a tag and what follows from it. */
final class Scalars {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INTEGER = 3;
    private static final int UNSIGNED = 4;
    private static final int DOUBLE = 5;
    private static final int STRING = 6;

    private Scalars() {}

    static void write(Value value, BinaryWriter out) {
        if (value instanceof Value.Bool v) {
            out.writeByte(v.value() ? TRUE : FALSE);
        } else if (value instanceof Value.Int v) {
            out.writeByte(INTEGER).writeLong(v.value());
        } else if (value instanceof Value.UInt v) {
            out.writeByte(UNSIGNED).writeLong(v.bits());
        } else if (value instanceof Value.Dbl v) {
            out.writeByte(DOUBLE).writeDouble(v.value());
        } else if (value instanceof Value.Str v) {
            out.writeByte(STRING).writeString(v.text());
        } else {
            out.writeByte(NULL);
        }
    }

    static Value read(BinaryReader in) {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case NULL -> Value.NULL;
            case FALSE -> Value.FALSE;
            case TRUE -> Value.TRUE;
            case INTEGER -> new Value.Int(in.readLong());
            case UNSIGNED -> Value.ofUnsigned(in.readLong());
            case DOUBLE -> {
                double value = in.readDouble();
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    throw in.damaged("a number that is not finite");
                }
                yield new Value.Dbl(value);
            }
            case STRING -> new Value.Str(in.readString());
            default -> throw in.damaged("unknown tag " + tag + " of a value");
        };
    }
}
