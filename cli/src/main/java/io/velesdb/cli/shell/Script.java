package io.velesdb.cli.shell;

import io.velesdb.ErrorCode;
import io.velesdb.StatementText;
import io.velesdb.VelesException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/**
 * Statements and commands one after the other, out of a file, an argument or a pipe. A statement ends with its semicolon, at
 * the end of the text, or, when it is complete, before a line with a command; a command is one line. The first that fails ends
 * the script.
 */
public final class Script {
    /** More than any configuration of a database that serves people allows for one statement. */
    private static final int LONGEST = 1 << 26;

    private final Session session;
    private final String name;
    private final StringBuilder pending = new StringBuilder();
    private int line;
    /** The line at which what is pending begins. */
    private int start = 1;
    /** Whether nothing but blanks and comments is pending. */
    private boolean blank = true;

    private Script(String name, Session session) {
        this.name = name;
        this.session = session;
    }

    /**
     * Runs a text.
     *
     * @param name of the text, for the message of what fails; empty for none
     */
    public static void run(String text, String name, Session session) throws IOException {
        run(new StringReader(text), name, session);
    }

    /** Runs what is read, each statement as soon as it is there. */
    public static void run(Reader input, String name, Session session) throws IOException {
        BufferedReader lines = input instanceof BufferedReader buffered ? buffered : new BufferedReader(input);
        Script script = new Script(name, session);
        String line;
        while (!session.isQuitting() && (line = lines.readLine()) != null) {
            script.take(line);
        }
        if (!session.isQuitting()) {
            script.finish();
        }
    }

    private void take(String next) throws IOException {
        line++;
        boolean command = Session.isCommand(next);
        if (command && isComplete()) {
            finish();
        }
        if (blank) {
            pending.setLength(0);
            start = line;
            if (command) {
                run(next);
                return;
            }
            blank = isBlank(next);
        }
        if (pending.length() + next.length() > LONGEST) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    place(start) + "a statement of more than " + LONGEST + " characters: end statements with ;");
        }
        pending.append(next).append('\n');
        int end;
        while (next.indexOf(';') >= 0
                && !session.isQuitting()
                && (end = StatementText.end(pending.toString(), 0)) >= 0) {
            String statement = pending.substring(0, end);
            pending.delete(0, end);
            run(statement);
            start = line;
            blank = isBlank(pending.toString());
        }
    }

    private static boolean isBlank(String text) {
        return StatementText.state(text) == StatementText.State.BLANK;
    }

    private boolean isComplete() {
        return !blank && StatementText.state(pending.toString()) == StatementText.State.FINISHED;
    }

    private void finish() throws IOException {
        String rest = pending.toString();
        pending.setLength(0);
        blank = true;
        if (!isBlank(rest)) {
            run(rest);
        }
    }

    private void run(String text) throws IOException {
        try {
            session.run(text);
        } catch (VelesException e) {
            if (name.isEmpty()) {
                throw e;
            }
            int from = start
                    + (int) text.chars()
                            .takeWhile(c -> c <= ' ')
                            .filter(c -> c == '\n')
                            .count();
            session.host().err().println(place(from).strip());
            throw e;
        }
    }

    private String place(int at) {
        return name.isEmpty() ? "" : name + ", line " + at + ": ";
    }
}
