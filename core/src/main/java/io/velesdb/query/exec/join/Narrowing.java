package io.velesdb.query.exec.join;

import io.velesdb.filter.Filter;
import io.velesdb.filter.ValueSet;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the smaller side of a join says about the rows that are needed of the larger: only those with one of its keys. A
 * scan that is opened afterwards reads no others. Belongs to one execution of one statement.
 */
public final class Narrowing {
    /** A side is narrowed by the keys of the other where it has so many times its rows. */
    static final int SHARE = 16;

    /** For scans that no join narrows. */
    public static final Narrowing NONE = new Narrowing(0);

    private final List<List<Filter>> bySource = new ArrayList<>();

    Narrowing(int sources) {
        for (int i = 0; i < sources; i++) {
            bySource.add(new ArrayList<>());
        }
    }

    /** Whether a column can tell the rows that have one of some keys. */
    static boolean canNarrow(FieldRef field) {
        return field.source() >= 0 && (field.kind() == FieldRef.Kind.ID || field.kind() == FieldRef.Kind.MEMBER);
    }

    /** From now on only rows with one of the keys are read of the source of a field. Lists and objects are no keys of columns. */
    void restrict(FieldRef field, Collection<Value> keys) {
        for (Value key : keys) {
            if (key instanceof Obj || key instanceof Arr) {
                return;
            }
        }
        bySource.get(field.source()).add(new Filter.In(field.requirePath(), ValueSet.of(List.copyOf(keys))));
    }

    /** What holds for the rows of a source that are needed, with what the statement says of them; null for nothing. */
    @Nullable
    public Filter of(int source, @Nullable Filter written) {
        if (source >= bySource.size() || bySource.get(source).isEmpty()) {
            return written;
        }
        List<Filter> all = new ArrayList<>(bySource.get(source));
        if (written != null) {
            all.add(written);
        }
        return all.size() == 1 ? all.get(0) : new Filter.And(all);
    }
}
