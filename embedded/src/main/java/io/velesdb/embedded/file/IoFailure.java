package io.velesdb.embedded.file;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A call of the file system that failed, as the error that users get. */
public final class IoFailure {
    private IoFailure() {}

    /**
     * VELES-011 with the file, the reason and what to look at.
     *
     * @param doing what was tried, up to the file's name: "open the vectors"
     */
    public static VelesException of(String doing, Path path, IOException cause) {
        return of(doing, path.toString(), cause);
    }

    /** The same for a file of which only the name is known. */
    public static VelesException of(String doing, String file, IOException cause) {
        return new VelesException(
                ErrorCode.IO,
                "cannot " + doing + " " + file + ": " + why(cause) + "; check disk space and permissions",
                cause);
    }

    /** What went wrong, in words: the exceptions of some failures have no text but a path. */
    private static String why(IOException cause) {
        String message = cause.getMessage();
        return switch (cause) {
            case AccessDeniedException denied -> "access is denied to " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is missing";
            case FileAlreadyExistsException there -> there.getFile() + " is there already";
            default -> message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
        };
    }
}
