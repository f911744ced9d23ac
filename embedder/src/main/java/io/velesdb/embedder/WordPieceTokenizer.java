package io.velesdb.embedder;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;

/**
 * The tokenizer of uncased BERT models: clean, lower-case and strip accents, split at blanks and punctuation, then cut
 * each word greedily into the longest pieces that the vocabulary holds (Devlin et al., "BERT", 2019; Wu et al., "Google's
 * Neural Machine Translation System", 2016, section 4.1). Gives the token numbers that the model's reference tokenizer
 * gives, with one intended difference: the names of special tokens, such as {@code [SEP]}, are plain text here, because a
 * user's text must not be able to steer the model.
 *
 * <p>Written here and not taken from a library: the usual one is native code that unpacks itself into the home directory
 * and asks the network about the machine.
 */
final class WordPieceTokenizer {
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int unknown;
    private final int start;
    private final int end;

    /** @param vocabulary token to number; holds {@code [UNK]}, {@code [CLS]} and {@code [SEP]} */
    WordPieceTokenizer(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.unknown = special("[UNK]");
        this.start = special("[CLS]");
        this.end = special("[SEP]");
    }

    private int special(String token) {
        Integer number = vocabulary.get(token);
        if (number == null) {
            throw new IllegalArgumentException("the vocabulary has no " + token);
        }
        return number;
    }

    /**
     * The token numbers of {@code text} between the start and the end token, cut to {@code limit} of them in all.
     *
     * @param limit at least 2
     */
    long[] tokens(String text, int limit) {
        Pieces pieces = new Pieces(limit);
        pieces.add(start);
        String clean = normalise(text);
        int length = clean.length();
        int at = 0;
        while (at < length && !pieces.full()) {
            int c = clean.codePointAt(at);
            int next = at + Character.charCount(c);
            if (isBlank(c)) {
                at = next;
                continue;
            }
            if (!isPunctuation(c)) {
                while (next < length) {
                    c = clean.codePointAt(next);
                    if (isBlank(c) || isPunctuation(c)) {
                        break;
                    }
                    next += Character.charCount(c);
                }
            }
            addWord(clean.substring(at, next), pieces);
            at = next;
        }
        return pieces.closedBy(end);
    }

    private void addWord(String word, Pieces pieces) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            pieces.add(unknown);
            return;
        }
        int[] found = new int[word.length()];
        int count = 0;
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            Integer number = null;
            while (to > from) {
                number = vocabulary.get(from == 0 ? word.substring(0, to) : "##" + word.substring(from, to));
                if (number != null) {
                    break;
                }
                to = word.offsetByCodePoints(to, -1);
            }
            if (number == null) {
                pieces.add(unknown); // one piece is missing: the whole word is unknown
                return;
            }
            found[count++] = number;
            from = to;
        }
        for (int i = 0; i < count; i++) {
            pieces.add(found[i]);
        }
    }

    private static String normalise(String text) {
        StringBuilder spaced = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isDropped(c)) {
                return;
            }
            if (isBlank(c)) {
                spaced.append(' ');
            } else if (isHan(c)) {
                spaced.append(' ').appendCodePoint(c).append(' ');
            } else {
                spaced.appendCodePoint(c);
            }
        });
        StringBuilder plain = new StringBuilder(spaced.length());
        Normalizer.normalize(spaced, Normalizer.Form.NFD).codePoints().forEach(c -> {
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                lowerCase(c, plain);
            }
        });
        return plain.toString();
    }

    /** Lower case without context and locale; U+0130 is the one code point that becomes two. */
    private static void lowerCase(int c, StringBuilder out) {
        if (c == 0x130) {
            out.append("i̇");
        } else {
            out.appendCodePoint(Character.toLowerCase(c));
        }
    }

    private static boolean isDropped(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return false;
        }
        return c == 0xFFFD
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }

    private static boolean isBlank(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > 32 && c < 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** The blocks that BERT splits into single characters; not the Unicode script of that name. */
    private static boolean isHan(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    /** Token numbers in order, with one place kept for the end token. */
    private static final class Pieces {
        private final long[] numbers;
        private int count;

        Pieces(int limit) {
            numbers = new long[limit];
        }

        boolean full() {
            return count >= numbers.length - 1;
        }

        void add(int number) {
            if (!full()) {
                numbers[count++] = number;
            }
        }

        long[] closedBy(int end) {
            numbers[count] = end;
            return Arrays.copyOf(numbers, count + 1);
        }
    }
}
