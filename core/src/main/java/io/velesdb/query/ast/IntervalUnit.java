package io.velesdb.query.ast;

/** The units of an INTERVAL. A month is 30 days. */
public enum IntervalUnit {
    SECOND("second", 1),
    MINUTE("minute", 60),
    HOUR("hour", 3_600),
    DAY("day", 86_400),
    WEEK("week", 604_800),
    MONTH("month", 2_592_000);

    private final String text;
    private final long seconds;

    IntervalUnit(String text, long seconds) {
        this.text = text;
        this.seconds = seconds;
    }

    /** The unit in the singular. */
    public String text() {
        return text;
    }

    public long seconds() {
        return seconds;
    }
}
