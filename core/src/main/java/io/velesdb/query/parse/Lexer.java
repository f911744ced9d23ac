package io.velesdb.query.parse;

import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.value.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a statement into tokens, in one pass from left to right. It refuses what is too long or too deep before anything
 * recurses over it.
 */
final class Lexer {
    private final String text;
    private Token[] kinds;
    private int[] places;
    private int size;

    private int at;
    private int line = 1;
    /** What is subtracted from an index to get the column: where the line begins, later more by the pairs of surrogates. */
    private int columnBase;
    /** Bytes by which UTF-8 is longer than UTF-16 up to here. */
    private int extraBytes;

    private int open;
    private int pendingNots;

    private Lexer(String text) {
        this.text = text;
        int guess = text.length() / 4 + 8;
        kinds = new Token[guess];
        places = new int[guess * Tokens.STRIDE];
    }

    /**
     * The tokens of a statement.
     *
     * @throws QueryException E007 when it is too long or nests too deep, E001 for what is no token
     */
    static Tokens tokens(String text, ParseLimits limits) {
        if (text.length() > limits.maxLength()
                || text.length() > limits.maxLength() / 3 && Utf8.length(text) > limits.maxLength()) {
            throw new QueryException(
                    QueryError.COMPLEXITY,
                    "the statement is longer than " + limits.maxLength() + " bytes (query.max_length_bytes)",
                    "",
                    1,
                    1,
                    0,
                    "",
                    "pass long values as parameters");
        }
        Lexer lexer = new Lexer(text);
        lexer.run();
        return new Tokens(text, lexer.kinds, lexer.places, lexer.size);
    }

    private void run() {
        while (skipBlanks()) {
            ensureRoom();
            int token = size * Tokens.STRIDE;
            places[token] = at;
            places[token + 2] = line;
            places[token + 3] = at - columnBase + 1;
            places[token + 4] = at + extraBytes;
            Token kind = next();
            places[token + 1] = at;
            kinds[size++] = kind;
            countNesting(kind);
        }
        ensureRoom();
        int token = size * Tokens.STRIDE;
        places[token] = at;
        places[token + 1] = at;
        places[token + 2] = line;
        places[token + 3] = at - columnBase + 1;
        places[token + 4] = at + extraBytes;
        Arrays.fill(kinds, size, size + Tokens.LOOKAHEAD, Token.END);
    }

    private void ensureRoom() {
        if (size + Tokens.LOOKAHEAD > kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
            places = Arrays.copyOf(places, kinds.length * Tokens.STRIDE);
        }
    }

    private void countNesting(Token kind) {
        switch (kind) {
            case LEFT_PARENTHESIS, LEFT_BRACKET -> {
                open++;
                pendingNots = 0;
            }
            case RIGHT_PARENTHESIS, RIGHT_BRACKET -> {
                open = Math.max(0, open - 1);
                pendingNots = 0;
            }
            case NOT -> pendingNots++;
            default -> pendingNots = 0;
        }
        if (open + pendingNots > ParseLimits.MAX_NESTING) {
            throw error(
                    QueryError.COMPLEXITY,
                    size - 1,
                    "more than " + ParseLimits.MAX_NESTING + " levels of parentheses, brackets and NOT",
                    "write the condition flatter");
        }
    }

