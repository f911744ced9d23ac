package io.velesdb.query.parse;

import io.velesdb.QueryException;
import io.velesdb.StatementPlace;
import io.velesdb.query.ast.Query;

/**
 * From the text of a statement to its tree. Pure and thread-safe; linear in the length of the text, which is limited, as is
 * how deep it nests.
 */
public final class QueryParser {
    private QueryParser() {}

    /** The tree of a statement under the default limits. */
    public static Query parse(String text) {
        return parse(text, ParseLimits.DEFAULTS).query();
    }

    /**
     * The tree of a statement, and its normalised text.
     *
     * @throws QueryException E001 when it is no statement, E007 when it exceeds a limit
     */
    public static Parsed parse(String text, ParseLimits limits) {
        Tokens tokens = Lexer.tokens(text, limits);
        Grammar grammar = new Grammar(new TokenReader(tokens), limits);
        return new Parsed(new StatementParser(grammar).query(), tokens);
    }

    /** A statement that was understood. */
    public static final class Parsed {
        private final Query query;
        private final Tokens tokens;

        Parsed(Query query, Tokens tokens) {
            this.query = query;
            this.tokens = tokens;
        }

        public Query query() {
            return query;
        }

        /** The number of its words, signs and literals. */
        public int size() {
            return tokens.size();
        }

        /**
         * Where in another spelling of this statement, one with the same normalised text, stands what stands at a place of
         * this one.
         *
         * @param place where a part of the tree begins; of any other place the counterpart is the beginning
         */
        public StatementPlace counterpart(StatementPlace place, Parsed other) {
            int token = Math.max(tokens.tokenAt(place.offset()), 0);
            return other.tokens
                    .position(other.tokens.atOrdinal(tokens.ordinal(token)))
                    .place();
        }

        /**
         * What stays the same when blanks, comments, the case of keywords and the last semicolon change: the tokens joined by
         * one blank, words that are keywords where they stand in upper case, names and literals as written. Two statements
         * with the same normalised text have equal trees, but for the places of their words. It is made anew on each call.
         */
        public String normalizedText() {
            return tokens.normalized();
        }
    }
}
