package io.velesdb.index.text;

import io.velesdb.TextAnalysis;
import io.velesdb.host.TextFolding;
import io.velesdb.value.CaseFolding;
import io.velesdb.value.WordCharacters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts texts into tokens: folds by case, takes the maximal runs of letters, marks and numbers, and drops those of one byte;
 * then what the analysis asks for. Every run takes a position, whether it is dropped or not. Holds scratch space: belongs to one
 * writer or one query.
 */
final class Analyzer {
    /** Told each token: its UTF-8, good during the call only, and its position. */
    interface Sink {
        void token(byte[] bytes, int length, long position);
    }

    private final TextAnalysis analysis;
    private final TextFolding folding;
    private final boolean plain;
    private final @Nullable Stemmer stemmer;
    private final Set<String> stopWords;
    private final StringBuilder word = new StringBuilder();
    private byte[] bytes = new byte[64];
    private int length;
    private long position;
    private int run;
    private boolean endsInPrefix;

    Analyzer(TextAnalysis analysis, TextFolding folding) {
        this.analysis = analysis;
        this.folding = folding;
        plain = !analysis.stemming() && !analysis.stopWords() && !analysis.stripMarks() && !analysis.bigrams();
        stemmer = analysis.language() == null || !analysis.stemming() ? null : Stemmer.of(analysis.language());
        stopWords = analysis.language() == null || !analysis.stopWords() ? Set.of() : stopWords();
    }

    /** The stop words as they look in a text, without marks if those are stripped. */
    private Set<String> stopWords() {
        Set<String> words = new HashSet<>();
        if (analysis.language() != null) {
            for (String stopWord : StopWords.of(analysis.language())) {
                word.setLength(0);
                for (int i = 0; i < stopWord.length(); i++) {
                    append(stopWord.charAt(i));
                }
                words.add(word.toString());
            }
        }
        word.setLength(0);
        return words;
    }

    /**
     * Cuts a text whose first run has position {@code from}.
     *
     * @return the position that the next run would have
     */
    long analyze(String text, long from, Sink sink) {
        return analyze(text, from, sink, false);
    }

    /**
     * The same for a text whose last word may be the beginning of one: it is not reduced to its stem, and neither a stop word
     * nor too short.
     *
     * @return whether the text ends in such a word
     */
    boolean analyzePrefix(String text, Sink sink) {
        analyze(text, 0, sink, true);
        return endsInPrefix;
    }

    /**
     * Which of the text's runs is being cut, from 0: every analysis counts alike, however many positions and tokens a run has
     * with it. For a sink.
     */
    int run() {
        return run;
    }

    private long analyze(String text, long from, Sink sink, boolean lastIsPrefix) {
        position = from;
        run = 0;
        endsInPrefix = false;
        length = 0;
        word.setLength(0);
        boolean inWord = false;
        boolean unspaced = false;
        for (int i = 0, n = text.length(); i < n; ) {
            int point = text.charAt(i);
            if (Character.isHighSurrogate((char) point)) {
                point = text.codePointAt(i);
            }
            i += Character.charCount(point);
            int folded = CaseFolding.fold(point);
            int kind = WordCharacters.classOf(folded);
            if (kind == WordCharacters.NONE) {
                if (inWord) {
                    end(unspaced, false, sink);
                    inWord = false;
                    run++;
                }
                continue;
            }
            boolean pairs = analysis.bigrams() && kind == WordCharacters.UNSPACED;
            if (inWord && pairs != unspaced) {
                end(unspaced, false, sink);
            }
            inWord = true;
            unspaced = pairs;
            if (plain) {
                encode(folded);
            } else {
                append(folded);
            }
        }
        if (inWord) {
            end(unspaced, lastIsPrefix, sink);
        }
        return position;
    }

    private void append(int point) {
        if (!analysis.stripMarks() || point < 0x80) {
            word.appendCodePoint(point);
        } else if (!isMark(point)) {
            String parts = folding.decompose(point);
            boolean marked = false;
            for (int i = 0; i < parts.length(); i++) {
                marked |= isMark(parts.charAt(i));
            }
            if (!marked) {
                word.appendCodePoint(point);
                return;
            }
            for (int i = 0; i < parts.length(); ) {
                int part = parts.codePointAt(i);
                i += Character.charCount(part);
                if (!isMark(part)) {
                    word.appendCodePoint(CaseFolding.fold(part));
                }
            }
        }
    }

    /**
     * The combining diacritical marks, all blocks of them. Other marks are vowels and the like, without which a word is
     * another.
     */
    private static boolean isMark(int point) {
        return point >= 0x300
                && (point <= 0x36f
                        || point >= 0x1ab0 && point <= 0x1aff
                        || point >= 0x1dc0 && point <= 0x1dff
                        || point >= 0x20d0 && point <= 0x20ff
                        || point >= 0xfe20 && point <= 0xfe2f);
    }

    private void end(boolean unspaced, boolean prefix, Sink sink) {
        endsInPrefix = prefix;
        if (plain) {
            emit(sink);
        } else if (unspaced) {
            pairs(sink);
        } else if (!prefix && stopWords.contains(word.toString())) {
            position++;
        } else {
            if (stemmer != null && !prefix && word.length() > 1) {
                stemmer.stem(word);
            }
            encodeWord(0, word.length());
            emit(sink);
        }
        word.setLength(0);
        length = 0;
    }

    private void pairs(Sink sink) {
        int first = 0;
        int second = Character.charCount(word.codePointAt(0));
        if (second == word.length()) {
            encodeWord(0, second);
            emit(sink);
            return;
        }
        while (second < word.length()) {
            int end = second + Character.charCount(word.codePointAt(second));
            length = 0;
            encodeWord(first, end);
            emit(sink);
            first = second;
            second = end;
        }
    }

    private void emit(Sink sink) {
        if (length > 1 || length == 1 && endsInPrefix) {
            sink.token(bytes, length, position);
        } else {
            // nothing is left of it
            endsInPrefix = false;
        }
        position++;
    }

    private void encodeWord(int from, int to) {
        for (int i = from; i < to; ) {
            int point = word.codePointAt(i);
            encode(point);
            i += Character.charCount(point);
        }
    }

    private void encode(int point) {
        if (length + 4 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        if (point < 0x80) {
            bytes[length++] = (byte) point;
        } else if (point < 0x800) {
            bytes[length++] = (byte) (0xC0 | point >> 6);
            bytes[length++] = (byte) (0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            bytes[length++] = (byte) (0xE0 | point >> 12);
            bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[length++] = (byte) (0x80 | point & 0x3F);
        } else {
            bytes[length++] = (byte) (0xF0 | point >> 18);
            bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
            bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[length++] = (byte) (0x80 | point & 0x3F);
        }
    }
}
