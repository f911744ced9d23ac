package io.velesdb;

import org.jspecify.annotations.Nullable;

/**
 * A statement that was refused before it ran: it does not parse, or what it asks for contradicts itself. To the engine it is
 * VELES-010; the message carries the code of the language and the place:
 *
 * <pre>
 * [VELES-010] [E001] 1:14 expected FROM, found FORM: did you mean FROM?
 * </pre>
 *
 * <p>{@link #caret} shows the place under the line of the statement; {@code toString}, and so a stack trace, ends with it.
 */
public final class QueryException extends VelesException {
    private static final long serialVersionUID = 1L;
    private static final int BEFORE = 60;
    private static final int AFTER = 40;
    private static final int LONGEST_FRAGMENT = 60;

    private final QueryError error;
    private final String text;
    private final int line;
    private final int column;
    private final int offset;
    private final String fragment;
    private final @Nullable String hint;
    private final String caret;

    /**
     * @param text what is wrong, on one line
     * @param query the statement; empty when it is not at hand
     * @param line where the fault begins, from 1
     * @param column from 1, in code points
     * @param offset from 0, in bytes of UTF-8
     * @param fragment the words at fault, possibly none
     * @param hint what to write instead
     */
    public QueryException(
            QueryError error,
            String text,
            String query,
            int line,
            int column,
            int offset,
            String fragment,
            @Nullable String hint) {
        super(
                ErrorCode.QUERY,
                "[" + error.code() + "] " + line + ":" + column + " " + text + (hint == null ? "" : ": " + hint));
        this.error = error;
        this.text = text;
        this.line = line;
        this.column = column;
        this.offset = offset;
        this.fragment = cut(fragment);
        this.hint = hint;
        this.caret = caretLine(query, line, column);
    }

    @Override
    public QueryException in(String statement, StatementPlace there) {
        QueryException moved = new QueryException(
                error, text, statement, there.line(), there.column(), there.offset(), fragment, hint);
        moved.setStackTrace(getStackTrace());
        return moved;
    }

    @Override
    public StatementPlace place() {
        return new StatementPlace(line, column, offset);
    }

    /** What kind of mistake it is; {@code error().code()} is the code of the language. */
    public QueryError error() {
        return error;
    }

    /** What is wrong, without codes, place and hint. */
    public String text() {
        return text;
    }

    /** The line at which the fault begins, from 1. */
    public int line() {
        return line;
    }

    /** The column at which the fault begins, from 1, in code points. */
    public int column() {
        return column;
    }

    /** Where the fault begins, from 0, in bytes of the statement's UTF-8. */
    public int offset() {
        return offset;
    }

    /** The words at fault, at most {@value #LONGEST_FRAGMENT} characters; empty at the end of a statement. */
    public String fragment() {
        return fragment;
    }

    /** What to write instead. */
    public @Nullable String hint() {
        return hint;
    }

    /** The line of the statement and under it a caret at the column; empty when the statement is not at hand. */
    public String caret() {
        return caret;
    }

    // the message stays one line for logs and surfaces; a stack trace, which prints this, has room for the caret
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        return caret.isEmpty() ? super.toString() : super.toString() + "\n" + caret;
    }

    private static String cut(String fragment) {
        if (fragment.length() <= LONGEST_FRAGMENT) {
            return fragment;
        }
        boolean insidePair = Character.isHighSurrogate(fragment.charAt(LONGEST_FRAGMENT - 1));
        return fragment.substring(0, insidePair ? LONGEST_FRAGMENT - 1 : LONGEST_FRAGMENT) + "…";
    }

    private static String caretLine(String query, int line, int column) {
        if (query.isEmpty()) {
            return "";
        }
        int from = 0;
        for (int l = 1; l < line; l++) {
            from = query.indexOf('\n', from) + 1;
        }
        int at = from;
        for (int c = 1; c < column && at < query.length(); c++) {
            at += Character.isHighSurrogate(query.charAt(at)) && at + 1 < query.length() ? 2 : 1;
        }
        int start = Math.max(from, at - BEFORE);
        if (start > from && Character.isLowSurrogate(query.charAt(start))) {
            start--;
        }
        int end = query.indexOf('\n', at);
        end = Math.min(end < 0 ? query.length() : end, at + AFTER);
        if (end < query.length() && end > start && Character.isHighSurrogate(query.charAt(end - 1))) {
            end--;
        }
        StringBuilder lines = new StringBuilder();
        lines.append(start > from ? "…" : "");
        for (int i = start; i < end; i++) {
            lines.append(query.charAt(i) < ' ' ? ' ' : query.charAt(i));
        }
        lines.append(end < query.length() && query.charAt(end) != '\n' ? "…" : "")
                .append('\n');
        lines.append(start > from ? " " : "");
        for (int i = start; i < at; i++) {
            if (!Character.isLowSurrogate(query.charAt(i))) {
                lines.append(' ');
            }
        }
        return lines.append('^').toString();
    }
}
