package io.velesdb.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: where snapshots of memory are kept, each under its version. Failures of the host are VELES-011. Thread-safe.
 */
public interface SnapshotStore {
    /** The versions that are there, ascending. */
    List<Long> versions();

    /** The bytes of a version as they were written; null when it is not there. */
    byte @Nullable [] read(long version);

    /**
     * Keeps a new version: whole and durable on return, or not at all.
     *
     * @return false when the version is there already; then it stays as it is
     */
    boolean write(long version, byte[] bytes);

    /** Deletes a version; does nothing when it is not there. */
    void delete(long version);
}
