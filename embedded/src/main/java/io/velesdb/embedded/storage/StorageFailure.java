package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.IoFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The two ways in which storage fails, as the errors that users get. */
final class StorageFailure {
    private StorageFailure() {}

    /** A call of the file system failed: VELES-011. */
    static VelesException io(String doing, Path path, IOException cause) {
        return IoFailure.of(doing, path, cause);
    }

    /** Bytes are not what was once durable: VELES-006, whose cause is a {@link DamagedPlace}. */
    static VelesException damaged(Path path, long offset, String what) {
        return damaged(path, offset, what, null);
    }

    static VelesException damaged(Path path, long offset, String what, @Nullable Throwable cause) {
        return new VelesException(
                ErrorCode.STORAGE,
                path + " is damaged at byte " + offset + ": " + what
                        + "; run 'velesdb check' for the whole extent, and restore the folder from a backup"
                        + " if 'velesdb repair' cannot mend it",
                new DamagedPlace(path, offset, cause));
    }

    /** The same damage where it was met in use, in what can be made again: VELES-008. */
    static VelesException derived(VelesException damage) {
        String text = String.valueOf(damage.getMessage());
        return new VelesException(
                ErrorCode.INDEX_CORRUPTED,
                text.substring(text.indexOf("] ") + 2) + "; 'velesdb repair' makes this part again",
                damage.getCause());
    }

    /** The same failure with the place where it was met, when it is damage and names no place itself. */
    static VelesException placed(Path path, long offset, VelesException failure) {
        if (failure.code() != ErrorCode.STORAGE || DamagedPlace.of(failure) != null) {
            return failure;
        }
        return damaged(path, offset, String.valueOf(failure.getMessage()), failure);
    }

    /** The file was written by a newer version: VELES-036. */
    static VelesException newer(Path path, int version, int known) {
        return new VelesException(
                ErrorCode.INCOMPATIBLE_SCHEMA_VERSION,
                path + " has format version " + version + ", this version of VelesDB reads up to " + known
                        + "; open it with a newer VelesDB");
    }
}
