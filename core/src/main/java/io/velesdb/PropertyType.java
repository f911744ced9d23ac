package io.velesdb;

import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.Locale;

/** What a {@link GraphSchema} says of a property. A JSON {@code null} is no value and fits every type. */
public enum PropertyType {
    STRING("string"),
    /** A number without fraction and exponent. */
    INTEGER("integer"),
    /** Any number. */
    FLOAT("float"),
    BOOLEAN("boolean"),
    /** An array of numbers. */
    VECTOR("vector");

    private final String canonicalName;

    PropertyType(String canonicalName) {
        this.canonicalName = canonicalName;
    }

    /** The name on every surface. */
    public String canonicalName() {
        return canonicalName;
    }

    /** True when a property of this type may have this value. */
    public boolean admits(Value value) {
        if (value instanceof Value.Null) {
            return true;
        }
        return switch (this) {
            case STRING -> value instanceof Value.Str;
            case INTEGER -> value instanceof Value.Int || value instanceof Value.UInt;
            case FLOAT -> value instanceof Value.Num;
            case BOOLEAN -> value instanceof Value.Bool;
            case VECTOR -> value instanceof Arr array && isVector(array);
        };
    }

    private static boolean isVector(Arr array) {
        for (Value element : array) {
            if (!(element instanceof Value.Num)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The type of a name, in any case.
     *
     * @throws VelesException VELES-017 for any other name
     */
    public static PropertyType parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "string" -> STRING;
            case "integer" -> INTEGER;
            case "float" -> FLOAT;
            case "boolean" -> BOOLEAN;
            case "vector" -> VECTOR;
            default ->
                throw new VelesException(
                        ErrorCode.SCHEMA_VALIDATION,
                        "property type '" + name + "' is unknown: use string, integer, float, boolean or vector");
        };
    }
}
