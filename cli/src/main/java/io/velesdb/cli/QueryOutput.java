package io.velesdb.cli;

import io.velesdb.Configuration;
import io.velesdb.cli.console.Terminal;
import io.velesdb.cli.shell.ResultFormat;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --format} of commands that show the result of a statement. */
final class QueryOutput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table, json or csv (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private ResultFormat format = ResultFormat.TABLE;

    ResultFormat format() {
        return format;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    Terminal terminal() {
        return root().terminal();
    }

    Configuration configuration() {
        return root().configuration();
    }

    private VelesCommand root() {
        return (VelesCommand) command.root().userObject();
    }
}
