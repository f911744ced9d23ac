package io.velesdb.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line of the shell. Blanks part them, but not inside quotes, which are taken off, nor inside the
 * brackets and braces of JSON, which stay as they are.
 */
final class Words {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();

    private Words(String line) {
        this.line = line;
    }

    static Words of(String line) {
        Words words = new Words(line);
        int at = 0;
        while (at < line.length()) {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
            } else {
                words.starts.add(at);
                at = words.take(at);
            }
        }
        return words;
    }

    private int take(int from) {
        StringBuilder word = new StringBuilder();
        int depth = 0;
        int at = from;
        while (at < line.length() && (depth > 0 || !Character.isWhitespace(line.charAt(at)))) {
            char c = line.charAt(at);
            if (depth == 0 && (c == '\'' || c == '"')) {
                int close = line.indexOf(c, at + 1);
                if (close < 0) {
                    throw Session.wrong("the quote " + c + " at " + (at + 1) + " is never closed: add another");
                }
                word.append(line, at + 1, close);
                at = close + 1;
            } else if (c == '"') {
                int end = jsonStringEnd(at);
                word.append(line, at, end);
                at = end;
            } else {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                word.append(c);
                at++;
            }
        }
        words.add(word.toString());
        return at;
    }

    private int jsonStringEnd(int from) {
        int at = from + 1;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(line.length(), at + 1);
    }

    int size() {
        return words.size();
    }

    String get(int i) {
        return words.get(i);
    }

    @Nullable
    String find(int i) {
        return i < words.size() ? words.get(i) : null;
    }

    /** A count, at least 1, or what it is by default. */
    int count(int i, int usual) {
        if (i >= words.size()) {
            return usual;
        }
        String word = words.get(i);
        if (!word.matches("[0-9]{1,9}") || Integer.parseInt(word) < 1) {
            throw Session.wrong("'" + word + "' is no count: write a whole number from 1 on");
        }
        return Integer.parseInt(word);
    }

    /** The value that follows the word {@code option}; the two words are taken out. */
    @Nullable
    @SuppressWarnings("ListRemoveAmbiguous") // by index in both lists
    String option(String option) {
        int at = words.indexOf(option);
        if (at < 0) {
            return null;
        }
        if (at + 1 == words.size()) {
            throw Session.wrong(option + " needs a value");
        }
        String value = words.remove(at + 1);
        starts.remove(at + 1);
        words.remove(at);
        starts.remove(at);
        return value;
    }

    /** The line from a word on, as it was written. */
    String rest(int i) {
        return i < starts.size() ? line.substring(starts.get(i)).strip() : "";
    }

    List<String> from(int i) {
        return i < words.size() ? List.copyOf(words.subList(i, words.size())) : List.of();
    }
}
