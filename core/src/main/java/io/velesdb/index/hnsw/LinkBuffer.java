package io.velesdb.index.hnsw;

/**
 * How many new slots wait to be linked. Every search scores them one by one; an insertion that waits for others is cheaper,
 * as several are linked by all threads at once.
 *
 * @param most slots that may wait; the insertion that makes it more links all of them
 * @param prompt whether those before the last few are linked as soon as there is company, and all slots of a large insertion
 *     at once
 */
public record LinkBuffer(int most, boolean prompt) {
    /** A search scores the codes of so many in 1 or 2 µs. */
    static final int WAITING = 128;

    /** Slots that are linked at once where few come at a time. */
    public static final int TOGETHER = 16;

    /** Unless asked otherwise. */
    public static final LinkBuffer PROMPT = new LinkBuffer(WAITING, true);

    /** Slots wait until there are so many, and are linked together then. */
    public static LinkBuffer upTo(int slots) {
        return new LinkBuffer(slots - 1, false);
    }

    /**
     * Where linking should end.
     *
     * @param linked slots that are linked
     * @param slots slots that there are
     * @param arrived slots of this insertion
     * @return a number of slots; {@code linked} for none
     */
    int end(int linked, int slots, int arrived) {
        if (!prompt) {
            // the first graph is made at once: without one, every search is a scan
            return linked == 0 || slots - linked > most ? slots : linked;
        }
        if (arrived >= most) {
            return slots;
        }
        return slots - most - linked >= TOGETHER ? slots - most : linked;
    }
}
