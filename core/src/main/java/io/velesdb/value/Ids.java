package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import org.jspecify.annotations.Nullable;

/**
 * Point ids: unsigned 64-bit numbers, held in a {@code long} and ordered by {@link Long#compareUnsigned}. Their text
 * form is decimal, without sign or leading zeros. All methods are pure and thread-safe.
 */
public final class Ids {
    private Ids() {}

    /** The text form. */
    public static String format(long id) {
        return Long.toUnsignedString(id);
    }

    /**
     * The id of a text form.
     *
     * @throws VelesException VELES-023 for any other text
     */
    public static long parse(String text) {
        if (!isTextForm(text)) {
            throw noId(Value.of(text));
        }
        return digits(text);
    }

    /**
     * The id in a JSON document: an integer literal, or a string in the text form.
     *
     * @throws VelesException VELES-023 for a negative, fractional or larger number and for any other value
     */
    public static long of(@Nullable Value value) {
        if (value instanceof Value.Int number && number.value() >= 0) {
            return number.value();
        }
        if (value instanceof Value.UInt number) {
            return number.bits();
        }
        if (value instanceof Value.Str string && isTextForm(string.text())) {
            return digits(string.text());
        }
        throw noId(value);
    }

    /** The JSON form of an id: an integer. */
    public static Value toValue(long id) {
        return Value.ofUnsigned(id);
    }

    /**
     * The id of any string, derivation 1: a text form is that number; everything else is the first 8 bytes, big-endian,
     * of the SHA-256 of its UTF-8, with bit 63 cleared. Every binding derives the same; the text is not normalised.
     *
     * @throws VelesException VELES-017 when the text is not valid Unicode
     */
    public static long derive(String text) {
        if (isTextForm(text)) {
            return digits(text);
        }
        Value.checkText(text);
        BinaryWriter utf8 = new BinaryWriter(text.length());
        utf8.writeUtf8(text);
        byte[] hash = Sha256.hash(utf8.array(), utf8.length());
        long id = 0;
        for (int i = 0; i < 8; i++) {
            id = id << 8 | hash[i] & 0xFF;
        }
        return id & Long.MAX_VALUE;
    }

    private static boolean isTextForm(String text) {
        int n = text.length();
        if (n == 0 || n > 20 || text.charAt(0) == '0' && n > 1) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return n < 20 || text.compareTo("18446744073709551615") <= 0;
    }

    private static long digits(String text) {
        long id = 0;
        for (int i = 0; i < text.length(); i++) {
            id = id * 10 + (text.charAt(i) - '0');
        }
        return id;
    }

    private static VelesException noId(@Nullable Value found) {
        return new VelesException(
                ErrorCode.OVERFLOW,
                "id " + Json.excerpt(found)
                        + " is not valid: an id is an integer from 0 to 18446744073709551615, or its decimal"
                        + " digits in a string");
    }
}
