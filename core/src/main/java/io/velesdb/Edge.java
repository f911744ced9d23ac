package io.velesdb;

import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A directed, labelled connection of two points of one collection. Immutable.
 *
 * <pre>{@code
 * Edge wrote = Edge.of(1, 10, "WROTE").withProperties(Obj.of("year", 1965));
 * }</pre>
 *
 * @param id unsigned, unique in its collection
 * @param source id of the point that it leaves
 * @param target id of the point that it enters; may be the source
 * @param label what kind of connection; stored without the white space around it
 * @param properties null for none
 */
public record Edge(
        long id,
        long source,
        long target,
        String label,
        @Nullable Obj properties) {
    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /**
     * @throws VelesException VELES-021 for a label of nothing but white space; VELES-017 for one that is not valid
     *     Unicode, and for properties that are nested too deeply to be stored
     */
    public Edge {
        label = checkLabel(label);
        if (properties != null) {
            properties.checkStorable();
        }
    }

    /** An edge without properties, its id derived: {@link #derivedId}. */
    public static Edge of(long source, long target, String label) {
        String checked = checkLabel(label);
        return new Edge(derivedId(source, target, checked), source, target, checked, null);
    }

    /** An edge without properties under an id of the caller's choice. */
    public static Edge of(long id, long source, long target, String label) {
        return new Edge(id, source, target, label, null);
    }

    /** The same edge with these properties. */
    public Edge withProperties(@Nullable Obj values) {
        return new Edge(id, source, target, label, values);
    }

    /** True for the same source, target and label. */
    public boolean connectsAs(Edge other) {
        return source == other.source && target == other.target && label.equals(other.label);
    }

    /**
     * The id of an edge that is given none: 64-bit FNV-1a over the source (8 bytes, little endian), the target (8 bytes,
     * little endian) and the label in UTF-8, without the white space around it.
     *
     * @throws VelesException VELES-021, VELES-017 for the label, as the constructor
     */
    public static long derivedId(long source, long target, String label) {
        BinaryWriter bytes = new BinaryWriter(64);
        bytes.writeLong(source).writeLong(target);
        int start = bytes.length();
        bytes.writeString(checkLabel(label));
        byte[] array = bytes.array();
        int text = start;
        while (array[text++] < 0) {
            // passes over the varint length of the label
        }
        long hash = FNV_OFFSET_BASIS;
        for (int i = 0; i < start; i++) {
            hash = (hash ^ array[i] & 0xFF) * FNV_PRIME;
        }
        for (int i = text; i < bytes.length(); i++) {
            hash = (hash ^ array[i] & 0xFF) * FNV_PRIME;
        }
        return hash;
    }

    /**
     * The label as it is stored: without the white space (Unicode White_Space) around it.
     *
     * @throws VelesException VELES-021 when nothing is left; VELES-017 for text that is not valid Unicode
     */
    @SuppressWarnings("NullAway") // callers without NullAway can hand in null
    public static String checkLabel(String label) {
        if (label == null) {
            throw new VelesException(ErrorCode.INVALID_EDGE_LABEL, "label is null: an edge has a label");
        }
        int from = 0;
        int to = label.length();
        while (from < to && isWhiteSpace(label.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(label.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            throw new VelesException(
                    ErrorCode.INVALID_EDGE_LABEL, "label '" + label + "' is blank: name the kind of the edge");
        }
        return new Value.Str(label.substring(from, to)).text();
    }

    /** White_Space of Unicode 16.0; the host's character tables are not asked. */
    private static boolean isWhiteSpace(char c) {
        return switch (c) {
            case '\t',
                    '\n',
                    '\u000B',
                    '\f',
                    '\r',
                    ' ',
                    '\u0085',
                    '\u00A0',
                    '\u1680',
                    '\u2028',
                    '\u2029',
                    '\u202F',
                    '\u205F',
                    '\u3000' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }
}
