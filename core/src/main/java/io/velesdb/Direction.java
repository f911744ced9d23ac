package io.velesdb;

import java.util.Locale;

/** Which edges of a node are followed. */
public enum Direction {
    /** From source to target. */
    OUT("out"),
    /** From target to source. */
    IN("in"),
    /** Either way. */
    BOTH("both");

    private final String canonicalName;

    Direction(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name on every surface. */
    public String canonicalName() {
        return canonicalName;
    }

    /**
     * The direction of a name: {@code out}, {@code in}, {@code both}, or {@code outgoing}, {@code incoming}; in any case.
     *
     * @throws VelesException VELES-010 for any other
     */
    public static Direction parse(String name) {
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "out", "outgoing" -> OUT;
            case "in", "incoming" -> IN;
            case "both" -> BOTH;
            default ->
                throw new VelesException(ErrorCode.QUERY, "direction '" + name + "' is unknown: use out, in or both");
        };
    }
}
