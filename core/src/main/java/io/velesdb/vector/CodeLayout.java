package io.velesdb.vector;

/**
 * Where the parts of one 2-bit code stand, in 64-bit words:
 *
 * <pre>
 *   high bits | f1 f2 | g1 aux | (unused) | low bits | (unused)
 *             ^ factors                   ^ low
 * </pre>
 *
 * <p>Rows are cut so that a row that starts on a cache line touches as few lines as possible: up to 192 dimensions one
 * line holds all (up to 64 dimensions half a line), else the low bits start a line of their own. At 384 dimensions a row
 * takes two lines, and the first of them is all that the 1-bit estimate reads.
 *
 * @param bits dimensions in the code
 * @param words words per plane of bits
 * @param factors the word with f1 and f2; g1 and aux are in the next one
 * @param low the first word of the low bits
 * @param stride words per row
 */
public record CodeLayout(int bits, int words, int factors, int low, int stride) {
    private static final int LINE = 8;

    /** The layout of a code of so many dimensions. */
    public static CodeLayout of(int bits) {
        int words = (bits + 63) >> 6;
        if (2 * words + 2 <= LINE) {
            return new CodeLayout(bits, words, words, words + 2, words == 1 ? LINE / 2 : LINE);
        }
        int inLastLine = words % LINE;
        int factors = inLastLine >= 1 && inLastLine <= LINE - 2 ? words : wholeLines(words);
        int low = wholeLines(factors + 2);
        return new CodeLayout(bits, words, factors, low, low + wholeLines(words));
    }

    private static int wholeLines(int words) {
        return (words + LINE - 1) & -LINE;
    }
}
