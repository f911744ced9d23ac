package io.velesdb.query.parse;

import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Position;
import io.velesdb.value.DecimalReader;
import io.velesdb.value.Misspelling;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place in a statement up to which it has been read, and what the parsers of all parts share: taking a token if it is the
 * wanted one, names, paths, numbers, and the complaint when something else was expected. There is no way back: every
 * decision is taken by looking at most {@value Tokens#LOOKAHEAD} tokens ahead, so a parse takes linear time.
 */
final class TokenReader {
    private final Tokens tokens;
    private final Expectations expected = new Expectations();
    private int at;

    TokenReader(Tokens tokens) {
        this.tokens = tokens;
    }

    // ---- tokens

    /** The kind of the next token. */
    Token peek() {
        return tokens.kind(at);
    }

    /** The kind of the token that many after the next. */
    Token peek(int ahead) {
        return tokens.kind(at + ahead);
    }

    /** Whether the next token is this one; it is not taken, but is told to have been possible. */
    boolean sees(Token wanted) {
        if (tokens.kind(at) == wanted) {
            return true;
        }
        expected.add(wanted);
        return false;
    }

    /** Whether the next two tokens are these. */
    boolean sees(Token first, Token second) {
        return sees(first) && tokens.kind(at + 1) == second;
    }

    /** Takes the next token if it is this one. */
    boolean accept(Token wanted) {
        if (tokens.kind(at) == wanted) {
            advance();
            return true;
        }
        expected.add(wanted);
        return false;
    }

    /** Takes the next token, which must be this one. */
    void expect(Token wanted) {
        if (!accept(wanted)) {
            throw unexpected();
        }
    }

    /** Takes the next token, whatever it is. */
    void advance() {
        at++;
        expected.clear();
    }

    /** Where the next token begins. */
    Position position() {
        return tokens.position(at);
    }

    /** The index of the next token, for a complaint that comes later. */
    int mark() {
        return at;
    }

    /** The next token as written. */
    String written() {
        return tokens.written(at);
    }

    // ---- names

    /** Any word or quoted name. */
    Name name() {
        int token = at;
        return new Name(tokens.position(token), nameText());
    }

    /** {@code AS name}, if it is there. */
    @Nullable
    Name alias() {
        return accept(Token.AS) ? name() : null;
    }

    /** A name that must not be quoted. */
    Name word(String what) {
        if (!peek().isWord()) {
            expected.add(Token.WORD);
            throw peek() == Token.QUOTED_NAME
                    ? syntax(at, what + " cannot be quoted", "write a plain word of letters, digits and _")
                    : unexpected();
        }
        return name();
    }

    private String nameText() {
        if (!tokens.kind(at).isName()) {
            expected.add(Token.WORD);
            throw unexpected();
        }
        String text = tokens.name(at);
        if (tokens.kind(at).isKeyword()) {
            tokens.become(at, Token.WORD);
        }
        advance();
        return text;
    }

    /** Names joined by dots without blanks. */
    Path path() {
        return path(false);
    }

    /** Names joined by dots, with blanks or without. */
    Path loosePath() {
        return path(true);
    }

    /** Two names or more joined by dots without blanks: {@code source.column}. */
    Path qualifiedPath() {
        int first = at;
        Path path = path(false);
        if (path.segments().size() < 2) {
            throw syntax(first, "the column " + path.text() + " does not name its source", "write source.column");
        }
        return path;
    }

    private Path path(boolean blanks) {
        Position position = position();
        String first = nameText();
        if (!acceptDot()) {
            return new Path(position, List.of(first));
        }
        List<String> segments = new ArrayList<>();
        segments.add(first);
        do {
            boolean apart = !tokens.touchesPrevious(at - 1) || !tokens.touchesPrevious(at);
            if (apart && !blanks && peek().isName()) {
                throw syntax(at - 1, "a blank beside the dot of a path", "write the names and dots without blanks");
            }
            segments.add(nameText());
        } while (acceptDot());
        return new Path(position, segments);
    }

    /** Takes a dot, which no complaint offers: after every name there could be one. */
    boolean acceptDot() {
        boolean dot = peek() == Token.DOT;
        if (dot) {
            advance();
        }
        return dot;
    }

    // ---- literals

    /** A string in single quotes. */
    String string() {
        if (peek() != Token.TEXT) {
            expected.add(Token.TEXT);
            throw unexpected();
        }
        String text = tokens.string(at);
        advance();
        return text;
    }

    /** The name of a parameter, which is the next token. */
    String parameter() {
        String name = tokens.parameter(at);
        advance();
        return name;
    }

    /** Whether a number is next, sign included. */
    boolean seesNumber() {
        return isNumber(peek()) || peek() == Token.MINUS && isNumber(peek(1)) && tokens.touchesPrevious(at + 1);
    }

    private static boolean isNumber(Token token) {
        return token == Token.WHOLE_NUMBER || token == Token.DECIMAL;
    }

    /** A number with its sign. */
    Literal number() {
        Position position = position();
        return new Literal(position, numberValue());
    }

    /** As {@link #number}, the bare value. */
    Value.Num numberValue() {
        if (!seesNumber()) {
            expected.add(Token.DECIMAL);
            throw unexpected();
        }
        boolean negative = peek() == Token.MINUS;
        if (negative) {
            tokens.become(at, Token.SIGN);
            at++;
        }
        Value.Num value = peek() == Token.DECIMAL ? decimal(negative) : whole(negative);
        advance();
        return value;
    }

    private Value.Num decimal(boolean negative) {
        double value = DecimalReader.read(tokens.text(), tokens.start(at), tokens.end(at));
        if (Double.isInfinite(value)) {
            throw syntax(at, "the number is too large for a 64-bit float", "use a magnitude below 1.8e308");
        }
        return new Value.Dbl(negative ? -1.0 * value : value);
    }

    private Value.Num whole(boolean negative) {
        long magnitude = magnitude(at);
        boolean large = magnitude < 0;
        if (negative) {
            if (large && magnitude != Long.MIN_VALUE) {
                throw outOfRange(at);
            }
            return new Value.Int(-magnitude);
        }
        return large ? new Value.UInt(magnitude) : new Value.Int(magnitude);
    }

    /** The whole number of a token as 64 unsigned bits. */
    private long magnitude(int token) {
        String text = tokens.text();
        int from = tokens.start(token);
        int to = tokens.end(token);
        while (from < to - 1 && text.charAt(from) == '0') {
            from++;
        }
        if (to - from > 20) {
            throw outOfRange(token);
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            boolean last = i - from == 19;
            if (last && (value < 0 || value > 1844674407370955161L || value == 1844674407370955161L && digit > 5)) {
                throw outOfRange(token);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The sign is part of the number. */
    private QueryException outOfRange(int token) {
        int first = token > 0 && tokens.kind(token - 1) == Token.SIGN ? token - 1 : token;
        return syntax(first, "the whole number is out of range", "integers reach from -2^63 to 2^64-1");
    }

    /** Whether the next token is a whole number without a sign. */
    boolean seesUnsigned() {
        return peek() == Token.WHOLE_NUMBER;
    }

    /** A whole number without a sign, as 64 unsigned bits. */
    long unsigned() {
        if (peek() != Token.WHOLE_NUMBER) {
            expected.add(Token.WHOLE_NUMBER);
            throw unexpected();
        }
        long value = magnitude(at);
        advance();
        return value;
    }

    // ---- complaints

    /** Notes for the complaint that something of this kind could stand here. */
    void couldBe(Token wanted) {
        expected.add(wanted);
    }

    /** The next token is none of those that could stand here. */
    QueryException unexpected() {
        return unexpected(null);
    }

    /** The next token is none of those that could stand here; the hint is used when no word was misspelt. */
    QueryException unexpected(@Nullable String hint) {
        return new UnexpectedToken(tokens, at, expected).complaint(hint);
    }

    /** The next token is a name before a parenthesis, and no function that could stand here. */
    QueryException unknownFunction(Token... known) {
        StringBuilder names = new StringBuilder("the functions here are ");
        for (int i = 0; i < known.length; i++) {
            if (Misspelling.of(known[i].text(), written())) {
                return syntax(at, "there is no function " + written(), "did you mean " + known[i].text() + "?");
            }
            names.append(i == 0 ? "" : ", ").append(known[i].text());
        }
        return syntax(at, "there is no function " + written() + " here", names.toString());
    }

    /** A rule that the grammar does not show. */
    QueryException syntax(int token, String message, @Nullable String hint) {
        return tokens.error(QueryError.SYNTAX, token, message, hint);
    }

    /** A budget is used up. */
    QueryException tooComplex(int token, String message, String hint) {
        return tokens.error(QueryError.COMPLEXITY, token, message, hint);
    }

    /** Takes the first character off {@code <-}, which is the next token: it was a comparison with a negative number. */
    void takeLessOfArrow() {
        tokens.splitArrow(at);
        expected.clear();
    }
}
