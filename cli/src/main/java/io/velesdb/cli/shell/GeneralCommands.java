package io.velesdb.cli.shell;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Help, output, parameters. */
final class GeneralCommands {
    private static final String GROUP = "General";

    private GeneralCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(GROUP, ".help", "[COMMAND]", "lists the commands, or explains one", 0, 1, Commands::help),
                new Command(GROUP, ".quit", "", "leaves; also .exit and Ctrl-D", 0, 0, (s, w) -> s.quit()),
                new Command(GROUP, ".exit", "", "leaves", 0, 0, (s, w) -> s.quit()),
                new Command(GROUP, ".collections", "", "lists the collections", 0, 0, (s, w) -> collections(s)),
                new Command(GROUP, ".clear", "", "clears the screen", 0, 0, (s, w) -> clear(s)),
                new Command(
                        GROUP,
                        ".timing",
                        "on|off",
                        "whether to tell how long statements take",
                        1,
                        1,
                        (s, w) -> s.settings().set("timing", w.get(1))),
                new Command(
                        GROUP,
                        ".format",
                        "table|json|csv",
                        "the form of results",
                        1,
                        1,
                        (s, w) -> s.settings().set("format", w.get(1))),
                new Command(
                        GROUP,
                        ".param",
                        "[NAME [JSON]]",
                        "sets the value of $NAME; without a value forgets it",
                        0,
                        Command.ANY,
                        GeneralCommands::parameter),
                new Command(
                        GROUP,
                        ".embed",
                        "NAME TEXT",
                        "sets $NAME to the vector of a text",
                        2,
                        Command.ANY,
                        GeneralCommands::embed),
                new Command(GROUP, ".read", "FILE", "runs the statements of a file", 1, 1, GeneralCommands::read));
    }

    private static void collections(Session session) {
        session.show(session.database().collections().stream()
                .map(info -> Obj.of(
                        "name",
                        info.name(),
                        "type",
                        info.schema().kind().canonicalName(),
                        "rows",
                        info.points(),
                        "dimension",
                        info.schema().metric() == null ? null : info.schema().dimension(),
                        "metric",
                        info.schema().metric() == null
                                ? null
                                : info.schema().metric().canonicalName()))
                .toList());
    }

    private static void clear(Session session) {
        if (session.terminal().colour()) {
            session.out().print("\033[2J\033[H");
        }
    }

    private static void parameter(Session session, Words words) {
        if (words.size() == 1) {
            session.show(session.parameters().entrySet().stream()
                    .map(e -> Obj.of("name", e.getKey(), "value", Json.excerpt(e.getValue())))
                    .toList());
            return;
        }
        String name = name(words.get(1));
        if (words.size() == 2) {
            session.parameters().remove(name);
        } else {
            session.parameters().put(name, Json.parse(words.rest(2)));
        }
    }

    private static void embed(Session session, Words words) {
        float[] vector = session.embed(words.size() == 3 ? words.get(2) : words.rest(2));
        session.parameters().put(name(words.get(1)), Session.vector(vector));
        session.say("$" + name(words.get(1)) + " is a vector of " + vector.length + " numbers");
    }

    private static String name(String word) {
        return word.startsWith("$") ? word.substring(1) : word;
    }

    private static void read(Session session, Words words) throws IOException {
        Path file = Path.of(words.get(1));
        Script.run(Files.readString(file, StandardCharsets.UTF_8), file.toString(), session);
    }
}
