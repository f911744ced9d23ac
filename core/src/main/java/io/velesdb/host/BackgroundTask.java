package io.velesdb.host;

/** Port: a task that a host with threads runs again and again, beside everything else. */
public interface BackgroundTask {
    /** What is done; it does not throw. */
    @FunctionalInterface
    interface Work {
        /** Pause that lasts until {@link BackgroundTask#wake}. */
        long UNTIL_WOKEN = Long.MAX_VALUE;

        /**
         * Does what there is to do.
         *
         * @param rested whether the pause before it was over, and not cut short
         * @return milliseconds until the next time
         */
        long run(boolean rested);
    }

    /** Ends the present pause. */
    void wake();

    /** Returns when the task has ended for good. */
    void stop();
}
