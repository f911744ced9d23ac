package io.velesdb.embedded;

import io.velesdb.host.Clock;

/** The clocks of the machine: the wall clock for moments, the one that never steps for durations. */
enum SystemClock implements Clock {
    INSTANCE;

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
