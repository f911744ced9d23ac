package io.velesdb.cli.console;

import java.util.Locale;

/** Text as a terminal may show it: one line, no control characters, a known width. */
public final class Display {
    private Display() {}

    /**
     * {@code text} with line ends and tabs as blanks, and every other character that could steer a terminal or hide text
     * (controls, and marks of direction) as {@code U+FFFD}.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                plain.append(' ');
            } else if (steers(c)) {
                plain.append('\uFFFD');
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    /** A number of things with the word for them: 1 point, 2,000 points. */
    public static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    private static boolean steers(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** The columns that {@code text} takes: two for the wide letters of East Asia and for emoji, none for marks. */
    public static int width(String text) {
        return text.codePoints().map(Display::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /** {@code text}, or its start with an ellipsis, in at most {@code columns} columns. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder start = new StringBuilder();
        int used = 1;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            used += width(c);
            if (used > columns) {
                break;
            }
            start.appendCodePoint(c);
            at += Character.charCount(c);
        }
        return start.append('…').toString();
    }

    /** {@code text} with blanks behind it up to {@code columns} columns. */
    public static String left(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /** {@code text} with blanks before it up to {@code columns} columns. */
    public static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }
}
