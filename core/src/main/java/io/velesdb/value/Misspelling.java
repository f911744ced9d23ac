package io.velesdb.value;

/** Whether two words differ by one letter: inserted, left out, replaced, or swapped with its neighbour. */
public final class Misspelling {
    private Misspelling() {}

    /** Letters count without regard to case; a word is no misspelling of itself. */
    public static boolean of(String keyword, String word) {
        int longer = Math.max(keyword.length(), word.length());
        int shorter = Math.min(keyword.length(), word.length());
        if (longer - shorter > 1 || shorter < 2) {
            return false;
        }
        int prefix = 0;
        while (prefix < shorter && same(keyword, prefix, word, prefix)) {
            prefix++;
        }
        if (prefix == longer) {
            return false;
        }
        int suffix = 0;
        while (suffix < shorter - prefix
                && same(keyword, keyword.length() - 1 - suffix, word, word.length() - 1 - suffix)) {
            suffix++;
        }
        int left = keyword.length() - prefix - suffix;
        int right = word.length() - prefix - suffix;
        boolean swapped = left == 2
                && right == 2
                && same(keyword, prefix, word, prefix + 1)
                && same(keyword, prefix + 1, word, prefix);
        return left <= 1 && right <= 1 || swapped;
    }

    private static boolean same(String a, int i, String b, int j) {
        return upper(a.charAt(i)) == upper(b.charAt(j));
    }

    private static int upper(char c) {
        return c >= 'a' && c <= 'z' ? c - 0x20 : c;
    }
}
