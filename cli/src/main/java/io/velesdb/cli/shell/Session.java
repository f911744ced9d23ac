package io.velesdb.cli.shell;

import io.velesdb.Collection;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.StatementText;
import io.velesdb.VelesException;
import io.velesdb.cli.console.Display;
import io.velesdb.cli.console.Terminal;
import io.velesdb.embedder.Embedder;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open database, the settings and parameters of whoever works with it, and where the answers go. Not thread-safe, but for
 * {@link #interrupt}.
 */
public final class Session implements AutoCloseable {
    private final Host host;
    private final Settings settings;
    private final Interrupt interrupt = new Interrupt();
    private final Map<String, Value> parameters = new TreeMap<>();
    private final PrintWriter out;
    private Database database;
    private @Nullable Embedder embedder;
    private Terminal terminal;
    private boolean quitting;

    /** Opens the database. */
    public Session(Host host) {
        this(host, host.out());
    }

    /** The same with another place for results, as a terminal that is redrawn needs it. */
    Session(Host host, PrintWriter out) {
        this.host = host;
        this.out = out;
        this.settings = new Settings(host.configuration(), host.interactive());
        this.terminal = host.terminal();
        this.database = host.opener().apply(host.configuration());
    }

    // ---- running

    /**
     * Runs what was typed: a command of the shell, or a statement.
     *
     * @throws VelesException when it fails; an interrupted statement is VELES-027
     * @throws IOException when a file cannot be read or written
     */
    public void run(String text) throws IOException {
        interrupt.clear();
        if (isCommand(text)) {
            Commands.run(this, text.strip());
        } else if (StatementText.state(text) != StatementText.State.BLANK) {
            show(text, Obj.EMPTY);
        }
        out.flush();
    }

    /** Whether a text that begins so is a command of the shell. */
    static boolean isCommand(String text) {
        String start = text.stripLeading();
        return start.startsWith(".") || start.startsWith("\\");
    }

    /** Ends the statement that runs; called from another thread. */
    public void interrupt() {
        interrupt.raise();
    }

    /** Runs a statement with the parameters of the session and these, and shows the result. */
    void show(String statement, Obj more) {
        show(() -> query(statement, more));
    }

    /** Shows how a statement would run. */
    void explain(String statement, boolean analyze) {
        show(() -> database.explain(statement, given(Obj.EMPTY), analyze, interrupt));
    }

    private void show(Supplier<QueryResult> run) {
        long start = System.nanoTime();
        QueryResult result = run.get();
        long nanos = System.nanoTime() - start;
        settings.format().print(result, out, terminal);
        footer(result.rows().size(), result.affected(), nanos);
    }

    QueryResult query(String statement, Obj more) {
        return database.query(statement, given(more), interrupt);
    }

    /** The parameters that are set, with more of them. */
    private Obj given(Obj more) {
        Obj.Builder all = Obj.builder();
        String collection = settings.collection();
        if (collection != null && !more.has("_collection") && !parameters.containsKey("_collection")) {
            all.put("_collection", Value.of(collection));
        }
        parameters.forEach((name, value) -> {
            if (!more.has(name)) {
                all.put(name, value);
            }
        });
        return all.putAll(more).build();
    }

    /** Shows rows that are the result of no statement. */
    void show(List<Obj> rows) {
        List<QueryRow> result =
                rows.stream().map(row -> new QueryRow(row, 0, null, null)).toList();
        settings.format().print(new QueryResult(QueryResult.Shape.ROWS, result, 0), out, terminal);
        if (settings.format() == ResultFormat.TABLE && rows.isEmpty()) {
            say("none");
        }
    }

    private void footer(int rows, long affected, long nanos) {
        if (!host.interactive() && !settings.timing()) {
            return;
        }
        StringBuilder line = new StringBuilder();
        if (host.interactive()) {
            line.append(String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows"));
            if (affected > 0) {
                line.append(String.format(Locale.ROOT, ", %,d changed", affected));
            }
        }
        if (settings.timing()) {
            line.append(line.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%.2f ms", nanos / 1e6));
        }
        (host.interactive() ? out : host.err()).println(terminal.faint(line.toString()));
    }

    // ---- for commands

    /** A line for people; scripts that take JSON or CSV do not see it. */
    void say(String line) {
        (settings.format() == ResultFormat.TABLE ? out : host.err()).println(Display.plain(line));
    }

    PrintWriter out() {
        return out;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Takes note of the width of the window. */
    void terminal(Terminal now) {
        terminal = now;
    }

    Host host() {
        return host;
    }

    Settings settings() {
        return settings;
    }

    Map<String, Value> parameters() {
        return parameters;
    }

    Database database() {
        return database;
    }

    Interrupt signal() {
        return interrupt;
    }

    Collection collection(String name) {
        return database.collection(name);
    }

    float[] embed(String text) {
        if (embedder == null) {
            embedder = host.embedder().get();
        }
        return embedder.embed(text);
    }

    static Value vector(float[] vector) {
        Value[] numbers = new Value[vector.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Value.of((double) vector[i]);
        }
        return Arr.of(List.of(numbers));
    }

    /** Opens the database anew when its settings have changed: they are fixed while it is open. */
    void applySettings() {
        Configuration wanted = settings.configuration();
        if (wanted.equals(database.configuration())) {
            return;
        }
        Configuration before = database.configuration();
        database.close();
        try {
            database = host.opener().apply(wanted);
        } catch (VelesException e) {
            database = host.opener().apply(before);
            throw e;
        }
    }

    void quit() {
        quitting = true;
    }

    /** Whether the session was told to end. */
    public boolean isQuitting() {
        return quitting;
    }

    static VelesException wrong(String what) {
        return new VelesException(ErrorCode.CONFIG, what);
    }

    @Override
    public void close() {
        try (Database last = database) {
            if (embedder != null) {
                embedder.close();
            }
        }
    }
}
