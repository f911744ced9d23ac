package io.velesdb.index.column;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a filter: binds it to the columns, lets them answer, and reads the payloads of the live rows that they
 * leave in doubt.
 */
final class Evaluation {
    private static final int ROWS_BETWEEN_CHECKS = 256;

    /** Rows that a sorted index takes in on behalf of a condition that a pass over the column answers too. */
    private static final int MOST_SORTED_FOR_A_PASS = 256;

    private final Fields fields;
    private final FieldIndexes indexes;
    private final int slots;
    private final ColumnIndex.RowReader rows;
    private final Cancellation cancellation;
    private final Workspace workspace;

    Evaluation(
            Fields fields,
            FieldIndexes indexes,
            int slots,
            ColumnIndex.RowReader rows,
            Cancellation cancellation,
            Workspace workspace) {
        this.fields = fields;
        this.indexes = indexes;
        this.slots = slots;
        this.rows = rows;
        this.cancellation = cancellation;
        this.workspace = workspace;
    }

    int run(Filter filter, long[] live, long[] into) {
        Bounds bounds = new Bounds(workspace, slots);
        plan(filter).evaluate(bounds);
        cancellation.check();
        int count = 0;
        long[] certain = bounds.certain();
        for (int w = 0, n = Bits.words(slots); w < n; w++) {
            into[w] = certain[w] & live[w];
            count += Long.bitCount(into[w]);
        }
        if (!bounds.isExact()) {
            count += decide(filter, bounds, live, into);
        }
        bounds.release();
        return count;
    }

    /** Adds the rows in doubt whose payloads meet the filter, and returns their number. */
    private int decide(Filter filter, Bounds bounds, long[] live, long[] into) {
        int found = 0;
        int read = 0;
        for (int w = 0, n = Bits.words(slots); w < n; w++) {
            long doubtful = bounds.possible()[w] & ~bounds.certain()[w] & live[w];
            for (; doubtful != 0; doubtful &= doubtful - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(doubtful);
                if (filter.matches(rows.id(slot), rows.payload(slot))) {
                    into[w] |= 1L << slot;
                    found++;
                }
                if ((++read & ROWS_BETWEEN_CHECKS - 1) == 0) {
                    cancellation.check();
                }
            }
        }
        return found;
    }

    private Plan plan(Filter filter) {
        return switch (filter) {
            case Filter.And f -> and(f.conditions());
            case Filter.Or f -> new OrPlan(plans(f.conditions()), workspace, slots);
            case Filter.Not f -> new NotPlan(plan(f.condition()), slots);
            case Filter.Leaf f -> leaf(f);
        };
    }

    private Plan and(List<? extends Filter> conditions) {
        return conditions.isEmpty()
                ? new ConstantPlan(slots, Plan.YES, null)
                : new AndPlan(conjuncts(conditions), workspace, slots);
    }

    /** As {@link #plans}, with the two bounds of a range as one plan. */
    private List<Plan> conjuncts(List<? extends Filter> conditions) {
        List<Plan> plans = new ArrayList<>(conditions.size());
        for (int i = 0; i < conditions.size(); i++) {
            if (!(conditions.get(i) instanceof Filter.Compare compare && narrow(plans, compare))) {
                plans.add(plan(conditions.get(i)));
            }
        }
        return plans;
    }

