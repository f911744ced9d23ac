package io.velesdb.vector;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Locale;

/** How two vectors are compared. A metric says what a score means and which end of it is the better one. */
public enum Metric {
    /** a.b / (|a||b|); 0 when the product of the norms is below 2^-126 or not finite. Higher is better. */
    COSINE("cosine", true),
    /** True Euclidean distance, with root. Lower is better. */
    EUCLIDEAN("euclidean", false),
    /** Inner product. Higher is better. */
    DOT("dot", true),
    /** Number of positions in which (x > 0.5) differs. Lower is better. */
    HAMMING("hamming", false),
    /** Sum of minima / sum of maxima; 1 when the latter is 0. Higher is better. */
    JACCARD("jaccard", true);

    private final String canonicalName;
    private final boolean higherIsBetter;

    Metric(String canonicalName, boolean higherIsBetter) {
        this.canonicalName = canonicalName;
        this.higherIsBetter = higherIsBetter;
    }

    /** The name that every surface writes and reads back. */
    public String canonicalName() {
        return canonicalName;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /**
     * Reads a metric name or one of its aliases, in any case, surrounding blanks ignored.
     *
     * @throws VelesException VELES-010 for an unknown name
     */
    public static Metric parse(String name) {
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "cosine" -> COSINE;
            case "euclidean", "l2" -> EUCLIDEAN;
            case "dot", "dotproduct", "inner", "ip" -> DOT;
            case "hamming" -> HAMMING;
            case "jaccard" -> JACCARD;
            default ->
                throw new VelesException(
                        ErrorCode.QUERY,
                        "unknown metric '" + name + "': use cosine, euclidean, dot, hamming or jaccard");
        };
    }
}
