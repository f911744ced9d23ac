package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The two ways in which storage fails, as the errors that users get. */
final class StorageFailure {
    private StorageFailure() {}

    /** A call of the file system failed: VELES-011. */
    static VelesException io(String doing, Path path, IOException cause) {
        String reason = cause.getMessage();
        String why = reason == null || reason.isEmpty() ? cause.getClass().getSimpleName() : reason;
        return new VelesException(
                ErrorCode.IO,
                "cannot " + doing + " " + path + ": " + why + "; check disk space and permissions",
                cause);
    }

    /** Bytes are not what was once durable: VELES-006. */
    static VelesException damaged(Path path, long offset, String what) {
        return damaged(path, offset, what, null);
    }

    static VelesException damaged(Path path, long offset, String what, @Nullable Throwable cause) {
        return new VelesException(
                ErrorCode.STORAGE,
                path + " is damaged at byte " + offset + ": " + what
                        + "; run 'velesdb check' for the whole extent, and restore the folder from a backup"
                        + " if 'velesdb repair' cannot mend it",
                cause);
    }

    /** The file was written by a newer version: VELES-036. */
    static VelesException newer(Path path, int version, int known) {
        return new VelesException(
                ErrorCode.INCOMPATIBLE_SCHEMA_VERSION,
                path + " has format version " + version + ", this version of VelesDB reads up to " + known
                        + "; open it with a newer VelesDB");
    }
}
