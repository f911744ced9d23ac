package io.velesdb.query.parse;

import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.value.Misspelling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words the complaint about a token that cannot stand where it stands. */
final class UnexpectedToken {
    /** More alternatives than that confuse. */
    private static final int LONGEST_LIST = 8;

    /** A word of this length that is off by a letter is a misspelling and no name that looks like one. */
    private static final int SURE_LENGTH = 4;

    /** What may follow a name; if the name itself looks like one of them, it was meant as such. */
    private static final Token[] AFTER_A_NAME = {
        Token.DISTINCT,
        Token.FROM,
        Token.WHERE,
        Token.GROUP,
        Token.HAVING,
        Token.ORDER,
        Token.LIMIT,
        Token.OFFSET,
        Token.WITH,
        Token.USING,
        Token.UNION,
        Token.INTERSECT,
        Token.EXCEPT,
        Token.INNER,
        Token.LEFT,
        Token.RIGHT,
        Token.FULL,
        Token.JOIN,
    };

    private final Tokens tokens;
    private final int at;
    private final Expectations expected;

    UnexpectedToken(Tokens tokens, int at, Expectations expected) {
        this.tokens = tokens;
        this.at = at;
        this.expected = expected;
    }

    QueryException complaint(@Nullable String hint) {
        Token found = tokens.kind(at);
        if (found.isName() && found != Token.QUOTED_NAME) {
            String word = tokens.written(at);
            for (Token token : expected.tokens()) {
                if (token.isKeyword() && Misspelling.of(token.text(), word)) {
                    return complaint(at, token.text(), "did you mean " + token.text() + "?");
                }
            }
        }
        if (at > 0 && tokens.kind(at - 1) == Token.WORD) {
            String word = tokens.written(at - 1);
            for (Token token : AFTER_A_NAME) {
                if (word.length() >= SURE_LENGTH && Misspelling.of(token.text(), word)) {
                    return complaint(at - 1, token.text(), "did you mean " + token.text() + "?");
                }
            }
        }
        return complaint(at, alternatives(), hint == null ? habit(found) : hint);
    }

    private QueryException complaint(int token, String wanted, @Nullable String hint) {
        String found = tokens.kind(token) == Token.END ? Token.END.text() : shortened(tokens.written(token));
        String message = wanted.isEmpty() ? "unexpected " + found : "expected " + wanted + ", found " + found;
        return tokens.error(QueryError.UNEXPECTED_TOKEN, token, message, hint);
    }

    private String alternatives() {
        List<Token> all = expected.tokens();
        StringBuilder list = new StringBuilder();
        int shown = Math.min(all.size(), LONGEST_LIST);
        String previous = "";
        for (int i = 0; i < shown; i++) {
            String text = all.get(i).isSign()
                    ? "\"" + all.get(i).text() + "\""
                    : all.get(i).text();
            if (text.equals(previous)) {
                continue;
            }
            boolean last = i == shown - 1 && shown == all.size();
            list.append(i == 0 ? "" : last ? " or " : ", ").append(text);
            previous = text;
        }
        return list.append(shown < all.size() ? ", …" : "").toString();
    }

    /** What people bring along from other dialects. */
    private @Nullable String habit(Token found) {
        Token next = found == Token.END ? Token.END : tokens.kind(at + 1);
        return switch (found) {
            case SLASH -> next == Token.STAR ? "a comment begins with -- and ends with the line" : null;
            case COLON -> next.isName() ? "a parameter is written $name" : null;
            case QUOTED_NAME ->
                expected.contains(Token.VALUE) || expected.contains(Token.TEXT)
                        ? "double quotes and backticks make a name, text stands in single quotes"
                        : null;
            case PARAMETER ->
                expected.contains(Token.TEXT)
                                || expected.contains(Token.DECIMAL)
                                || expected.contains(Token.WHOLE_NUMBER)
                        ? "a parameter cannot stand here, write the literal"
                        : null;
            case MINUS ->
                next == Token.WHOLE_NUMBER || next == Token.DECIMAL
                        ? expected.contains(Token.WHOLE_NUMBER) && !expected.contains(Token.DECIMAL)
                                ? "a negative number is not possible here"
                                : "no blank between the sign and the number"
                        : null;
            case DOT ->
                next == Token.WHOLE_NUMBER || at > 0 && tokens.kind(at - 1) == Token.WHOLE_NUMBER
                        ? "a decimal has a digit before and after the point"
                        : null;
            case EQUAL -> at > 0 && tokens.kind(at - 1) == Token.EQUAL ? "equality is one =" : null;
            case END -> swallowedByComment();
            default -> found.isName() && expected.contains(Token.VALUE) ? "a column cannot stand here" : null;
        };
    }

    /** {@code (a)-->(b)} ends at the two hyphens. */
    private @Nullable String swallowedByComment() {
        if (at == 0) {
            return null;
        }
        String text = tokens.text();
        int end = tokens.end(at - 1);
        return tokens.kind(at - 1) == Token.RIGHT_PARENTHESIS && text.startsWith("--", end)
                ? "two hyphens begin a comment, write -[]-> or -[]-"
                : null;
    }

    private static String shortened(String written) {
        if (written.length() <= 40) {
            return written;
        }
        int cut = Character.isHighSurrogate(written.charAt(39)) ? 39 : 40;
        return written.substring(0, cut) + "…";
    }
}
