package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import org.jspecify.annotations.Nullable;

/**
 * How a memory is opened. Immutable.
 *
 * @param dimension components per embedding; null for that of a memory that is there, {@value #DEFAULT_DIMENSION} for a new
 *     one
 * @param snapshots where snapshots are kept; null for in memory, as long as the {@link AgentMemory} lives
 * @param snapshotsKept how many snapshots are kept, at least 1; the oldest go
 * @param eviction what {@link AgentMemory#autoExpire} does beside expiry
 * @param reinforcement how confidence follows successes and failures, unless a call says otherwise
 */
public record AgentMemoryOptions(
        @Nullable Integer dimension,
        @Nullable SnapshotStore snapshots,
        int snapshotsKept,
        EvictionPolicy eviction,
        ReinforcementStrategy reinforcement) {
    /** Components per embedding of a new memory. */
    public static final int DEFAULT_DIMENSION = 384;

    /** The dimension as it is, snapshots in memory, 10 of them, the usual eviction and reinforcement. */
    public static final AgentMemoryOptions DEFAULTS =
            new AgentMemoryOptions(null, null, 10, EvictionPolicy.DEFAULTS, ReinforcementStrategy.FIXED);

    /** @throws VelesException VELES-009 when no snapshot would be kept */
    public AgentMemoryOptions {
        if (snapshotsKept < 1) {
            throw new VelesException(ErrorCode.CONFIG, "snapshotsKept is " + snapshotsKept + ": keep at least 1");
        }
    }

    public AgentMemoryOptions withDimension(int components) {
        return new AgentMemoryOptions(components, snapshots, snapshotsKept, eviction, reinforcement);
    }

    public AgentMemoryOptions withSnapshots(SnapshotStore store, int kept) {
        return new AgentMemoryOptions(dimension, store, kept, eviction, reinforcement);
    }

    public AgentMemoryOptions withEviction(EvictionPolicy policy) {
        return new AgentMemoryOptions(dimension, snapshots, snapshotsKept, policy, reinforcement);
    }

    public AgentMemoryOptions withReinforcement(ReinforcementStrategy strategy) {
        return new AgentMemoryOptions(dimension, snapshots, snapshotsKept, eviction, strategy);
    }
}