    /** Skips blanks and comments; false at the end of the text. */
    private boolean skipBlanks() {
        int length = text.length();
        while (at < length) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '\n') {
                at++;
                newLine();
            } else if (c == '-' && at + 1 < length && text.charAt(at + 1) == '-') {
                while (at < length && text.charAt(at) != '\n') {
                    step();
                }
            } else {
                return true;
            }
        }
        return false;
    }

    private void newLine() {
        line++;
        columnBase = at;
    }

    /** Takes one character of a comment or a quoted token, where any may stand. */
    private void step() {
        char c = text.charAt(at++);
        if (c < 0x80) {
            if (c == '\n') {
                newLine();
            }
        } else if (c < 0x800) {
            extraBytes += 1;
        } else if (!Character.isSurrogate(c)) {
            extraBytes += 2;
        } else if (Character.isHighSurrogate(c) && at < text.length() && Character.isLowSurrogate(text.charAt(at))) {
            at++;
            extraBytes += 2;
            columnBase++;
        } else {
            at--;
            throw stray(
                    "half a character (lone surrogate 0x" + Integer.toHexString(c) + ")",
                    "a statement is valid Unicode text");
        }
    }

    private Token next() {
        char c = text.charAt(at);
        if (isWordStart(c)) {
            return word();
        }
        if (isDigit(c)) {
            return number();
        }
        return switch (c) {
            case '\'' -> quoted('\'', "string");
            case '"' -> quoted('"', "name in double quotes");
            case '`' -> quotedByBackticks();
            case '$' -> parameter();
            case '(' -> sign(1, Token.LEFT_PARENTHESIS);
            case ')' -> sign(1, Token.RIGHT_PARENTHESIS);
            case '[' -> sign(1, Token.LEFT_BRACKET);
            case ']' -> sign(1, Token.RIGHT_BRACKET);
            case '{' -> sign(1, Token.LEFT_BRACE);
            case '}' -> sign(1, Token.RIGHT_BRACE);
            case ',' -> sign(1, Token.COMMA);
            case '.' -> peek() == '.' ? sign(2, Token.DOTS) : sign(1, Token.DOT);
            case ';' -> sign(1, Token.SEMICOLON);
            case ':' -> sign(1, Token.COLON);
            case '@' -> sign(1, Token.AT);
            case '|' -> sign(1, Token.BAR);
            case '*' -> sign(1, Token.STAR);
            case '+' -> sign(1, Token.PLUS);
            case '/' -> sign(1, Token.SLASH);
            case '=' -> sign(1, Token.EQUAL);
            case '-' -> peek() == '>' ? sign(2, Token.RIGHT_ARROW) : sign(1, Token.MINUS);
            case '<' ->
                switch (peek()) {
                    case '=' -> sign(2, Token.LESS_OR_EQUAL);
                    case '>' -> sign(2, Token.NOT_EQUAL);
                    case '-' -> sign(2, Token.LEFT_ARROW);
                    default -> sign(1, Token.LESS);
                };
            case '>' -> peek() == '=' ? sign(2, Token.GREATER_OR_EQUAL) : sign(1, Token.GREATER);
            case '!' -> {
                if (peek() != '=') {
                    throw stray("the sign !", "write NOT, or != for unequal");
                }
                yield sign(2, Token.NOT_EQUAL);
            }
            default -> throw unknown(c);
        };
    }

    private QueryException unknown(char c) {
        if (c >= 0x80) {
            int codePoint = text.codePointAt(at);
            return stray(
                    "the character "
                            + (Character.isSurrogate(c) && codePoint == c
                                    ? "0x" + Integer.toHexString(c)
                                    : text.substring(at, at + Character.charCount(codePoint))),
                    "a name with other than ASCII letters stands in double quotes or backticks, text in single quotes");
        }
        return stray(
                c < ' ' || c == 0x7f ? "the control character 0x" + Integer.toHexString(c) : "the sign " + c,
                c == '?' ? "a parameter has a name: $name" : null);
    }

    private char peek() {
        return at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    }

    private Token sign(int length, Token token) {
        at += length;
        return token;
    }

    private Token word() {
        int from = at;
        int end = from + 1;
        int length = text.length();
        while (end < length && isWordPart(text.charAt(end))) {
            end++;
        }
        at = end;
        return Token.ofWord(text, from, end);
    }

    private Token number() {
        skipDigits();
        Token kind = Token.WHOLE_NUMBER;
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            skipDigits();
            kind = Token.DECIMAL;
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            int digit = at + 1;
            if (digit < text.length() && (text.charAt(digit) == '+' || text.charAt(digit) == '-')) {
                digit++;
            }
            if (digit < text.length() && isDigit(text.charAt(digit))) {
                at = digit;
                skipDigits();
                kind = Token.DECIMAL;
            }
        }
        return kind;
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private Token parameter() {
        char c = peek();
        if (c == '"' || c == '`') {
            at++;
            if (c == '"') {
                quoted('"', "name in double quotes");
            } else {
                quotedByBackticks();
            }
        } else if (isWordStart(c)) {
            at++;
            word();
        } else {
            throw stray("$ without a name", "a parameter is written $name");
        }
        return Token.PARAMETER;
    }

    /** A doubled quote stands for one. */
    private Token quoted(char quote, String what) {
        at++;
        while (at < text.length()) {
            if (text.charAt(at) != quote) {
                step();
            } else if (peek() == quote) {
                at += 2;
            } else {
                at++;
                return quote == '\'' ? Token.TEXT : Token.QUOTED_NAME;
            }
        }
        throw neverClosed(what, quote);
    }

    private Token quotedByBackticks() {
        at++;
        int from = at;
        while (at < text.length() && text.charAt(at) != '`') {
            step();
        }
        if (at == text.length()) {
            throw neverClosed("name in backticks", '`');
        }
        if (at == from) {
            throw error(QueryError.SYNTAX, size, "an empty name in backticks", "write at least one character");
        }
        at++;
        return Token.QUOTED_NAME;
    }

    private QueryException neverClosed(String what, char quote) {
        places[size * Tokens.STRIDE + 1] = at;
        return error(
                QueryError.SYNTAX,
                size,
                "the " + what + " is never closed",
                "end it with " + quote + ", double one inside");
    }

    /** A complaint about what begins at the current place and is no token. */
    private QueryException stray(String what, @Nullable String hint) {
        int end = at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at;
        return new QueryException(
                QueryError.SYNTAX,
                "unexpected " + what,
                text,
                line,
                at - columnBase + 1,
                at + extraBytes,
                text.substring(at, end),
                hint);
    }

    private QueryException error(QueryError error, int token, String message, @Nullable String hint) {
        int place = token * Tokens.STRIDE;
        return new QueryException(
                error,
                message,
                text,
                places[place + 2],
                places[place + 3],
                places[place + 4],
                text.substring(places[place], Math.max(places[place], at)),
                hint);
    }

    static boolean isWordStart(char c) {
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'z' && c < 0x80 || c == '_';
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
