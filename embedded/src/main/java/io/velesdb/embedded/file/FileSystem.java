package io.velesdb.embedded.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file operations that the storage engine needs, and no others, so that tests can put a file system underneath that
 * crashes, loses unsynced writes and fails at any call. Thread-safe.
 */
public interface FileSystem {
    /** Opens for reading and writing; creates the file if it is missing. */
    DataFile open(Path path) throws IOException;

    /** Opens an existing file for reading only. */
    DataFile openReadOnly(Path path) throws IOException;

    boolean exists(Path path) throws IOException;

    /** The entries of a folder, sorted by name. */
    List<Path> list(Path folder) throws IOException;

    void createDirectories(Path folder) throws IOException;

    /** Deletes a file or an empty folder; does nothing when it is missing. */
    void delete(Path path) throws IOException;

    /** Replaces {@code to} by {@code from} in one step. Durable after {@link #syncDirectory} of the parent. */
    void rename(Path from, Path to) throws IOException;

    /** Makes creations, renames and deletions in a folder durable. */
    void syncDirectory(Path folder) throws IOException;

    /**
     * Takes the exclusive lock file; closing gives it back. The lock ends with the process, whatever ends it.
     *
     * @return null when somebody else holds it
     */
    AutoCloseable tryLock(Path path) throws IOException;
}
