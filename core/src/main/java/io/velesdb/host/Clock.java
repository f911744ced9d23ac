package io.velesdb.host;

/** Port: the host's clock. Read when a change is recorded and once per statement; never while a change is applied. */
@FunctionalInterface
public interface Clock {
    /** Milliseconds since the Unix epoch. */
    long millis();

    /** Nanoseconds since some moment, to measure how long something took; as coarse as the host's clock is. */
    default long nanos() {
        return millis() * 1_000_000;
    }
}
