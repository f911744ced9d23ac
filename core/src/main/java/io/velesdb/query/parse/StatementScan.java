package io.velesdb.query.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where statements end without reading them: by semicolons outside strings, quoted names and comments, as {@link Lexer}
 * sees these. Never fails, whatever the text is; linear.
 */
public final class StatementScan {
    private StatementScan() {}

    /**
     * Where the statement that begins at {@code from} ends.
     *
     * @return the index behind its semicolon, or -1 when the text ends before one comes
     */
    public static int end(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                return at + 1;
            }
            at = skip(text, at, c);
        }
        return -1;
    }

    /** Whether there is nothing but blanks and comments. */
    public static boolean isBlank(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && !isComment(text, at)) {
                return false;
            }
            at = skip(text, at, c);
        }
        return true;
    }

    /** Whether the text ends inside a string or a quoted name. */
    public static boolean endsInQuotes(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isQuote(c) && closingQuote(text, at, c) < 0) {
                return true;
            }
            at = skip(text, at, c);
        }
        return false;
    }

    /** The keywords of the language in upper case, by the alphabet. */
    public static List<String> keywords() {
        List<String> words = new ArrayList<>();
        for (Token token : Token.values()) {
            if (token.isKeyword()) {
                words.add(token.text());
            }
        }
        words.sort(null);
        return List.copyOf(words);
    }

    /** A name as a statement has to write it: in double quotes where it would not be read as this name. */
    public static String name(String name) {
        return ExpressionPrinter.isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The index behind what begins at {@code at}: a comment, something in quotes, or one character. */
    private static int skip(String text, int at, char c) {
        if (isComment(text, at)) {
            int lineFeed = text.indexOf('\n', at);
            return lineFeed < 0 ? text.length() : lineFeed;
        }
        if (!isQuote(c)) {
            return at + 1;
        }
        int close = closingQuote(text, at, c);
        return close < 0 ? text.length() : close + 1;
    }

    /** A doubled quote needs no care: it ends one string and begins the next. */
    private static int closingQuote(String text, int at, char quote) {
        return text.indexOf(quote, at + 1);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }

    private static boolean isComment(String text, int at) {
        return text.startsWith("--", at);
    }
}
