package io.velesdb.value;

/**
 * Simple case folding of Unicode 16.0 (CaseFolding.txt, statuses C and S): each code point to one code point, whatever
 * the host's own tables say. Pure and thread-safe.
 */
public final class CaseFolding {
    /** The version of Unicode whose mappings these are. */
    public static final String UNICODE_VERSION = "16.0";

    private static final int[] ROWS = CaseFoldingTable.ROWS;
    private static final int LAST_ROW = ROWS.length / 4 - 1;

    private CaseFolding() {}

    /** The code point that stands for {@code point} and for those that differ from it by case only. */
    public static int fold(int point) {
        if (point < 0x80) {
            return point >= 'A' && point <= 'Z' ? point + 32 : point;
        }
        int low = 0;
        int high = LAST_ROW;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (ROWS[4 * middle] <= point) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int first = ROWS[4 * low];
        // The step is 1 or 2, so a mask takes the place of a remainder.
        boolean mapped = point >= first && point <= ROWS[4 * low + 1] && (point - first & ROWS[4 * low + 2] - 1) == 0;
        return mapped ? point + ROWS[4 * low + 3] : point;
    }

    /** Every code point folded. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            folded.appendCodePoint(fold(point));
            i += Character.charCount(point);
        }
        return folded.toString();
    }
}
