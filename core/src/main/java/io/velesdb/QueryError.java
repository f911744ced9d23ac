package io.velesdb;

/**
 * Why a statement was refused before it ran. The numbering is that of the language, independent of {@link ErrorCode}: codes
 * with an E come from the parser, those with a V from the validation that follows it.
 */
public enum QueryError {
    /** A literal out of range, or a rule that the grammar does not show. */
    SYNTAX("E001", "SyntaxError"),
    /** Another word was expected. */
    UNEXPECTED_TOKEN("E001", "UnexpectedToken"),
    /** Too long, too deep, too many patterns. */
    COMPLEXITY("E007", "ComplexityLimit"),
    /** Two vector searches on different sides of an OR. */
    VECTOR_SEARCHES_UNDER_OR("V001", "ValidationError"),
    /** A score is asked for and nothing gives one. */
    NO_SCORE("V006", "ValidationError"),
    /** {@code x.*} with a name that FROM and JOIN do not declare. */
    UNKNOWN_SOURCE("V007", "ValidationError"),
    /** LET before a statement that has no use for it, FIRST without GROUP BY. */
    MISPLACED("V009", "ValidationError"),
    /** A subquery that refers to the query around it. */
    CORRELATED_SUBQUERY("V010", "ValidationError"),
    /** A graph predicate whose first node cannot be the row. */
    ANCHOR("V011", "ValidationError"),
    /** A fusion of something that cannot be fused, or with parameters that do not fit. */
    FUSION("V012", "ValidationError");

    private final String code;
    private final String kind;

    QueryError(String code, String kind) {
        this.code = code;
        this.kind = kind;
    }

    /** The code, for example {@code E001}. Two errors may share one. */
    public String code() {
        return code;
    }

    /** The name under which HTTP reports it, for example {@code UnexpectedToken}. */
    public String kind() {
        return kind;
    }

    /** Whether the parser raises it; otherwise validation does. */
    public boolean isParseError() {
        return code.charAt(0) == 'E';
    }
}
