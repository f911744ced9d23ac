package io.velesdb;

/**
 * How points are gathered that are inserted one by one, see {@link Collection#enableStreaming}. Immutable.
 *
 * @param bufferSize points that may wait at most, 1 to 10,000,000
 * @param batchSize points that are written together, 1 to 100,000 and no more than {@code bufferSize}
 * @param flushIntervalMillis after so long fewer points are written as well, 1 to 3,600,000
 */
public record StreamingConfig(int bufferSize, int batchSize, int flushIntervalMillis) {
    /** 10,000 points wait at most, 128 are written together, fewer after 50 ms. */
    public static final StreamingConfig DEFAULTS = new StreamingConfig(10_000, 128, 50);

    /** @throws VelesException VELES-009 for a value out of range */
    public StreamingConfig {
        check("buffer_size", bufferSize, 10_000_000);
        check("batch_size", batchSize, Math.min(bufferSize, Limits.MAX_BATCH_POINTS));
        check("flush_interval_ms", flushIntervalMillis, 3_600_000);
    }

    private static void check(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new VelesException(ErrorCode.CONFIG, key + " is " + value + ": use 1 to " + most);
        }
    }

    public StreamingConfig withBufferSize(int points) {
        return new StreamingConfig(points, batchSize, flushIntervalMillis);
    }

    public StreamingConfig withBatchSize(int points) {
        return new StreamingConfig(bufferSize, points, flushIntervalMillis);
    }

    public StreamingConfig withFlushIntervalMillis(int millis) {
        return new StreamingConfig(bufferSize, batchSize, millis);
    }
}
