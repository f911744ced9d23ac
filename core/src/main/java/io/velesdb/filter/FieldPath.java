package io.velesdb.filter;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a filter looks: one or more names. The single name {@code id} is the id of the row, whatever the payload holds;
 * the single name {@code payload} is the whole payload ({@code {}} when there is none); a leading {@code payload} before
 * further names is dropped, so that {@code payload.id} is the member {@code id}. Everything else walks members of objects;
 * arrays are not indexed. A step into something else, or to a member that is not there, makes the field missing.
 *
 * <p>The text form joins names with dots ({@code crew.base}); a name that has a dot itself needs {@link #ofNames}.
 *
 * @param names the names as written, at least one
 */
public record FieldPath(List<String> names) {
    private static final String ID = "id";
    private static final String PAYLOAD = "payload";
    private static final String VECTOR = "vector";

    /** @throws VelesException VELES-010 when there is no name, or the single name {@code vector} */
    public FieldPath {
        names = List.copyOf(names);
        names.forEach(Value::checkText);
        if (names.isEmpty()) {
            throw bad("field [] has no name: give at least one");
        }
        if (names.size() == 1 && names.get(0).equals(VECTOR)) {
            throw bad("field \"vector\" is the vector, which filters do not test:"
                    + " write payload.vector for a payload member of that name");
        }
    }

    /**
     * The path of a text with dots between the names.
     *
     * @throws VelesException VELES-010 when a name is empty
     */
    public static FieldPath of(String dotted) {
        List<String> names = new ArrayList<>();
        int from = 0;
        while (true) {
            int dot = dotted.indexOf('.', from);
            String name = dot < 0 ? dotted.substring(from) : dotted.substring(from, dot);
            if (name.isEmpty()) {
                throw bad("field " + Json.excerpt(Value.of(dotted))
                        + " has an empty name: write the names with one dot between them,"
                        + " or as an array of names");
            }
            names.add(name);
            if (dot < 0) {
                return new FieldPath(names);
            }
            from = dot + 1;
        }
    }

    /** The path of these names, dots in them included. */
    public static FieldPath ofNames(String... names) {
        return new FieldPath(List.of(names));
    }

    /** The path in a JSON filter: text with dots, or an array of names. */
    static FieldPath fromJson(Value json) {
        if (json instanceof Value.Str text) {
            return of(text.text());
        }
        if (json instanceof Arr array) {
            List<String> names = new ArrayList<>();
            for (Value element : array) {
                if (!(element instanceof Value.Str name)) {
                    throw bad("field " + Json.excerpt(json) + " has the name " + Json.excerpt(element)
                            + ": names are text");
                }
                names.add(name.text());
            }
            return new FieldPath(names);
        }
        throw bad("field " + Json.excerpt(json) + " is no path: write text like \"crew.base\" or an array of names");
    }

    /** Text with dots where that reads back, else an array of names. */
    Value toJson() {
        for (String name : names) {
            if (name.isEmpty() || name.indexOf('.') >= 0) {
                return Value.of(names);
            }
        }
        return Value.of(String.join(".", names));
    }

    /** Whether this is the row's id. */
    public boolean isId() {
        return names.size() == 1 && names.get(0).equals(ID);
    }

    /** The members to walk from the payload: empty for the whole payload. Meaningless for the id. */
    public List<String> members() {
        return names.get(0).equals(PAYLOAD) ? names.subList(1, names.size()) : names;
    }

    /** The value of this field in a row, or {@code null} when it is missing. */
    public @Nullable Value resolve(long id, @Nullable Obj payload) {
        if (isId()) {
            return Ids.toValue(id);
        }
        Value value = payload == null ? Obj.EMPTY : payload;
        for (int i = names.get(0).equals(PAYLOAD) ? 1 : 0; i < names.size(); i++) {
            if (!(value instanceof Obj object)) {
                return null;
            }
            Value member = object.get(names.get(i));
            if (member == null) {
                return null;
            }
            value = member;
        }
        return value;
    }

    @Override
    public String toString() {
        return toJson() instanceof Value.Str text ? text.text() : Json.write(toJson());
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.QUERY, text);
    }
}
