package io.velesdb.query.exec.step;

import io.velesdb.Configuration;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/**
 * The configured limits of the language (section 22).
 *
 * @param maxRows {@code query.max_rows}, rows per result; more are cut
 * @param maxGroups {@code query.max_groups}, groups of a statement that asks for no other number
 * @param maxFusedVectors {@code query.max_fused_vectors}
 * @param maxSubqueryDepth {@code query.max_subquery_depth}
 */
public record QueryLimits(int maxRows, int maxGroups, int maxFusedVectors, int maxSubqueryDepth) {
    /** What holds where nothing else is configured. */
    public static final QueryLimits DEFAULTS = new QueryLimits(100_000, 10_000, 10, 8);

    /** The limits among the settings of a database. */
    public static QueryLimits of(Configuration settings) {
        return new QueryLimits(
                (int) settings.whole("query.max_rows"),
                (int) settings.whole("query.max_groups"),
                (int) settings.whole("query.max_fused_vectors"),
                (int) settings.whole("query.max_subquery_depth"));
    }

    /** @throws VelesException VELES-009 for a limit that is not positive */
    public QueryLimits {
        check("query.max_rows", maxRows);
        check("query.max_groups", maxGroups);
        check("query.max_fused_vectors", maxFusedVectors);
        check("query.max_subquery_depth", maxSubqueryDepth);
    }

    private static void check(String key, int value) {
        if (value < 1) {
            throw new VelesException(ErrorCode.CONFIG, key + " is " + value + ": use 1 or more");
        }
    }
}
