package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/**
 * What {@link AgentMemory#autoExpire} moves and removes beside what has expired.
 *
 * @param consolidateAfterSeconds an episode older than this that has an embedding becomes a fact; not negative
 * @param minConfidence procedures below it are removed, 0 to 1; 0 keeps all
 * @param maxPerCycle how many episodes, and how many procedures, one call handles at most; at least 1
 */
public record EvictionPolicy(long consolidateAfterSeconds, double minConfidence, int maxPerCycle) {
    private static final long FOREVER = Long.MAX_VALUE / 2;
    private static final long WEEK = 7 * 86_400;

    /** 7 days, 0.1, 1,000. */
    public static final EvictionPolicy DEFAULTS = new EvictionPolicy(WEEK, 0.1, 1_000);

    /** @throws VelesException VELES-009 for a value out of range */
    public EvictionPolicy {
        if (consolidateAfterSeconds < 0 || consolidateAfterSeconds > FOREVER) {
            throw new VelesException(
                    ErrorCode.CONFIG,
                    "consolidateAfterSeconds is " + consolidateAfterSeconds + ": use 0 to " + FOREVER);
        }
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new VelesException(ErrorCode.CONFIG, "minConfidence is out of range: use a number from 0 to 1");
        }
        if (maxPerCycle < 1) {
            throw new VelesException(ErrorCode.CONFIG, "maxPerCycle is " + maxPerCycle + ": use 1 or more");
        }
    }
}
