package io.velesdb.cli.shell;

import io.velesdb.StatementText;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Keywords, strings, numbers, parameters and comments in colours of their own, while a statement is typed. */
final class StatementColours implements Highlighter {
    private static final Pattern PARTS = Pattern.compile(
            "(?<comment>--[^\\n]*)|(?<text>'[^']*'?)|(?<name>\"[^\"]*\"?|`[^`]*`?)"
                    + "|(?<parameter>\\$[A-Za-z_][A-Za-z0-9_]*)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9][0-9.]*)");

    private static final Set<String> KEYWORDS = new HashSet<>(StatementText.keywords());

    private final boolean colour;

    StatementColours(boolean colour) {
        this.colour = colour;
    }

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        if (!colour || Session.isCommand(text)) {
            return new AttributedString(text);
        }
        AttributedStringBuilder line = new AttributedStringBuilder();
        Matcher parts = PARTS.matcher(text);
        int done = 0;
        while (parts.find()) {
            line.append(text, done, parts.start());
            line.styled(style(parts), parts.group());
            done = parts.end();
        }
        return line.append(text, done, text.length()).toAttributedString();
    }

    private static AttributedStyle style(Matcher part) {
        AttributedStyle usual = AttributedStyle.DEFAULT;
        if (part.group("comment") != null) {
            return usual.faint();
        }
        if (part.group("text") != null) {
            return usual.foreground(AttributedStyle.GREEN);
        }
        if (part.group("parameter") != null) {
            return usual.foreground(AttributedStyle.MAGENTA);
        }
        if (part.group("number") != null) {
            return usual.foreground(AttributedStyle.CYAN);
        }
        String word = part.group("word");
        return word != null && KEYWORDS.contains(word.toUpperCase(Locale.ROOT)) ? usual.bold() : usual;
    }
}
