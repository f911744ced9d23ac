package io.velesdb.index.column;

import io.velesdb.filter.Filter;
import io.velesdb.value.CaseFolding;
import java.util.Arrays;
import java.util.List;

/** Runs of three code points, case folded, each as one number. */
final class Trigrams {
    private static final int BITS = 21;
    private static final long MASK = (1L << 3 * BITS) - 1;

    private Trigrams() {}

    /** The trigrams of a text in order, repeated ones repeated; none of a text of fewer than three code points. */
    static long[] of(String text) {
        long[] found = new long[text.length()];
        int count = 0;
        long window = 0;
        int points = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            window = (window << BITS | CaseFolding.fold(point)) & MASK;
            if (++points >= 3) {
                found[count++] = window;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Trigrams that every string has for which the leaf holds; each once, none when the leaf is not about such strings. */
    static long[] required(Filter.Leaf leaf) {
        List<String> literals = switch (leaf) {
            case Filter.Contains f -> List.of(f.text());
            case Filter.Like f -> f.pattern().literals();
            default -> List.of();
        };
        long[] all = new long[0];
        for (String literal : literals) {
            long[] more = of(literal);
            int size = all.length;
            all = Arrays.copyOf(all, size + more.length);
            System.arraycopy(more, 0, all, size, more.length);
        }
        Arrays.sort(all);
        int size = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[size++] = all[i];
            }
        }
        return Arrays.copyOf(all, size);
    }
}
