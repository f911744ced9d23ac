package io.velesdb;

import io.velesdb.query.parse.QueryParser;
import io.velesdb.query.parse.StatementScan;
import java.util.List;

/**
 * The text of statements, for programs into which people type them: where one ends, whether more has to come, which words there
 * are. Nothing here runs or changes anything.
 *
 * <pre>{@code
 * int end = StatementText.end("SELECT ';' FROM a; SHOW COLLECTIONS", 0);    // 18
 * StatementText.state("SELECT title FROM");                                 // OPEN
 * }</pre>
 */
public final class StatementText {
    /** How far a text has come to be a statement. */
    public enum State {
        /** Nothing but blanks and comments. */
        BLANK,
        /** The beginning of a statement: more has to come. */
        OPEN,
        /** A statement, or a text that no further words can mend. */
        FINISHED
    }

    private StatementText() {}

    /**
     * Where the statement that begins at {@code from} ends; semicolons in strings, quoted names and comments end none.
     *
     * @return the index behind its semicolon, or -1 when the text ends before one comes
     */
    public static int end(String text, int from) {
        return StatementScan.end(text, from);
    }

    /** Whether {@code text} is a statement, or can still become one when words are added to its end. */
    public static State state(String text) {
        if (StatementScan.isBlank(text)) {
            return State.BLANK;
        }
        if (StatementScan.endsInQuotes(text)) {
            return State.OPEN;
        }
        try {
            QueryParser.parse(text);
            return State.FINISHED;
        } catch (QueryException e) {
            boolean endsTooSoon = e.error() == QueryError.UNEXPECTED_TOKEN
                    && e.fragment().isEmpty()
                    && StatementScan.end(text, 0) < 0;
            return endsTooSoon ? State.OPEN : State.FINISHED;
        }
    }

    /** The keywords of the language in upper case, by the alphabet. A keyword may still be a name where one is wanted. */
    public static List<String> keywords() {
        return StatementScan.keywords();
    }

    /** A name as a statement has to write it: in double quotes where it would not be read as this name. */
    public static String name(String name) {
        return StatementScan.name(name);
    }
}
