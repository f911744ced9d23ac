package io.velesdb.cli;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.GuardRails;
import io.velesdb.VelesException;
import io.velesdb.cli.shell.GuardRailName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --guard-rail} of commands that run statements. */
final class GuardRailOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--guard-rail",
            paramLabel = "NAME=VALUE",
            description = "Sets a limit of single queries, such as max_cardinality=5000000; may be given several times."
                    + " The names: max_depth, max_cardinality, memory_limit_bytes, timeout_ms, rate_limit_qps,"
                    + " circuit_failure_threshold, circuit_recovery_seconds.")
    private List<String> given = List.of();

    /**
     * An opener whose databases have these limits.
     *
     * @throws ParameterException for a name that is none, and a value that is not allowed: before anything is opened
     */
    Function<Configuration, Database> on(Function<Configuration, Database> opener) {
        List<Function<GuardRails, GuardRails>> changes = new ArrayList<>();
        given.forEach(text -> changes.add(change(text)));
        return configuration -> {
            Database database = opener.apply(configuration);
            if (!changes.isEmpty()) {
                GuardRails rails = database.guardRails();
                for (Function<GuardRails, GuardRails> change : changes) {
                    rails = change.apply(rails);
                }
                database.updateGuardRails(rails);
            }
            return database;
        };
    }

    private Function<GuardRails, GuardRails> change(String text) {
        int equals = text.indexOf('=');
        GuardRailName name = equals < 0 ? null : GuardRailName.find(text.substring(0, equals));
        if (name == null) {
            throw wrong("--guard-rail is '" + text + "': use NAME=VALUE, where NAME is " + GuardRailName.all());
        }
        long value;
        try {
            value = Long.parseLong(text.substring(equals + 1));
            // the bounds of a limit do not depend on the others
            name.set(GuardRails.DEFAULTS, value);
        } catch (NumberFormatException e) {
            throw wrong("--guard-rail " + name + " is '" + text.substring(equals + 1) + "': use a whole number");
        } catch (VelesException e) {
            throw wrong("--guard-rail " + String.valueOf(e.getMessage()).replaceFirst("^\\[VELES-[0-9]+] ", ""));
        }
        return rails -> name.set(rails, value);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }
}
