package io.velesdb.host;

/** Port: how a host runs the independent pieces of one task. Results never depend on the number of workers. */
public interface Concurrency {
    /** The number of workers, at least 1. Workers are numbered from 0. */
    int workers();

    /**
     * Runs {@code task} over every index in [0, count), cut into ranges, and returns when all are done. Where ranges go to
     * several workers, each has at most {@code grain} indexes; a worker that is alone may get all of them at once. One
     * worker never runs two ranges at once within a call, so {@code worker} may index scratch space of that call. What the
     * ranges wrote is visible on return; when one fails, its exception is thrown after all have ended.
     */
    void forEach(int count, int grain, RangeTask task);

    /** A piece of work over the indexes [from, to). */
    @FunctionalInterface
    interface RangeTask {
        void run(int worker, int from, int to);
    }

    /** Everything on the calling thread. */
    Concurrency SERIAL = new Concurrency() {
        @Override
        public int workers() {
            return 1;
        }

        @Override
        public void forEach(int count, int grain, RangeTask task) {
            if (count > 0) {
                task.run(0, 0, count);
            }
        }
    };
}
