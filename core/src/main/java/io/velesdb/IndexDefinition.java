package io.velesdb;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.Value;

/**
 * An index that somebody asked for. Immutable; two are the same index when they are equal.
 *
 * @param kind what it helps with
 * @param label the label of the rows that it is about; empty for kinds that are about all rows
 * @param field a field of the payload, of nested objects included
 */
public record IndexDefinition(IndexKind kind, String label, FieldPath field) {
    /** The longest label and the longest field, in UTF-16 units. */
    private static final int LONGEST = 1_024;

    /**
     * @throws VelesException VELES-010 when the field is the id, which needs no index, or the payload as a whole, or when
     *     a label is missing or not called for
     */
    public IndexDefinition {
        Value.checkText(label);
        if (field.isId() || field.members().isEmpty()) {
            throw bad("an index on '" + field + "' is of no use: name a member of the payload"
                    + (field.isId() ? ", ids are always indexed (payload.id is a member named id)" : ""));
        }
        if (kind.hasLabel() == label.isBlank()) {
            throw bad(
                    kind.hasLabel()
                            ? "an index of type " + kind.canonicalName() + " needs the label of its rows: give one"
                            : "an index of type " + kind.canonicalName() + " is about all rows, not about label '"
                                    + label + "': leave the label out");
        }
        int length = label.length();
        for (String name : field.names()) {
            length += name.length();
        }
        if (length > LONGEST) {
            throw bad(
                    "label and field of an index have " + length + " characters, at most " + LONGEST + " are allowed");
        }
    }

    /** Rows ordered by a field, a path with dots between its names. */
    public static IndexDefinition secondary(String field) {
        return new IndexDefinition(IndexKind.SECONDARY, "", FieldPath.of(field));
    }

    /** Rows with a label by equality of a property. */
    public static IndexDefinition property(String label, String property) {
        return new IndexDefinition(IndexKind.PROPERTY, label, FieldPath.of(property));
    }

    /** Rows with a label ordered by a property. */
    public static IndexDefinition range(String label, String property) {
        return new IndexDefinition(IndexKind.RANGE, label, FieldPath.of(property));
    }

    /** Runs of three characters of a text field. */
    public static IndexDefinition trigram(String field) {
        return new IndexDefinition(IndexKind.TRIGRAM, "", FieldPath.of(field));
    }

    /** Points: objects with numeric members {@code lat} and {@code lng}, in degrees. */
    public static IndexDefinition geo(String field) {
        return new IndexDefinition(IndexKind.GEO, "", FieldPath.of(field));
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.QUERY, text);
    }
}
