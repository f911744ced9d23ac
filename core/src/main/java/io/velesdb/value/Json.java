package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON text (RFC 8259) to {@link Value} and back. Reading and writing take linear time, and nothing is allocated by a
 * length that the text merely claims. What is read is written back with the same members in the same order, the same
 * numbers and the same strings.
 *
 * <p>Errors: malformed text VELES-012 with the offset; more than {@value Value#MAX_PAYLOAD_LEVELS} levels or text that is not
 * valid Unicode VELES-017; a number out of range VELES-023. All methods are pure and thread-safe.
 */
public final class Json {
    private static final int EXCERPT = 60;

    private Json() {}

    /** The value of a JSON text. Offsets in errors count characters. */
    public static Value parse(String text) {
        return parse(text, JsonParser.Limit.PAYLOAD);
    }

    /**
     * The value of a JSON text that wraps filters or payloads: it may have {@value Value#MAX_LEVELS} levels, and more are
     * VELES-010 because only a filter goes that deep.
     */
    public static Value parseRequest(String text) {
        return parse(text, JsonParser.Limit.REQUEST);
    }

    private static Value parse(String text, JsonParser.Limit limit) {
        int lone = Utf8.loneSurrogate(text);
        if (lone >= 0) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "JSON text has a lone surrogate at offset " + lone + ": only valid Unicode can be stored");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JsonParser(bytes, 0, bytes.length, bytes.length != text.length(), limit).document();
    }

    /** The value of the JSON text in utf8[from..to). Offsets in errors count bytes from {@code from}. */
    public static Value parse(byte[] utf8, int from, int to) {
        if (from < 0 || to < from || to > utf8.length) {
            throw new IndexOutOfBoundsException(from + ".." + to + " of " + utf8.length);
        }
        return new JsonParser(utf8, from, to, false, JsonParser.Limit.PAYLOAD).document();
    }

    /**
     * A payload: an object, or {@code null} for the JSON {@code null}.
     *
     * @throws VelesException VELES-017 when the text is another kind of value
     */
    public static @Nullable Obj parsePayload(String text) {
        return payload(parse(text));
    }

    /** As {@link #parsePayload(String)}, for UTF-8. */
    public static @Nullable Obj parsePayload(byte[] utf8, int from, int to) {
        return payload(parse(utf8, from, to));
    }

    private static @Nullable Obj payload(Value value) {
        if (value instanceof Obj object) {
            return object;
        }
        if (value instanceof Value.Null) {
            return null;
        }
        throw new VelesException(
                ErrorCode.SCHEMA_VALIDATION,
                "payload " + excerpt(value) + " is not an object: a payload is a JSON object or null");
    }

    /** The JSON text of a value for a message: at most {@value #EXCERPT} characters, then an ellipsis. */
    public static String excerpt(@Nullable Value value) {
        if (value == null) {
            return "(none)";
        }
        String text = write(value);
        if (text.length() <= EXCERPT) {
            return text;
        }
        boolean insidePair = Character.isHighSurrogate(text.charAt(EXCERPT - 1));
        return text.substring(0, insidePair ? EXCERPT - 1 : EXCERPT) + "…";
    }

    /** Compact JSON text: no blanks, characters beyond ASCII as they are. */
    public static String write(Value value) {
        BinaryWriter out = new BinaryWriter(64);
        write(value, out);
        return Utf8.decode(out.array(), 0, out.length());
    }

    /** Compact JSON text in UTF-8. */
    public static byte[] writeUtf8(Value value) {
        BinaryWriter out = new BinaryWriter(256);
        write(value, out);
        return out.toByteArray();
    }

    /** Appends compact JSON text in UTF-8, without a length. */
    public static void write(Value value, BinaryWriter out) {
        switch (value) {
            case Value.Null v -> ascii("null", out);
            case Value.Bool v -> ascii(v.value() ? "true" : "false", out);
            case Value.Int v -> ascii(Long.toString(v.value()), out);
            case Value.UInt v -> ascii(Long.toUnsignedString(v.bits()), out);
            case Value.Dbl v -> ascii(text(v.value()), out);
            case Value.Str v -> string(v.text(), out);
            case Arr v -> {
                out.writeByte('[');
                for (int i = 0; i < v.size(); i++) {
                    if (i > 0) {
                        out.writeByte(',');
                    }
                    write(v.get(i), out);
                }
                out.writeByte(']');
            }
            case Obj v -> {
                out.writeByte('{');
                for (int i = 0; i < v.size(); i++) {
                    if (i > 0) {
                        out.writeByte(',');
                    }
                    string(v.name(i), out);
                    out.writeByte(':');
                    write(v.value(i), out);
                }
                out.writeByte('}');
            }
        }
    }

    /** The shortest text that reads back as this double, in the form of JDK 25's {@code Double.toString}. */
    public static String text(double value) {
        return DecimalWriter.write(value);
    }

    /** The shortest text that reads back as this float, in the form of JDK 25's {@code Float.toString}. */
    public static String text(float value) {
        return DecimalWriter.write(value);
    }

    private static void ascii(String text, BinaryWriter out) {
        for (int i = 0, n = text.length(); i < n; i++) {
            out.writeByte(text.charAt(i));
        }
    }

    private static void string(String text, BinaryWriter out) {
        out.writeByte('"');
        int plain = 0;
        for (int i = 0, n = text.length(); i < n; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.writeUtf8(text.substring(plain, i));
            plain = i + 1;
            out.writeByte('\\');
            switch (c) {
                case '"', '\\' -> out.writeByte(c);
                case '\b' -> out.writeByte('b');
                case '\f' -> out.writeByte('f');
                case '\n' -> out.writeByte('n');
                case '\r' -> out.writeByte('r');
                case '\t' -> out.writeByte('t');
                default -> {
                    ascii("u00", out);
                    out.writeByte(Character.forDigit(c >> 4, 16));
                    out.writeByte(Character.forDigit(c & 15, 16));
                }
            }
        }
        out.writeUtf8(plain == 0 ? text : text.substring(plain));
        out.writeByte('"');
    }
}
