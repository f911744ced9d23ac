package io.velesdb.cli;

import io.velesdb.Configuration;
import io.velesdb.cli.console.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the commands, and what all of them share. */
@Command(
        name = "velesdb",
        description = "VelesDB, an embedded database: vectors, text, graphs. Works on a folder; no server is needed.",
        versionProvider = VelesCommand.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = false,
        subcommands = {
            QuickstartCommand.class,
            InfoCommand.class,
            CollectionCommand.class,
            DataCommand.class,
            SearchCommand.class,
            QueryCommand.class,
            ShellCommand.class,
            TextCommand.class,
            HybridCommand.class,
            GraphCommand.class,
            IndexCommand.class,
            StatsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            CheckCommand.class,
            RepairCommand.class,
            ConformanceCommand.class,
            SimdCommand.class,
            CompletionsCommand.class
        })
final class VelesCommand {
    /** picocli refuses to lay out help in fewer columns: in a narrower window the terminal wraps it. */
    private static final int NARROWEST_USAGE = 55;

    private static final int WIDEST_USAGE = 120;

    private final Terminal terminal;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Settings and limits, as TOML; also VELESDB_CONFIG.")
    private @Nullable Path config;

    private VelesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** All commands, ready to run. Standard output and error may be replaced. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine commands = new CommandLine(new VelesCommand(terminal));
        // Set here and not in the annotation, from where every command below would inherit it.
        commands.getCommandSpec()
                .usageMessage()
                .footer("", "Start with: " + called() + " quickstart \"someone who loves gadgets\"");
        // an option may take @FILE itself, and a file of arguments is nothing that anybody asked for
        commands.setExpandAtFiles(false);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpWidth(
                terminal.columns() == 0 ? 80 : Math.clamp(terminal.columns(), NARROWEST_USAGE, WIDEST_USAGE));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        commands.setParameterExceptionHandler(Failures::wrongUsage);
        commands.setExecutionExceptionHandler(Failures::failed);
        return commands;
    }

    /** How this program was called, for commands that a user is told to type: a new user has no {@code velesdb} to type. */
    static String called() {
        String name = System.getenv("VELESDB_COMMAND");
        return name == null || name.isBlank() ? "velesdb" : name;
    }

    Terminal terminal() {
        return terminal;
    }

    /** The settings out of the configuration file, read anew. */
    Configuration configuration() {
        Path file = config;
        if (file == null && System.getenv("VELESDB_CONFIG") instanceof String name && !name.isBlank()) {
            file = Path.of(name);
        }
        return file == null ? Configuration.DEFAULTS : ConfigFile.read(file);
    }

    /** The version, as one line. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"velesdb " + number() + " (Java " + Runtime.version() + ")"};
        }

        static String number() {
            try (InputStream in = VelesCommand.class.getResourceAsStream("version.txt")) {
                return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
