package io.velesdb.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, which picocli does not make. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c velesdb -f\n");
        command(root, List.of(), script);
        return script.toString();
    }

    private static void command(CommandLine command, List<String> path, StringBuilder script) {
        String here = condition(command, path);
        command.getSubcommands().forEach((name, sub) -> {
            line(
                    script,
                    here,
                    "-a '" + name + "'",
                    description(sub.getCommandSpec().usageMessage().description()));
        });
        for (OptionSpec option : command.getCommandSpec().options()) {
            StringBuilder names = new StringBuilder();
            for (String name : option.names()) {
                names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                names.append(option.type() == Path.class ? " -r -F" : " -x");
            }
            line(script, here, names.substring(1), description(option.description()));
        }
        command.getSubcommands().forEach((name, sub) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            command(sub, deeper, script);
        });
    }

    /** True when the words so far lead to this command and to none below it. */
    private static String condition(CommandLine command, List<String> path) {
        StringBuilder condition = new StringBuilder();
        for (String name : path) {
            condition.append("__fish_seen_subcommand_from ").append(name).append("; and ");
        }
        String below = String.join(" ", command.getSubcommands().keySet());
        return below.isEmpty()
                ? condition.substring(0, condition.length() - "; and ".length())
                : condition + "not __fish_seen_subcommand_from " + below;
    }

    private static void line(StringBuilder script, String condition, String what, String description) {
        script.append("complete -c velesdb -n '").append(condition).append("' ").append(what);
        script.append(" -d '").append(description).append("'\n");
    }

    private static String description(String[] lines) {
        String first = lines.length == 0 ? "" : lines[0];
        return first.replaceAll(" ?\\(default: [^)]*\\)", "")
                .replace("\\", "\\\\")
                .replace("'", "\\'");
    }
}
