package io.velesdb.index.column;

/**
 * About how many rows a filter selects, and how that is known.
 *
 * @param rows from 0 to the number of rows
 * @param method the weakest of the ways by which the parts of the filter were estimated
 */
public record RowEstimate(long rows, Method method) {
    /** Ways to estimate, the weakest first. */
    public enum Method {
        /** Nothing is known but the number of rows. */
        ROW_COUNT("row count"),
        /** The rows that have the field are known, and not how its values are spread. */
        NO_HISTOGRAM("no histogram"),
        /** By the rows of a value, or by the number of distinct values. */
        CARDINALITY("cardinality"),
        /** By a histogram, or by an index that has the values in order. */
        HISTOGRAM("histogram");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /** As EXPLAIN shows it. */
        public String text() {
            return text;
        }
    }
}
