package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.cli.console.Terminal;
import io.velesdb.cli.console.WatchedStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit status. */
    @SuppressWarnings("SystemConsoleNull") // the JDK promises a console, its signature does not
    public static void main(String[] arguments) {
        Console console = System.console();
        Terminal terminal = Terminal.detect(System.getenv(), console != null && console.isTerminal());
        // Whatever the locale says: files, payloads and JSON are UTF-8, and a pipe must not turn letters into marks.
        WatchedStream results = new WatchedStream(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(results, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        CommandLine commands = VelesCommand.commandLine(terminal);
        commands.setOut(out).setErr(err);
        int status = commands.execute(arguments);
        out.flush();
        String lost = results.failure();
        if (lost != null && status == 0) {
            err.println("[" + ErrorCode.IO.text() + "] the result could not be written to standard output: " + lost
                    + "; free space, or write elsewhere");
            status = Failures.FAILED;
        }
        err.flush();
        System.exit(status);
    }
}
