package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Recursive descent over UTF-8 bytes. The depth is checked before each descent, so hostile nesting cannot exhaust the
 * stack.
 */
final class JsonParser {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final boolean offsetsInChars;
    private final Limit limit;
    private int at;

    /** How deep a text may go, and what it is called when it goes deeper. */
    enum Limit {
        PAYLOAD(Value.MAX_PAYLOAD_LEVELS, ErrorCode.SCHEMA_VALIDATION),
        REQUEST(Value.MAX_LEVELS, ErrorCode.QUERY);

        final int levels;
        final ErrorCode code;

        Limit(int levels, ErrorCode code) {
            this.levels = levels;
            this.code = code;
        }
    }

    JsonParser(byte[] bytes, int from, int to, boolean offsetsInChars, Limit limit) {
        this.bytes = bytes;
        this.start = from;
        this.end = to;
        this.offsetsInChars = offsetsInChars;
        this.limit = limit;
        this.at = from;
    }

    Value document() {
        Value value = value(1);
        blanks();
        if (at < end) {
            throw malformed("nothing more after the value");
        }
        return value;
    }

    /** @param depth the level that an array or object starting here would have */
    private Value value(int depth) {
        blanks();
        if (at == end) {
            throw malformed("a value");
        }
        byte c = bytes[at];
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Value.Str(string());
            case 't' -> word("true", Value.TRUE);
            case 'f' -> word("false", Value.FALSE);
            case 'n' -> word("null", Value.NULL);
            default -> {
                if (c == '-' || isDigit(c)) {
                    yield number();
                }
                throw malformed("a value");
            }
        };
    }

    private Value object(int depth) {
        enter(depth);
        if (closes('}')) {
            return Obj.EMPTY;
        }
        Obj.Builder members = Obj.builder();
        while (true) {
            blanks();
            if (at == end || bytes[at] != '"') {
                throw malformed("a member's name in quotes");
            }
            String name = string();
            blanks();
            if (at == end || bytes[at] != ':') {
                throw malformed("':' after the name");
            }
            at++;
            members.put(name, value(depth + 1));
            if (closes('}')) {
                return members.build();
            }
            comma('}');
        }
    }

    private Value array(int depth) {
        enter(depth);
        List<Value> elements = new ArrayList<>();
        if (closes(']')) {
            return Arr.of(elements);
        }
        while (true) {
            elements.add(value(depth + 1));
            if (closes(']')) {
                return Arr.of(elements);
            }
            comma(']');
        }
    }

    private void enter(int depth) {
        if (depth > limit.levels) {
            throw new VelesException(
                    limit.code,
                    "JSON text goes deeper than " + limit.levels + " levels at offset " + offset(at) + ": flatten it");
        }
        at++;
    }

    private boolean closes(char bracket) {
        blanks();
        if (at < end && bytes[at] == bracket) {
            at++;
            return true;
        }
        return false;
    }

    private void comma(char bracket) {
        if (at == end || bytes[at] != ',') {
            throw malformed("',' or '" + bracket + "'");
        }
        at++;
    }

    private Value word(String word, Value value) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                throw malformed("a value");
            }
        }
        at += word.length();
        return value;
    }

    // ---- strings

    private String string() {
        int from = ++at;
        boolean ascii = true;
        while (at < end) {
            byte c = bytes[at];
            if (c == '"') {
                String text = ascii ? ascii(from, at) : utf8(from, at);
                at++;
                return text;
            }
            if (c == '\\') {
                return escapedString(from);
            }
            if (c < 0) {
                ascii = false;
            } else if (c < 0x20) {
                throw malformed("an escape instead of a control character");
            }
            at++;
        }
        throw malformed("the closing quote of a string");
    }

    /** A string from its first escape on; {@code from} is where its text began. */
    private String escapedString(int from) {
        StringBuilder text = new StringBuilder();
        int plain = from;
        while (at < end) {
            byte c = bytes[at];
            if (c == '"') {
                text.append(utf8(plain, at));
                int lone = Utf8.loneSurrogate(text.toString());
                if (lone >= 0) {
                    throw new VelesException(
                            ErrorCode.SCHEMA_VALIDATION,
                            "the string before offset " + offset(at)
                                    + " has a lone surrogate: only valid Unicode can be stored");
                }
                at++;
                return text.toString();
            }
            if (c == '\\') {
                text.append(utf8(plain, at));
                at++;
                text.append(escape());
                plain = at;
            } else if (c >= 0 && c < 0x20) {
                throw malformed("an escape instead of a control character");
            } else {
                at++;
            }
        }
        throw malformed("the closing quote of a string");
    }

    /** The code unit of the escape whose backslash was just passed. */
    private char escape() {
        if (at == end) {
            throw malformed("an escape");
        }
        byte c = bytes[at++];
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = at < end ? hexDigit(bytes[at]) : -1;
                    if (digit < 0) {
                        throw malformed("four hexadecimal digits after \\u");
                    }
                    unit = unit << 4 | digit;
                    at++;
                }
                yield (char) unit;
            }
            default -> {
                at--;
                throw malformed("one of \" \\ / b f n r t u after a backslash");
            }
        };
    }

    private static int hexDigit(byte c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String utf8(int from, int to) {
        int invalid = Utf8.invalidByte(bytes, from, to);
        if (invalid >= 0) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "JSON text is not valid UTF-8 at offset " + (invalid - start)
                            + ": only valid Unicode can be stored");
        }
        return Utf8.decode(bytes, from, to);
    }

    // ---- numbers

    private Value number() {
        int from = at;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        int digits = at;
        skipDigits();
        if (bytes[digits] == '0' && at > digits + 1) {
            at = digits + 1;
            throw malformed("no digit after a leading zero");
        }
        boolean whole = true;
        if (at < end && bytes[at] == '.') {
            whole = false;
            at++;
            skipDigits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            whole = false;
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            skipDigits();
        }
        return whole ? integer(from, digits, negative) : decimal(from);
    }

    /** Passes over one digit or more. */
    private void skipDigits() {
        if (at == end || !isDigit(bytes[at])) {
            throw malformed("a digit");
        }
        while (at < end && isDigit(bytes[at])) {
            at++;
        }
    }

    private Value integer(int from, int digits, boolean negative) {
        int count = at - digits;
        long value = 0;
        for (int i = digits; i < Math.min(at, digits + 19); i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        if (count < 19 || count == 19 && value >= 0) {
            return new Value.Int(negative ? -value : value);
        }
        if (count == 19 && negative && value == Long.MIN_VALUE) {
            return new Value.Int(value);
        }
        if (!negative && count == 19) {
            return new Value.UInt(value);
        }
        if (!negative && count == 20) {
            // 2^64-1 is 18446744073709551615: the first 19 digits decide unless they equal its own.
            int last = bytes[at - 1] - '0';
            long limit = 1844674407370955161L;
            if (value >= 0 && (value < limit || value == limit && last <= 5)) {
                return Value.ofUnsigned(value * 10 + last);
            }
        }
        throw Numbers.integerOutOfRange(excerpt(from));
    }

    private Value decimal(int from) {
        double value = DecimalReader.read(bytes, from, at);
        if (Double.isInfinite(value)) {
            throw new VelesException(
                    ErrorCode.OVERFLOW,
                    "number " + excerpt(from) + " at offset " + offset(from)
                            + " is out of range: a double goes up to 1.7976931348623157E308");
        }
        return new Value.Dbl(value);
    }

    private String excerpt(int from) {
        return at - from <= 40 ? ascii(from, at) : ascii(from, from + 40) + "…";
    }

    // ---- places

    private void blanks() {
        while (at < end) {
            byte c = bytes[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private int offset(int position) {
        if (!offsetsInChars) {
            return position - start;
        }
        int chars = 0;
        for (int i = start; i < position; i++) {
            // Every sequence has one lead byte; one of four bytes is two characters.
            chars += (bytes[i] & 0xC0) == 0x80 ? 0 : (bytes[i] & 0xF8) == 0xF0 ? 2 : 1;
        }
        return chars;
    }

    private VelesException malformed(String expected) {
        String found = at >= end ? "the end" : printable(bytes[at]);
        return new VelesException(
                ErrorCode.SERIALIZATION,
                "malformed JSON at offset " + offset(at) + ": expected " + expected + ", found " + found);
    }

    private static String printable(byte c) {
        return c > 0x20 && c < 0x7F ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c & 0xFF);
    }
}
