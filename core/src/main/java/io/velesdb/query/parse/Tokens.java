package io.velesdb.query.parse;

import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.query.ast.Position;
import org.jspecify.annotations.Nullable;

/**
 * A statement as tokens, in arrays: token i lies in {@code text[start(i)..end(i))}. After the last token the kind is
 * {@link Token#END}, several times over, so looking a few tokens ahead needs no check.
 */
final class Tokens {
    /** How far beyond the last token one may look. */
    static final int LOOKAHEAD = 4;

    private final String text;
    private final Token[] kinds;
    private final int[] places;
    private final int size;

    /**
     * @param places per token start, end, line, column and byte offset; one entry more for the end of the text
     */
    Tokens(String text, Token[] kinds, int[] places, int size) {
        this.text = text;
        this.kinds = kinds;
        this.places = places;
        this.size = size;
    }

    /** Numbers per token in {@code places}. */
    static final int STRIDE = 5;

    Token kind(int token) {
        return kinds[token];
    }

    /** A keyword turns out to be a name, or a minus a sign. */
    void become(int token, Token kind) {
        kinds[token] = kind;
    }

    /** Takes the first character off an arrow: {@code x <-3} has a comparison and a sign. */
    void splitArrow(int token) {
        kinds[token] = Token.MINUS;
        places[token * STRIDE]++;
        places[token * STRIDE + 3]++;
        places[token * STRIDE + 4]++;
    }

    int start(int token) {
        return places[token * STRIDE];
    }

    int end(int token) {
        return places[token * STRIDE + 1];
    }

    /** Whether no blank stands between this token and the one before it. */
    boolean touchesPrevious(int token) {
        return start(token) == end(token - 1);
    }

    Position position(int token) {
        int at = Math.min(token, size) * STRIDE;
        return new Position(places[at + 2], places[at + 3], places[at + 4]);
    }

    String text() {
        return text;
    }

    int size() {
        return size;
    }

    /** How many tokens stand before this one in the normalised text, where an arrow that was split is two. */
    int ordinal(int token) {
        int ordinal = token;
        for (int i = 0; i <= token && i < size; i++) {
            if (isSplitArrow(i)) {
                ordinal++;
            }
        }
        return ordinal;
    }

    /** The token before which so many stand in the normalised text; the end where there are not so many. */
    int atOrdinal(int ordinal) {
        int before = 0;
        for (int i = 0; i < size; i++) {
            if (isSplitArrow(i)) {
                before++;
            }
            if (before >= ordinal) {
                return i;
            }
            before++;
        }
        return size;
    }

    /** The token that begins so many bytes after the beginning of the text, {@link #size} for the end, -1 for none. */
    int tokenAt(int offset) {
        int low = 0;
        int high = size;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = places[middle * STRIDE + 4];
            if (found == offset) {
                return middle;
            }
            if (found < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The token as written; empty for the end. */
    String written(int token) {
        return token >= size ? "" : text.substring(start(token), end(token));
    }

    /** A name without its quotes. */
    String name(int token) {
        return kinds[token] == Token.QUOTED_NAME ? unquoted(start(token), end(token)) : written(token);
    }

    /** The name of a parameter. */
    String parameter(int token) {
        int from = start(token) + 1;
        char first = text.charAt(from);
        return first == '"' || first == '`' ? unquoted(from, end(token)) : text.substring(from, end(token));
    }

    /** The content of a string. */
    String string(int token) {
        return unquoted(start(token), end(token));
    }

    private String unquoted(int from, int to) {
        char quote = text.charAt(from);
        String inner = text.substring(from + 1, to - 1);
        if (quote == '`' || inner.indexOf(quote) < 0) {
            return inner;
        }
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            out.append(c);
            if (c == quote) {
                i++;
            }
        }
        return out.toString();
    }

    /**
     * The tokens joined by one blank, keywords in upper case, the rest as written; no blank around a dot or after a sign,
     * and no semicolon. To be called after the parse, when it is known which words are keywords.
     */
    String normalized() {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < size; i++) {
            Token kind = kinds[i];
            if (kind == Token.SEMICOLON) {
                continue;
            }
            if (i > 0 && kind != Token.DOT && kinds[i - 1] != Token.DOT && kinds[i - 1] != Token.SIGN) {
                out.append(' ');
            }
            if (isSplitArrow(i)) {
                out.append("< ");
            }
            if (kind.isKeyword() || kind == Token.NOT_EQUAL) {
                out.append(kind.text());
            } else {
                out.append(text, start(i), end(i));
            }
        }
        return out.toString();
    }

    /** Whether the token lost its first character to {@link #splitArrow}. */
    private boolean isSplitArrow(int token) {
        int start = start(token);
        return kinds[token] == Token.SIGN
                && start > 0
                && text.charAt(start - 1) == '<'
                && (token == 0 || end(token - 1) < start);
    }

    /** A complaint about a token. */
    QueryException error(QueryError error, int token, String message, @Nullable String hint) {
        int at = Math.min(token, size) * STRIDE;
        return new QueryException(
                error,
                message,
                text,
                places[at + 2],
                places[at + 3],
                places[at + 4],
                written(Math.min(token, size)),
                hint);
    }
}
