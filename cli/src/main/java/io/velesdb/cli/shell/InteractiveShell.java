package io.velesdb.cli.shell;

import io.velesdb.StatementText;
import io.velesdb.VelesException;
import io.velesdb.cli.console.Complaint;
import io.velesdb.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;

/** The shell in a terminal: a line editor with history and completion around a {@link Session}. */
public final class InteractiveShell {
    private static final int HISTORY_LINES = 10_000;

    private final Session session;
    private final org.jline.terminal.Terminal screen;
    private final LineReader reader;
    private final PrintWriter out;
    private final boolean colour;

    private InteractiveShell(
            Session session, org.jline.terminal.Terminal screen, @Nullable Path history, boolean colour) {
        this.session = session;
        this.screen = screen;
        this.out = screen.writer();
        this.colour = colour;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(screen)
                .appName("velesdb")
                .parser(new InputParser())
                .completer(new WordCompleter(session))
                .highlighter(new StatementColours(colour))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ...> ")
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, true);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        this.reader = builder.build();
        bindArrowsOfBothModes();
    }

    /**
     * The editor switches the terminal into the mode of its terminfo entry, and knows only the arrows of that mode. What is
     * typed while a statement still runs comes in the other mode; it would end in the statement as {@code [A}.
     */
    private void bindArrowsOfBothModes() {
        for (KeyMap<Binding> keys : reader.getKeyMaps().values()) {
            for (String introducer : new String[] {"\033[", "\033O"}) {
                keys.bindIfNotBound(new Reference(LineReader.UP_LINE_OR_HISTORY), introducer + "A");
                keys.bindIfNotBound(new Reference(LineReader.DOWN_LINE_OR_HISTORY), introducer + "B");
                keys.bindIfNotBound(new Reference(LineReader.FORWARD_CHAR), introducer + "C");
                keys.bindIfNotBound(new Reference(LineReader.BACKWARD_CHAR), introducer + "D");
            }
        }
    }

    /**
     * Opens the database and talks until the person leaves.
     *
     * @param history where lines are kept; null for nowhere
     */
    public static void run(Host host, org.jline.terminal.Terminal screen, @Nullable Path history) throws IOException {
        try (Session session = new Session(host, screen.writer())) {
            new InteractiveShell(session, screen, history, host.terminal().colour()).talk();
        }
    }

    /** As {@link #run(Host, org.jline.terminal.Terminal, Path)} with the history of this user. */
    public static void run(Host host, org.jline.terminal.Terminal screen, Map<String, String> environment)
            throws IOException {
        run(host, screen, HistoryFile.find(environment, System.getProperty("user.home")));
    }

    private void talk() throws IOException {
        greet();
        org.jline.terminal.Terminal.SignalHandler before =
                screen.handle(org.jline.terminal.Terminal.Signal.INT, signal -> session.interrupt());
        try {
            while (!session.isQuitting()) {
                String text;
                try {
                    text = reader.readLine("velesdb> ");
                } catch (UserInterruptException e) {
                    hintAtLeaving(e.getPartialLine());
                    continue;
                } catch (EndOfFileException e) {
                    break;
                }
                measure();
                runAll(text);
                out.flush();
            }
        } finally {
            screen.handle(org.jline.terminal.Terminal.Signal.INT, before);
            save();
        }
    }

    private void greet() {
        out.println("VelesDB, " + session.host().place() + ", "
                + collections(session.database().collections().size()) + ". Type .help for help, Ctrl-D to leave.");
        out.flush();
    }

    private static String collections(int count) {
        return count == 0 ? "no collection yet" : count == 1 ? "1 collection" : count + " collections";
    }

    /** Ctrl-C on an empty line is often meant to leave. */
    private void hintAtLeaving(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            out.println("Ctrl-D or .quit leaves.");
            out.flush();
        }
    }

    /** The window may have another width now. */
    private void measure() {
        int width = screen.getSize().getColumns();
        session.terminal(new Terminal(Math.max(width, 40), true, colour));
    }

    private void runAll(String text) {
        try {
            if (Session.isCommand(text)) {
                session.run(text);
                return;
            }
            int from = 0;
            while (from < text.length() && !session.isQuitting()) {
                int end = StatementText.end(text, from);
                int to = end < 0 ? text.length() : end;
                session.run(text.substring(from, to));
                from = to;
            }
        } catch (VelesException | IOException e) {
            Complaint.print(e, out);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // the next statement may well succeed; the database has refused or finished this one
            Complaint.print(e, out);
        }
    }

    private void save() {
        try {
            reader.getHistory().save();
        } catch (IOException e) {
            // what was typed is no data: whoever leaves does not want to hear that it was not kept
            return;
        }
    }
}