    private static boolean narrow(List<Plan> plans, Filter.Compare compare) {
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).narrow(compare)) {
                return true;
            }
        }
        return false;
    }

    private List<Plan> plans(List<? extends Filter> conditions) {
        List<Plan> plans = new ArrayList<>(conditions.size());
        for (int i = 0; i < conditions.size(); i++) {
            plans.add(plan(conditions.get(i)));
        }
        return plans;
    }

    private Plan leaf(Filter.Leaf leaf) {
        return switch (leaf) {
            case Filter.Neq f -> new NotPlan(field(new Filter.Eq(f.field(), f.value())), slots);
            case Filter.IsNotNull f -> new NotPlan(field(new Filter.IsNull(f.field())), slots);
            case Filter.ArrayContainsAll f -> {
                if (f.values().values().isEmpty()) {
                    yield field(f);
                }
                List<Filter> each = new ArrayList<>();
                for (Value value : f.values().values()) {
                    each.add(new Filter.ArrayContains(f.field(), value));
                }
                yield and(each);
            }
            case Filter.GeoBox f -> {
                Plan indexed = points(f);
                yield indexed != null ? indexed : f.field().isId() ? field(f) : and(GeoBounds.of(f));
            }
            case Filter.GeoDistance f -> {
                Plan indexed = points(f);
                if (indexed != null) {
                    yield indexed;
                }
                List<Filter> bounds = f.field().isId() ? List.of() : GeoBounds.of(f);
                if (bounds.isEmpty()) {
                    yield field(f);
                }
                List<Plan> plans = conjuncts(bounds);
                plans.add(field(f));
                yield new AndPlan(plans, workspace, slots);
            }
            default -> field(leaf);
        };
    }

    private Plan field(Filter.Leaf leaf) {
        FieldPath path = leaf.field();
        if (path.isId()) {
            return new IdPlan(leaf, slots, rows);
        }
        if (path.members().isEmpty()) {
            return wholePayload(leaf);
        }
        Column column = fields.find(path.members());
        if (column == null) {
            return new ConstantPlan(slots, leaf.test(null) ? Plan.YES : Plan.NO, fields.withMore());
        }
        LeafPlan plan = new LeafPlan(leaf, column, workspace, slots);
        FieldIndexes.FieldIndex index = indexes.find(path.members());
        if (index.sorted() != null) {
            Plan ordered = ordered(leaf, plan, column, index.sorted());
            if (ordered != null) {
                return ordered;
            }
        }
        return index.trigrams() == null ? plan : trigrams(leaf, plan, column, index.trigrams());
    }

    private @Nullable Plan points(Filter.Leaf leaf) {
        FieldPath path = leaf.field();
        GeoIndex index = path.isId() ? null : indexes.find(path.members()).points();
        Column column = index == null ? null : fields.find(path.members());
        if (index == null || column == null) {
            return null;
        }
        GeoPoints points = index.upTo(slots, column, new ColumnValues(column, path, rows), cancellation);
        return new GeoPlan(leaf, points, column, workspace, slots);
    }

    private Plan trigrams(Filter.Leaf leaf, LeafPlan plan, Column column, TrigramIndex index) {
        if (column.strings.count() == 0) {
            return plan;
        }
        long[] required = Trigrams.required(leaf);
        if (required.length == 0) {
            return plan;
        }
        index.advance(slots, column, new ColumnValues(column, leaf.field(), rows), cancellation);
        int covered = index.covered();
        return new TrigramPlan(plan, column, covered, index.find(required), workspace, slots);
    }

    /** Null when sorted rows are of no use, or would have to be sorted first for a pass that is short. */
    private @Nullable Plan ordered(Filter.Leaf leaf, LeafPlan plan, Column column, SortedIndex index) {
        List<Filter.Compare> comparisons;
        boolean readsStrings = false;
        boolean probesPayloads;
        if (leaf instanceof Filter.Compare f && f.value() instanceof Value.Num) {
            comparisons = List.of(f);
            probesPayloads = false;
        } else if (leaf instanceof Filter.Compare f && f.value() instanceof Value.Str) {
            comparisons = List.of(f);
            readsStrings = column.strings.count() > 0;
            probesPayloads = readsStrings;
        } else if (leaf instanceof Filter.Eq f && f.value() instanceof Value.Str && column.strings.count() > 0) {
            comparisons = List.of(
                    new Filter.Compare(f.field(), Operator.GTE, f.value()),
                    new Filter.Compare(f.field(), Operator.LTE, f.value()));
            probesPayloads = true;
        } else {
            return null;
        }
        if (!readsStrings && slots - index.current().covered() > MOST_SORTED_FOR_A_PASS) {
            return null;
        }
        ColumnValues values = new ColumnValues(column, leaf.field(), rows);
        SortedRows sorted = index.upTo(slots, column, values, cancellation);
        return sorted == null ? null : new OrderedPlan(plan, comparisons, sorted, slots, readsStrings, probesPayloads);
    }

    /** The whole payload is an object in every row; only what asks for its members needs to read it. */
    private Plan wholePayload(Filter.Leaf leaf) {
        boolean asks = leaf instanceof Filter.GeoDistance
                || leaf instanceof Filter.GeoBox
                || leaf instanceof Filter.Eq f && f.value() instanceof Obj
                || leaf instanceof Filter.In in && in.values().values().stream().anyMatch(Obj.class::isInstance);
        return new ConstantPlan(slots, asks ? Plan.MAYBE : leaf.test(Obj.EMPTY) ? Plan.YES : Plan.NO, null);
    }
}
