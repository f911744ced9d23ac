package io.velesdb.cli.console;

import io.velesdb.ErrorCode;
import io.velesdb.QueryException;
import io.velesdb.VelesException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, for people. */
public final class Complaint {
    private Complaint() {}

    /** One line that begins with a code in brackets. */
    public static String message(Throwable problem) {
        return switch (problem) {
            case VelesException e -> String.valueOf(e.getMessage());
            case UncheckedIOException e -> message(e.getCause() == null ? new IOException(e) : e.getCause());
            case IOException e -> "[" + ErrorCode.IO.text() + "] " + reason(e);
            case OutOfMemoryError e ->
                "[" + ErrorCode.ALLOCATION_FAILED.text() + "] the memory is full: " + e.getMessage();
            default ->
                "[" + ErrorCode.INTERNAL.text() + "] unexpected " + problem
                        + "; this is a mistake of VelesDB: set VELESDB_TRACE=1 and report what it prints";
        };
    }

    /** Writes the message, and of a statement the line at fault with a caret below the place. */
    public static void print(Throwable problem, PrintWriter out) {
        out.println(Display.plain(message(problem)));
        if (problem instanceof QueryException e && !e.caret().isEmpty()) {
            e.caret().lines().forEach(line -> out.println("  " + Display.plain(line)));
        }
        if (System.getenv("VELESDB_TRACE") != null) {
            problem.printStackTrace(out);
        }
    }

    /** The JDK's messages about files are often only the file's name. */
    private static String reason(IOException problem) {
        String text = String.valueOf(problem.getMessage());
        return switch (problem) {
            case NoSuchFileException e -> "there is no file " + e.getFile();
            case AccessDeniedException e -> "no permission for " + e.getFile();
            case FileSystemException e
            when e.getReason() == null -> problem.getClass().getSimpleName() + ": " + text;
            default -> text;
        };
    }
}
