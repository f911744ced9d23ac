package io.velesdb.filter;

import io.velesdb.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values to look for, in the order given. A few are compared one by one, many are found by hash. Immutable. */
public final class ValueSet {
    private static final int FEW = 8;

    private final List<Value> values;
    private final @Nullable Set<Value> hashed;

    private ValueSet(List<Value> values) {
        this.values = values;
        this.hashed = values.size() > FEW ? new HashSet<>(values) : null;
    }

    public static ValueSet of(List<? extends Value> values) {
        return new ValueSet(List.copyOf(values));
    }

    /** The values as given, duplicates included. */
    public List<Value> values() {
        return values;
    }

    public boolean contains(Value value) {
        return hashed != null ? hashed.contains(value) : values.contains(value);
    }

    boolean containsAll(List<Value> others) {
        for (int i = 0; i < others.size(); i++) {
            if (!contains(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueSet that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
