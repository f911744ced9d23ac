package io.velesdb.cli.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the two outputs.
 *
 * @param columns the width of standard output when that is a terminal, else 0
 * @param progress whether standard error is a terminal, where a line may be redrawn
 * @param colour whether standard output may have colour
 */
public record Terminal(int columns, boolean progress, boolean colour) {
    /** Neither output is a terminal. */
    public static final Terminal NONE = new Terminal(0, false, false);

    private static final int USUAL_COLUMNS = 80;
    private static final int NARROWEST = 40;

    /**
     * The terminal of this process. A JVM cannot see the two outputs one by one: the launcher looks and tells in {@code
     * VELESDB_COLUMNS} and {@code VELESDB_STDERR_TTY}; without it, the console of the JVM is asked.
     */
    public static Terminal detect(Map<String, String> environment, boolean interactive) {
        boolean launched = environment.containsKey("VELESDB_LAUNCHER");
        boolean out = launched ? environment.containsKey("VELESDB_COLUMNS") : interactive;
        boolean err = launched ? environment.containsKey("VELESDB_STDERR_TTY") : interactive;
        boolean colour = out && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out ? columns(environment.get("VELESDB_COLUMNS")) : 0, err, colour);
    }

    private static int columns(@Nullable String text) {
        if (text == null || !text.matches("[1-9][0-9]{0,3}")) {
            return USUAL_COLUMNS;
        }
        return Math.max(NARROWEST, Integer.parseInt(text));
    }

    /** {@code text} in bold where colour is allowed. */
    public String bold(String text) {
        return colour ? "\033[1m" + text + "\033[0m" : text;
    }

    /** {@code text} in a fainter shade where colour is allowed. */
    public String faint(String text) {
        return colour ? "\033[2m" + text + "\033[0m" : text;
    }
}
