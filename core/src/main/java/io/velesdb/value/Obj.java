package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, immutable: a payload, or part of one. Members keep the order in which they were first written; of a
 * repeated name the last value counts. Equality ignores the order.
 *
 * <pre>{@code
 * Obj entry = Obj.of("word", "oar", "senses", 3, "crew", Obj.of("base", "Oslo"));
 * Obj renamed = entry.with("word", Value.of("paddle"));
 * }</pre>
 *
 * A look-up costs a few comparisons up to {@value #SMALL} members and one hash beyond.
 */
public final class Obj implements Value {
    /** Up to here a scan of the names beats a hash table. */
    private static final int SMALL = 8;

    /** The object without members. */
    public static final Obj EMPTY = new Obj(new String[0], new Value[0], 0, null);

    private final String[] names;
    private final Value[] values;
    private final int size;
    private final @Nullable Map<String, Integer> positions;
    private final int levels;

    private Obj(String[] names, Value[] values, int size, @Nullable Map<String, Integer> positions) {
        this.names = names;
        this.values = values;
        this.size = size;
        this.positions = positions;
        this.levels = Value.levelsAround(Arr.values(values, size));
    }

    /**
     * The object of alternating names and plain Java values, the values as by {@link Value#of(Object)}: {@code
     * Obj.of("a", 1, "b", "x")}.
     *
     * @throws VelesException VELES-017 when a name is not text or a value is not a JSON value
     */
    public static Obj of(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "the last of " + namesAndValues.length + " arguments is a name without a value");
        }
        Builder members = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new VelesException(
                        ErrorCode.SCHEMA_VALIDATION,
                        "argument " + i + " is " + namesAndValues[i] + ": a member's name is text");
            }
            members.put(name, Value.of(namesAndValues[i + 1]));
        }
        return members.build();
    }

    /** The object of a map's entries, as by {@link Value#of(Object)}. */
    public static Obj of(Map<String, ?> members) {
        Builder builder = builder();
        for (Map.Entry<String, ?> member : members.entrySet()) {
            builder.put(member.getKey(), Value.of(member.getValue()));
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The name of the member at {@code index}, in the order written. */
    public String name(int index) {
        return names[index];
    }

    /** The value of the member at {@code index}, in the order written. */
    public Value value(int index) {
        return values[index];
    }

    /** The value of a member, or {@code null} when there is none of that name. */
    public @Nullable Value get(String name) {
        int index = indexOf(names, size, positions, name);
        return index < 0 ? null : values[index];
    }

    /** The text of a member, or {@code null} when it is missing or no string. */
    public @Nullable String text(String name) {
        return get(name) instanceof Str string ? string.text() : null;
    }

    public boolean has(String name) {
        return indexOf(names, size, positions, name) >= 0;
    }

    /** This object with one member added or replaced. */
    public Obj with(String name, @Nullable Object value) {
        return builder().putAll(this).put(name, Value.of(value)).build();
    }

    /** This object without one member. */
    public Obj without(String name) {
        if (!has(name)) {
            return this;
        }
        Builder rest = builder();
        for (int i = 0; i < size; i++) {
            if (!names[i].equals(name)) {
                rest.put(names[i], values[i]);
            }
        }
        return rest.build();
    }

    /** Levels of arrays and objects, this one included. */
    public int levels() {
        return levels;
    }

    /**
     * This object, when it may be a payload.
     *
     * @throws VelesException VELES-017 when it has more than {@value Value#MAX_PAYLOAD_LEVELS} levels
     */
    public Obj checkStorable() {
        if (levels > MAX_PAYLOAD_LEVELS) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "the payload has " + levels + " levels of arrays and objects, " + MAX_PAYLOAD_LEVELS
                            + " are allowed: flatten it");
        }
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Obj that) || size != that.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!values[i].equals(that.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += names[i].hashCode() ^ values[i].hashCode() * 31;
        }
        return sum;
    }

    @Override
    public String toString() {
        return Json.write(this);
    }

    private static int indexOf(String[] names, int size, @Nullable Map<String, Integer> positions, String name) {
        if (positions != null) {
            Integer index = positions.get(name);
            return index == null ? -1 : index;
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects members; of a repeated name the last value counts, at the place of the first. Not thread-safe. */
    public static final class Builder {
        private String[] names = new String[SMALL];
        private Value[] values = new Value[SMALL];
        private int size;
        private @Nullable Map<String, Integer> positions;

        private Builder() {}

        /** @throws VelesException VELES-017 when the name is not valid Unicode */
        public Builder put(String name, Value value) {
            Value.checkText(name);
            int index = indexOf(names, size, positions, name);
            if (index >= 0) {
                values[index] = value;
                return this;
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            if (size == SMALL) {
                positions = new HashMap<>();
                for (int i = 0; i < size; i++) {
                    positions.put(names[i], i);
                }
            }
            if (positions != null) {
                positions.put(name, size);
            }
            names[size] = name;
            values[size++] = value;
            return this;
        }

        public Builder putAll(Obj members) {
            for (int i = 0; i < members.size; i++) {
                put(members.names[i], members.values[i]);
            }
            return this;
        }

        /** The object; the builder is empty afterwards. */
        public Obj build() {
            Obj built = size == 0 ? EMPTY : new Obj(names, values, size, positions);
            names = new String[SMALL];
            values = new Value[SMALL];
            size = 0;
            positions = null;
            return built;
        }
    }
}
