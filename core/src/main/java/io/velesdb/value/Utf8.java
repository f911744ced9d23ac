package io.velesdb.value;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 without silent repairs. The JDK replaces what is not valid by a question mark or U+FFFD; a database that did so
 * would give back something else than it was given. All methods are pure and thread-safe, in linear time.
 */
public final class Utf8 {
    private Utf8() {}

    /** The index of the first lone surrogate of {@code text}, or -1 when it is valid Unicode. */
    public static int loneSurrogate(String text) {
        for (int i = 0, n = text.length(); i < n; i++) {
            char c = text.charAt(i);
            if (c < 0xD800 || c > 0xDFFF) {
                continue;
            }
            if (c > 0xDBFF || i + 1 == n || !Character.isLowSurrogate(text.charAt(i + 1))) {
                return i;
            }
            i++;
        }
        return -1;
    }

    /** Bytes that {@code text} takes in UTF-8; a lone surrogate counts three. */
    public static long length(String text) {
        long bytes = 0;
        for (int i = 0, n = text.length(); i < n; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c) && i + 1 < n && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /**
     * The offset of the first byte of bytes[from..to) that does not begin a well-formed sequence (overlong forms,
     * surrogates and values above U+10FFFF are not well-formed), or -1 when all of it is valid.
     */
    public static int invalidByte(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int b = bytes[i];
            if (b >= 0) {
                i++;
                continue;
            }
            int size = sequenceLength(bytes, i, to);
            if (size == 0) {
                return i;
            }
            i += size;
        }
        return -1;
    }

    /** Length 2..4 of the well-formed multi-byte sequence at {@code i}, or 0 when there is none. */
    private static int sequenceLength(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (size > to - i) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int k = 2; k < size; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /** The text of bytes that {@link #invalidByte} found valid. */
    public static String decode(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /**
     * Compares by Unicode code points, which is the order of the unsigned UTF-8 bytes; {@link String#compareTo} differs
     * from it where surrogates meet U+E000..U+FFFF.
     */
    public static int compare(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return a.length() - b.length();
    }

    /** Moves surrogates above U+FFFF, so that code units compare as the code points they belong to. */
    private static int rank(char c) {
        return c >= 0xE000 ? c - 0x800 : c >= 0xD800 ? c + 0x2000 : c;
    }
}
