package io.velesdb;

/**
 * Whether new vectors of a collection wait before they are linked into its vector index. Waiting ones are found by every
 * search: it scores them one by one beside its walk of the index. Writes of few rows are quicker that way, searches a little
 * slower.
 *
 * <p>The write that makes {@code mergeThreshold} wait links all of them; what is linked depends on the writes alone. Time
 * plays no part but through a host that links by {@link SearchableCollection#linkWaiting}, which the journal records.
 *
 * @param enabled false unless said otherwise: then at most 128 wait, and only of writes of few rows
 * @param mergeThreshold vectors, 1..{@value #MOST_WAITING}; 1024 unless said otherwise
 * @param maxBufferAgeMillis after so long a host with a background links what waits, 0 or more; 5000 unless said otherwise
 */
public record DeferredIndexing(boolean enabled, int mergeThreshold, long maxBufferAgeMillis) {
    /** The most vectors that may be asked to wait. */
    public static final int MOST_WAITING = 1_000_000;

    /** Off. */
    public static final DeferredIndexing DEFAULT = new DeferredIndexing(false, 1_024, 5_000);

    /** @throws VelesException VELES-009 for a value out of range */
    public DeferredIndexing {
        check("deferred_indexing.merge_threshold", mergeThreshold, MOST_WAITING);
        if (maxBufferAgeMillis < 0) {
            throw new VelesException(
                    ErrorCode.CONFIG,
                    "deferred_indexing.max_buffer_age_ms is " + maxBufferAgeMillis + ": use 0 or more");
        }
    }

    /** On, with this threshold. */
    public static DeferredIndexing upTo(int mergeThreshold) {
        return new DeferredIndexing(true, mergeThreshold, DEFAULT.maxBufferAgeMillis);
    }

    static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new VelesException(ErrorCode.CONFIG, name + " is " + value + ": use 1 to " + most);
        }
    }
}
