package io.velesdb.value;

/**
 * Which code points words are made of: letters, marks and numbers (categories L, M and N) of Unicode 16.0, whatever the
 * host's own tables say. Pure and thread-safe.
 */
public final class WordCharacters {
    /** The version of Unicode whose categories and scripts these are. */
    public static final String UNICODE_VERSION = "16.0";

    /** Not part of a word. */
    public static final int NONE = 0;

    /** Part of a word. */
    public static final int WORD = 1;

    /**
     * Part of a word in a script that is written without blanks between words: Han, Hiragana, Katakana (with the mark of
     * a long vowel) and Hangul.
     */
    public static final int UNSPACED = 2;

    private static final int[] ROWS = WordCharacterTable.ROWS;
    private static final byte[] LATIN = latin();

    private WordCharacters() {}

    /** {@link #NONE}, {@link #WORD} or {@link #UNSPACED}. */
    public static int classOf(int point) {
        return point < LATIN.length ? LATIN[point] : lookUp(point);
    }

    private static byte[] latin() {
        byte[] classes = new byte[0x250];
        for (int point = 0; point < classes.length; point++) {
            classes[point] = (byte) lookUp(point);
        }
        return classes;
    }

    private static int lookUp(int point) {
        int low = 0;
        int high = ROWS.length / 3 - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (ROWS[3 * middle] <= point) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return point >= ROWS[3 * low] && point <= ROWS[3 * low + 1] ? ROWS[3 * low + 2] : NONE;
    }
}
