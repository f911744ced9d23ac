package io.velesdb;

import org.jspecify.annotations.Nullable;

/**
 * How a text becomes tokens. It is always folded by case and cut into runs of letters, marks and numbers; everything else is off
 * unless asked for. An immutable value.
 *
 * @param language of stemming and stop words; null for none
 * @param stemming whether words are reduced to their stems (Snowball algorithms): {@code oars} finds {@code oar}
 * @param stopWords whether the commonest words of the language are left out
 * @param stripMarks whether accents and the like are left out, before anything else: {@code cafe} finds {@code café}
 * @param bigrams whether runs of Han, Kana and Hangul become pairs of characters instead of one token
 */
public record TextAnalysis(
        @Nullable TextLanguage language, boolean stemming, boolean stopWords, boolean stripMarks, boolean bigrams) {

    /** Plain tokens. */
    public static final TextAnalysis PLAIN = new TextAnalysis(null, false, false, false, false);

    /** @throws VelesException VELES-010 for stemming or stop words without a language */
    public TextAnalysis {
        if (language == null && (stemming || stopWords)) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "text options: " + (stemming ? "stemming" : "stop words")
                            + " without a language: name one of en, fr, de, es");
        }
    }

    /** The same for words of a language, with stems and without its stop words as asked. */
    public TextAnalysis withLanguage(TextLanguage spoken, boolean stems, boolean dropStopWords) {
        return new TextAnalysis(spoken, stems, dropStopWords, stripMarks, bigrams);
    }

    /** The same without accents. */
    public TextAnalysis strippingMarks() {
        return new TextAnalysis(language, stemming, stopWords, true, bigrams);
    }

    /** The same with pairs of Han, Kana and Hangul characters. */
    public TextAnalysis withBigrams() {
        return new TextAnalysis(language, stemming, stopWords, stripMarks, true);
    }
}
