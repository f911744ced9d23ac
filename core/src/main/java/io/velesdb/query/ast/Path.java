package io.velesdb.query.ast;

import java.util.List;

/**
 * Names joined by dots: a column, a payload path, a score variable, a qualified name. Which of them it is follows from the
 * scope, not from the text.
 *
 * @param segments one or more names without quotes; a quoted name may contain dots
 */
public record Path(Position position, List<String> segments) implements Arithmetic, Argument, WindowKey.Value {
    public Path {
        segments = List.copyOf(segments);
    }

    /** The path as written without quotes: segments joined by dots. */
    public String text() {
        return segments.size() == 1 ? segments.get(0) : String.join(".", segments);
    }
}
