package io.velesdb.cli.shell;

import io.velesdb.cli.console.Display;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All commands of the shell, by name. */
final class Commands {
    private static final Map<String, Command> ALL = new LinkedHashMap<>();

    static {
        for (List<Command> group : List.of(
                GeneralCommands.all(),
                InspectCommands.all(),
                DataCommands.all(),
                AnalysisCommands.all(),
                SearchCommands.all(),
                GraphCommands.all(),
                SettingCommands.all())) {
            group.forEach(command -> ALL.put(command.name(), command));
        }
    }

    private Commands() {}

    static List<Command> all() {
        return List.copyOf(ALL.values());
    }

    /** Runs a line that begins with the name of a command. */
    static void run(Session session, String line) throws IOException {
        Words words = Words.of(line.endsWith(";") ? line.substring(0, line.length() - 1) : line);
        Command command = find(words.get(0));
        int arguments = words.size() - 1;
        if (arguments < command.least()) {
            throw Session.wrong(command.name() + " needs more arguments: " + command.usage());
        }
        if (arguments > command.most()) {
            throw Session.wrong(command.name() + " takes fewer arguments: " + command.usage());
        }
        command.action().run(session, words);
    }

    /** A command by its name, with or without the dot. */
    static Command find(String name) {
        Command command = ALL.get(name);
        if (command == null) {
            command = ALL.get("." + name);
        }
        if (command == null) {
            String near = nearest(name);
            throw Session.wrong("there is no command " + name + (near == null ? "" : ": did you mean " + near + "?")
                    + "; .help lists them");
        }
        return command;
    }

    private static @Nullable String nearest(String name) {
        for (String known : ALL.keySet()) {
            if (known.startsWith(name) || name.startsWith(known) || oneSlip(known, name)) {
                return known;
            }
        }
        return null;
    }

    /** Whether one letter is too many, too few, another, or two neighbours are swapped. */
    private static boolean oneSlip(String a, String b) {
        int start = 0;
        while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < Math.min(a.length(), b.length()) - start
                && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
            end++;
        }
        int restA = a.length() - start - end;
        int restB = b.length() - start - end;
        boolean swapped = restA == 2
                && restB == 2
                && a.charAt(start) == b.charAt(start + 1)
                && a.charAt(start + 1) == b.charAt(start);
        return swapped || Math.max(restA, restB) <= 1;
    }

    static void help(Session session, Words words) {
        String name = words.find(1);
        if (name != null) {
            Command command = find(name);
            session.say(command.usage());
            session.say("    " + command.about());
            return;
        }
        int width = ALL.values().stream()
                .mapToInt(command -> Display.width(command.usage()))
                .filter(length -> length <= 44)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        String group = "";
        for (Command command : ALL.values()) {
            if (!command.group().equals(group)) {
                group = command.group();
                lines.add("");
                lines.add(session.terminal().bold(group));
            }
            lines.add("  " + Display.left(command.usage(), width) + "  " + command.about());
        }
        session.out()
                .println("Everything else is a statement of VelesQL. Enter runs a statement that is complete; one over"
                        + " several lines ends");
        session.out().println("with a semicolon or an empty line. Tab completes, Ctrl-C stops, Ctrl-D leaves.");
        lines.forEach(session.out()::println);
    }
}
