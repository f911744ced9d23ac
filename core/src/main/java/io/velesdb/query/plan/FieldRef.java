package io.velesdb.query.plan;

import io.velesdb.filter.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of a statement, resolved to where its value comes from (section 4.1 of the language).
 *
 * @param source the number of the source that is read; {@link #ANY}: the sources from left to right, the first that has
 *     the field
 * @param kind what the path names within the source
 * @param path the member or the id; null for the vector
 * @param text the path as written, without quotes: the key of a result column
 */
public record FieldRef(int source, Kind kind, @Nullable FieldPath path, String text) {
    /** An unqualified path over more than one source. */
    public static final int ANY = -1;

    /** What a path names within its source. */
    public enum Kind {
        /** The identifier of the row. */
        ID,
        /** The dense vector of the row. */
        VECTOR,
        /** The payload member {@code score} or, where there is none, the score of a ranked row. */
        SCORE,
        /** The payload or a member of it. */
        MEMBER
    }

    /**
     * The reference of names within a source.
     *
     * @param names what is left after a qualifier was taken off, at least one
     * @param qualified whether there was one; only an unqualified {@code score} is the score of a row
     */
    public static FieldRef of(int source, List<String> names, boolean qualified, String text) {
        if (names.size() == 1) {
            switch (names.get(0)) {
                case "id":
                    return new FieldRef(source, Kind.ID, new FieldPath(names), text);
                case "vector":
                    return new FieldRef(source, Kind.VECTOR, null, text);
                case "score":
                    return new FieldRef(source, qualified ? Kind.MEMBER : Kind.SCORE, new FieldPath(names), text);
                default:
                    break;
            }
        }
        return new FieldRef(source, Kind.MEMBER, new FieldPath(names), text);
    }

    /** The path, where the reference is to the id or a member. */
    public FieldPath requirePath() {
        if (path == null) {
            throw new IllegalStateException("the vector has no path");
        }
        return path;
    }

    /** The same field of one particular source. */
    public FieldRef of(int one) {
        return new FieldRef(one, kind, path, text);
    }

    /** Whether both name the same field of the same source, however it was written. */
    public boolean isSameAs(FieldRef other) {
        if (source != other.source || kind != other.kind) {
            return false;
        }
        FieldPath mine = path;
        FieldPath theirs = other.path;
        return mine == null || theirs == null
                ? mine == null && theirs == null
                : mine.members().equals(theirs.members());
    }
}
