package io.velesdb.cli;

import io.velesdb.cli.console.Terminal;
import io.velesdb.cli.shell.Host;
import io.velesdb.cli.shell.InteractiveShell;
import io.velesdb.cli.shell.Script;
import io.velesdb.cli.shell.Session;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "shell",
        aliases = "repl",
        description = {
            "Runs statements of VelesQL, as they are typed or out of a file or a pipe.",
            "",
            "Makes the database when there is none. Type .help for the commands of the shell. What is not typed ends at"
                    + " the first statement that fails."
        })
final class ShellCommand implements Runnable {
    @Mixin
    private QueryOutput output = new QueryOutput();

    @Mixin
    private EmbedderOptions embedderOptions = new EmbedderOptions();

    @Mixin
    private GuardRailOption guardRails = new GuardRailOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "The folder of the database (default: ${DEFAULT-VALUE}).",
            defaultValue = "./data")
    private Path path = Path.of("./data");

    /** What is run in the place of what is typed. */
    static final class Source {
        @Option(
                names = {"-c", "--command"},
                paramLabel = "TEXT",
                description = "Statements and commands to run; may be given several times.")
        private List<String> commands = List.of();

        @Option(names = "--file", paramLabel = "FILE", description = "A file of statements and commands to run.")
        private @Nullable Path file;
    }

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Source source;

    @Override
    public void run() {
        try {
            if (source != null) {
                runSource(source);
            } else if (isTyped()) {
                talk();
            } else {
                try (Session session = new Session(host(false))) {
                    begin(session);
                    Script.run(new InputStreamReader(System.in, StandardCharsets.UTF_8), "standard input", session);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runSource(Source given) throws IOException {
        Path file = given.file;
        // read before the database is made: a slip in the name must not leave one
        String text = file == null ? "" : Files.readString(file, StandardCharsets.UTF_8);
        try (Session session = new Session(host(false))) {
            begin(session);
            if (file != null) {
                Script.run(text, file.toString(), session);
            }
            for (String command : given.commands) {
                if (!session.isQuitting()) {
                    Script.run(command, "", session);
                }
            }
        }
    }

    private void begin(Session session) throws IOException {
        session.run(".format " + output.format().canonicalName());
    }

    /** Whether a person sits at both ends. */
    @SuppressWarnings("SystemConsoleNull") // the JDK promises a console, its signature does not
    private boolean isTyped() {
        Console console = System.console();
        return console != null && console.isTerminal() && output.terminal().columns() > 0;
    }

    private void talk() throws IOException {
        try (org.jline.terminal.Terminal screen = TerminalBuilder.builder()
                .name("velesdb")
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            InteractiveShell.run(host(true), screen, System.getenv());
        }
    }

    private Host host(boolean interactive) {
        PrintWriter out = output.out();
        Terminal terminal = output.terminal();
        return new Host(
                path.toString(),
                guardRails.on(configuration -> VelesDb.open(path, Options.DEFAULTS.withConfiguration(configuration))),
                output.configuration(),
                embedderOptions::open,
                out,
                output.err(),
                terminal,
                interactive);
    }
}
