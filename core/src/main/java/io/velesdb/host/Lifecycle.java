package io.velesdb.host;

/** Port: what a database asks of its host beyond reading and writing. */
public interface Lifecycle {
    /** Makes every write that was acknowledged durable, whatever the log mode. */
    void flush();

    /** Writes a checkpoint, so that the next open has nothing to replay. */
    void checkpoint();

    /** Gives back files and threads. Called once or more. */
    void close();

    /** For hosts without storage. */
    Lifecycle NONE = new Lifecycle() {
        @Override
        public void flush() {}

        @Override
        public void checkpoint() {}

        @Override
        public void close() {}
    };
}
