package io.velesdb.value;

import io.velesdb.VelesException;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON array, immutable. */
public final class Arr implements Value, Iterable<Value> {
    private static final Arr EMPTY = new Arr(new Value[0]);

    private final Value[] elements;
    private final int levels;

    private Arr(Value[] elements) {
        this.elements = elements;
        this.levels = Value.levelsAround(values(elements, elements.length));
    }

    /**
     * The array of these values.
     *
     * @throws VelesException VELES-017 when it has more than {@value Value#MAX_LEVELS} levels
     */
    public static Arr of(List<? extends Value> elements) {
        return elements.isEmpty() ? EMPTY : new Arr(elements.toArray(new Value[0]));
    }

    /** The array of these plain Java objects, each as by {@link Value#of(Object)}. */
    public static Arr of(@Nullable Object... elements) {
        Value[] values = new Value[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Value.of(elements[i]);
        }
        return new Arr(values);
    }

    public int size() {
        return elements.length;
    }

    public Value get(int index) {
        return elements[index];
    }

    /** The elements as an unmodifiable list. */
    public List<Value> elements() {
        return values(elements, elements.length);
    }

    @Override
    public Iterator<Value> iterator() {
        return elements().iterator();
    }

    /** Levels of arrays and objects, this one included. */
    public int levels() {
        return levels;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arr that && elements().equals(that.elements());
    }

    @Override
    public int hashCode() {
        return elements().hashCode();
    }

    @Override
    public String toString() {
        return Json.write(this);
    }

    /** A read-only view of the first {@code size} values. */
    static List<Value> values(Value[] values, int size) {
        return new ValueList(values, size);
    }

    private static final class ValueList extends AbstractList<Value> implements RandomAccess {
        private final Value[] values;
        private final int size;

        ValueList(Value[] values, int size) {
            this.values = values;
            this.size = size;
        }

        @Override
        public Value get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
