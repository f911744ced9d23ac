package io.velesdb.cli.shell;

import io.velesdb.StatementText;

/**
 * When Enter runs what was typed. A command is one line. One line that is a statement, or that no more words can mend, is run
 * at once; what goes on over several lines is run at its semicolon or at an empty line, because its beginning may well be a
 * statement too.
 */
final class InputRule {
    private InputRule() {}

    /** Whether more lines have to come. */
    static boolean wantsMore(String text) {
        if (Session.isCommand(text)) {
            return false;
        }
        int from = 0;
        int end;
        while ((end = StatementText.end(text, from)) >= 0) {
            from = end;
        }
        String last = text.substring(from);
        return switch (StatementText.state(last)) {
            case BLANK -> false;
            case OPEN -> !endsWithEmptyLine(last) || isInQuotes(last);
            case FINISHED -> last.strip().indexOf('\n') >= 0 && !endsWithEmptyLine(last);
        };
    }

    private static boolean endsWithEmptyLine(String text) {
        int lineFeed = text.lastIndexOf('\n');
        return lineFeed >= 0 && text.substring(lineFeed).isBlank();
    }

    /** An empty line inside a string is part of the string. */
    private static boolean isInQuotes(String text) {
        return StatementText.end(text + ";", 0) < 0;
    }
}
