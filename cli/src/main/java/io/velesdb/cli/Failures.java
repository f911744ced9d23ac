package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.cli.console.Display;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows what went wrong, in one line, and gives the exit status. */
final class Failures {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private Failures() {}

    static int wrongUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(Display.plain(String.valueOf(problem.getMessage())));
        if (isMissingSubcommand(problem)) {
            err.println();
            command.usage(err, command.getColorScheme());
            return WRONG_USAGE;
        }
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("See: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        }
        return WRONG_USAGE;
    }

    /** Whoever types the name of a group of commands alone wants to know what there is. */
    private static boolean isMissingSubcommand(ParameterException problem) {
        // picocli has no class of its own for it, and its other problems are all subclasses or concern an argument
        return problem.getClass() == ParameterException.class
                && problem.getArgSpec() == null
                && !problem.getCommandLine().getSubcommands().isEmpty();
    }

    static int failed(Exception problem, CommandLine command, ParseResult arguments) {
        command.getErr().println(Display.plain(message(problem)));
        if (System.getenv("VELESDB_TRACE") != null) {
            problem.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    static String message(Throwable problem) {
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
