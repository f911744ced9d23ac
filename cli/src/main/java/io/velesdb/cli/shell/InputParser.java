package io.velesdb.cli.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor whether the input goes on, and which word the cursor is in. */
final class InputParser implements Parser {
    /** The word up to the cursor, without what is in front of it. */
    private record Line(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {
        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if ((context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT)
                && InputRule.wantsMore(line)) {
            throw new EOFError(-1, cursor, "the statement goes on");
        }
        int from = cursor;
        while (from > 0 && isPartOfWord(line.charAt(from - 1))) {
            from--;
        }
        // a command begins with a dot or a backslash, and has hyphens
        if (Session.isCommand(line)) {
            while (from > 0 && !Character.isWhitespace(line.charAt(from - 1))) {
                from--;
            }
        }
        int to = cursor;
        while (to < line.length() && isPartOfWord(line.charAt(to))) {
            to++;
        }
        return new Line(line, cursor, line.substring(from, to), cursor - from);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '"' || c == '`';
    }
}
