package io.velesdb.embedded.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file operations that the storage engine needs, and no others, so that tests can put a file system underneath that
 * crashes, loses unsynced writes and fails at any call. Thread-safe.
 *
 * <p>Nothing is durable until it was synced: bytes and length of a file by {@link DataFile#sync}, the existence and
 * name of a file or folder by {@link #syncDirectory} of its parent. Until then a crash may undo any part of it, in any
 * order.
 */
public interface FileSystem {
    /**
     * Opens for reading and writing; creates the file if it is missing. A file must be closed before it is renamed.
     */
    DataFile open(Path path) throws IOException;

    /** Opens an existing file for reading only; it can be mapped shared, not private. */
    DataFile openReadOnly(Path path) throws IOException;

    boolean exists(Path path) throws IOException;

    /** Whether the path exists and is a folder. */
    boolean isDirectory(Path path) throws IOException;

    /** The entries of a folder, sorted by name. */
    List<Path> list(Path folder) throws IOException;

    /** Creates a folder and those above it that are missing. */
    void createDirectories(Path folder) throws IOException;

    /** Deletes a file or an empty folder; does nothing when it is missing. */
    void delete(Path path) throws IOException;

    /** Replaces {@code to} by {@code from}, in the same folder, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Makes creations, renames and deletions in a folder durable. */
    void syncDirectory(Path folder) throws IOException;

    /**
     * Takes the exclusive lock file, creating it if it is missing; closing gives it back. The lock ends with the
     * process, whatever ends it.
     *
     * @return null when somebody else holds it, in this process or another
     */
    @Nullable
    Closeable tryLock(Path path) throws IOException;

    /** The absolute path, with the links in it followed as far as it exists. */
    default Path followed(Path path) throws IOException {
        return path.toAbsolutePath().normalize();
    }
}
