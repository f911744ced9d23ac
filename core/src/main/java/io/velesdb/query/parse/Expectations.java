package io.velesdb.query.parse;

import java.util.ArrayList;
import java.util.List;

/** The tokens that could have been next: a set that costs nothing while all is well. */
final class Expectations {
    private static final Token[] TOKENS = Token.values();

    private long low;
    private long middle;
    private long high;

    void clear() {
        low = 0;
        middle = 0;
        high = 0;
    }

    void add(Token token) {
        int ordinal = token.ordinal();
        long bit = 1L << (ordinal & 63);
        if (ordinal < 64) {
            low |= bit;
        } else if (ordinal < 128) {
            middle |= bit;
        } else {
            high |= bit;
        }
    }

    boolean contains(Token token) {
        int ordinal = token.ordinal();
        long word = ordinal < 64 ? low : ordinal < 128 ? middle : high;
        return (word >>> (ordinal & 63) & 1) != 0;
    }

    /** In the order of {@link Token}. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        for (Token token : TOKENS) {
            if (contains(token)) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
