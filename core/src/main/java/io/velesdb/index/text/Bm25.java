package io.velesdb.index.text;

/**
 * BM25 (Robertson and Zaragoza, 2009) over the documents of one field at one moment, k1 1.2 and b 0.75:
 * score = Σ idf(t) · f·(k1+1) / (f + k1·(1 − b + b·len/average)), idf(t) = ln(1 + (N − n(t) + 0.5) / (n(t) + 0.5)).
 * Immutable; what a query asks most is looked up.
 */
final class Bm25 {
    static final double K1 = 1.2;
    static final double B = 0.75;

    /** Lengths below this have their values in the table, for frequencies up to {@link #FREQUENCIES}. */
    static final int LENGTHS = 256;

    static final int FREQUENCIES = 4;

    private final int rows;
    private final double average;

    /** At (f − 1) · LENGTHS + length. */
    private final double[] table = new double[FREQUENCIES * LENGTHS];

    /** @param tokens of all rows that have at least one */
    Bm25(int rows, long tokens) {
        this.rows = rows;
        average = rows == 0 ? 1 : (double) tokens / rows;
        for (int f = 1; f <= FREQUENCIES; f++) {
            for (int length = 0; length < LENGTHS; length++) {
                table[(f - 1) * LENGTHS + length] = compute(f, length);
            }
        }
    }

    /** What a token counts that {@code n} rows have. */
    double idf(int n) {
        return NaturalLogarithm.of(1 + (rows - n + 0.5) / (n + 0.5));
    }

    /** What {@code frequency} occurrences count in a document of {@code length} tokens, to be multiplied by the idf. */
    double weigh(int frequency, int length) {
        if (frequency <= FREQUENCIES && length < LENGTHS) {
            return table[(frequency - 1) * LENGTHS + length];
        }
        return compute(frequency, length);
    }

    /** The most that {@link #weigh} can be for any length. */
    double most(int frequency) {
        return compute(frequency, 0);
    }

    private double compute(int frequency, int length) {
        return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / average));
    }
}
