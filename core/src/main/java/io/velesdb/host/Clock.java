package io.velesdb.host;

/** Port: the host's clock. Read when a change is recorded and once per statement; never while a change is applied. */
@FunctionalInterface
public interface Clock {
    /** Milliseconds since the Unix epoch. */
    long millis();
}
