package io.velesdb.cli;

import io.velesdb.cli.console.Display;
import io.velesdb.cli.console.Table;
import io.velesdb.cli.console.Terminal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The option {@code --format}, and the two forms of every result. */
final class Output {
    /** The forms of standard output. */
    enum Format {
        TABLE,
        JSON
    }

    /** More columns than these are not read by anybody; JSON has them all. */
    private static final int MOST_COLUMNS = 8;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.TABLE;

    boolean json() {
        return format == Format.JSON;
    }

    /** Whether {@code --format table} was written out, for commands whose own form is JSON. */
    boolean tableWasAsked() {
        ParseResult arguments = command.commandLine().getParseResult();
        return format == Format.TABLE && arguments != null && arguments.hasMatchedOption("--format");
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

    VelesCommand root() {
        return (VelesCommand) command.root().userObject();
    }

    /** One thing with its properties. */
    void fields(Obj object) {
        if (json()) {
            json(object);
            return;
        }
        int width = 0;
        for (int i = 0; i < object.size(); i++) {
            width = Math.max(width, Display.width(object.name(i)));
        }
        for (int i = 0; i < object.size(); i++) {
            String name = Display.left(Display.plain(object.name(i)), width);
            line(terminal().faint(name) + "  ", width + 2, cell(object.value(i)));
        }
    }

    /** Many things of a kind; their members are the columns. */
    void rows(List<Obj> rows, String whenEmpty) {
        if (json()) {
            json(Arr.of(rows));
            return;
        }
        table(rows, whenEmpty);
    }

    void table(List<Obj> rows, String whenEmpty) {
        if (rows.isEmpty()) {
            out().println(whenEmpty);
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                seen.add(row.name(i));
            }
        });
        List<String> names = seen.stream()
                .limit(terminal().columns() == 0 ? Long.MAX_VALUE : MOST_COLUMNS)
                .toList();
        Table table = new Table(names.stream().map(Display::plain).toList());
        for (Obj row : rows) {
            table.add(names.stream().map(name -> cell(row.get(name))).toList());
        }
        table.print(out(), terminal());
    }

    /** What was done: a sentence, or the same as JSON. */
    void done(String sentence, Obj facts) {
        if (json()) {
            json(facts);
        } else {
            out().println(Display.plain(sentence));
        }
    }

    void json(Value value) {
        out().println(Json.write(value));
    }

    private void line(String start, int startWidth, String text) {
        int columns = terminal().columns();
        String plain = Display.plain(text);
        out().println(start + (columns == 0 ? plain : Display.cut(plain, Math.max(8, columns - startWidth))));
    }

    private static String cell(@Nullable Value value) {
        return switch (value) {
            case null -> "";
            case Value.Null n -> "";
            case Value.Str string -> string.text();
            default -> Json.write(value);
        };
    }

    /** The floats of a vector as they were written, not as the doubles that they are stored in by JSON. */
    static Arr vector(float[] vector) {
        List<Value> numbers = new ArrayList<>(vector.length);
        for (float x : vector) {
            numbers.add(number(x));
        }
        return Arr.of(numbers);
    }

    /** A float whose JSON text is the shortest that reads back as the same float. */
    static Value number(float x) {
        return Value.of(Double.parseDouble(Float.toString(x)));
    }
}
