package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.cli.console.ClosedOutput;
import io.velesdb.cli.console.Complaint;
import io.velesdb.cli.console.Display;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows what went wrong, in one line, and gives the exit status. */
final class Failures {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** What a shell reports of a program that wrote to a pipe that nobody reads: 128 and the number of SIGPIPE. */
    static final int OUTPUT_CLOSED = 141;

    private Failures() {}

    static int wrongUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("[" + ErrorCode.QUERY.text() + "] " + Display.plain(String.valueOf(problem.getMessage())));
        if (isMissingSubcommand(problem)) {
            err.println();
            command.usage(err, command.getColorScheme());
            return WRONG_USAGE;
        }
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            String name = command.getCommandSpec().qualifiedName(" ");
            err.println("See: " + VelesCommand.called() + name.substring("velesdb".length()) + " --help");
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
        if (problem instanceof ClosedOutput || problem.getCause() instanceof ClosedOutput) {
            return OUTPUT_CLOSED;
        }
        Complaint.print(problem, command.getErr());
        return FAILED;
    }
}
