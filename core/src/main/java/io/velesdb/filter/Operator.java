package io.velesdb.filter;

/** How two values are compared. */
public enum Operator {
    EQ("eq", "Eq"),
    NEQ("neq", "NotEq"),
    GT("gt", "Gt"),
    GTE("gte", "Gte"),
    LT("lt", "Lt"),
    LTE("lte", "Lte");

    /** As the type of a condition. */
    final String type;

    /** As the operator of {@code geo_distance}. */
    final String geoName;

    Operator(String type, String geoName) {
        this.type = type;
        this.geoName = geoName;
    }

    /** Whether this holds between a and b, given the sign of a compared with b. */
    boolean holds(int sign) {
        return switch (this) {
            case EQ -> sign == 0;
            case NEQ -> sign != 0;
            case GT -> sign > 0;
            case GTE -> sign >= 0;
            case LT -> sign < 0;
            case LTE -> sign <= 0;
        };
    }

    /** Whether this asks for an order: neither EQ nor NEQ. */
    public boolean isOrdering() {
        return this != EQ && this != NEQ;
    }
}
