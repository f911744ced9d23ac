package io.velesdb;

/**
 * What to look for in texts. Query texts are cut into tokens as the indexed ones are; a query without tokens finds nothing.
 * An immutable value.
 */
public sealed interface TextQuery {
    /** The text as given. */
    String text();

    /**
     * Rows with at least one of the tokens, scored by BM25: the more of them, the rarer and the oftener, the better.
     *
     * @param text any text
     */
    record Words(String text) implements TextQuery {}

    /**
     * Rows with all tokens side by side in one string, in this order. The phrase is scored as one token: with the number of its
     * occurrences, and the sum of what its tokens weigh.
     *
     * @param text any text of at most 256 words, the dropped ones included
     */
    record Phrase(String text) implements TextQuery {}

    /**
     * As {@link Words}, but the last token stands for every token that begins with it: search as one types. It is scored as
     * one token that all of those are. With stemming, it is compared with stems and not reduced itself.
     *
     * @param text any text
     */
    record Prefix(String text) implements TextQuery {}

    /** {@link Words}. */
    static TextQuery words(String text) {
        return new Words(text);
    }

    /** {@link Phrase}. */
    static TextQuery phrase(String text) {
        return new Phrase(text);
    }

    /** {@link Prefix}. */
    static TextQuery prefix(String text) {
        return new Prefix(text);
    }
}
