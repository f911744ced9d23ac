package io.velesdb.index.text;

import io.velesdb.TextLanguage;

/** Reduces words of one language to their stems: a Snowball algorithm, written from its published description. */
interface Stemmer {
    /** Replaces a word, folded by case, by its stem. */
    void stem(StringBuilder word);

    /** One for the use of one thread. */
    static Stemmer of(TextLanguage language) {
        return switch (language) {
            case ENGLISH -> new EnglishStemmer();
            case FRENCH -> new FrenchStemmer();
            case GERMAN -> new GermanStemmer();
            case SPANISH -> new SpanishStemmer();
        };
    }
}
