package io.velesdb.index.column;

import io.velesdb.CollectionStatistics;
import io.velesdb.FieldStatistics;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.index.column.RowEstimate.Method;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a filter selects, without evaluating it: single conditions by columns and statistics, their combinations
 * as if they did not depend on each other (Selinger et al. 1979).
 */
final class Estimation {
    /** What a condition keeps of the values about which nothing more is known. */
    private static final double UNKNOWN_SHARE = 1.0 / 3;

    private final Fields fields;
    private final int slots;
    private final double rows;
    private final @Nullable CollectionStatistics statistics;
    private Method method = Method.HISTOGRAM;

    Estimation(Fields fields, int slots, int rows, @Nullable CollectionStatistics statistics) {
        this.fields = fields;
        this.slots = slots;
        this.rows = rows;
        this.statistics = statistics;
    }

    RowEstimate run(Filter filter) {
        double share = share(filter);
        return new RowEstimate((long) Math.floor(rows * share + 0.5), method);
    }

    private void by(Method used) {
        method = used.compareTo(method) < 0 ? used : method;
    }

    private double share(Filter filter) {
        return switch (filter) {
            case Filter.And f -> {
                double all = 1;
                for (Filter condition : f.conditions()) {
                    all *= share(condition);
                }
                yield all;
            }
            case Filter.Or f -> {
                double none = 1;
                for (Filter condition : f.conditions()) {
                    none *= 1 - share(condition);
                }
                yield 1 - none;
            }
            case Filter.Not f -> 1 - share(f.condition());
            case Filter.Leaf f -> Math.max(0, Math.min(1, leaf(f)));
        };
    }

    private double leaf(Filter.Leaf leaf) {
        if (leaf.field().isId()) {
            by(Method.CARDINALITY);
            return switch (leaf) {
                case Filter.Eq f -> ofRows(1);
                case Filter.In f -> ofRows(f.values().values().size());
                case Filter.Neq f -> 1 - ofRows(1);
                case Filter.IsNull f -> 0;
                case Filter.IsNotNull f -> 1;
                default -> unknown(1);
            };
        }
        if (leaf.field().members().isEmpty()) {
            return unknown(1);
        }
        Column column = fields.find(leaf.field().members());
        if (column == null) {
            by(Method.CARDINALITY);
            return leaf.test(null) ? 1 : fields.withMore().count() == 0 ? 0 : unknown(1);
        }
        double present = slots == 0 ? 0 : (double) column.present.count() / slots;
        return switch (leaf) {
            case Filter.Eq f -> equal(column, f.field(), f.value());
            case Filter.Neq f -> 1 - equal(column, f.field(), f.value());
            case Filter.In f -> {
                double sum = 0;
                for (Value value : f.values().values()) {
                    sum += equal(column, f.field(), value);
                }
                yield sum;
            }
            case Filter.IsNull f -> nulls(column, present);
            case Filter.IsNotNull f -> 1 - nulls(column, present);
            case Filter.Compare f -> compare(f, present);
            case Filter.ArrayContains f -> elements(column, List.of(f.value()));
            case Filter.ArrayContainsAny f -> elements(column, f.values().values());
            case Filter.ArrayContainsAll f -> {
                double all = ofSlots(column.arrays.count());
                for (Value value : f.values().values()) {
                    all = Math.min(all, elements(column, List.of(value)));
                }
                yield all;
            }
            case Filter.GeoBox f -> unknown(ofSlots(column.objects.count()));
            case Filter.GeoDistance f -> unknown(ofSlots(column.objects.count()));
            case Filter.Like f -> unknown(present);
            case Filter.Contains f -> unknown(present);
        };
    }

    private double unknown(double of) {
        by(Method.NO_HISTOGRAM);
        return of * UNKNOWN_SHARE;
    }

    private double ofRows(double count) {
        return rows == 0 ? 0 : count / rows;
    }

    /** Dead rows are taken to be as the live ones. */
    private double ofSlots(double count) {
        return slots == 0 ? 0 : count / slots;
    }

    private double nulls(Column column, double present) {
        by(Method.CARDINALITY);
        Dictionary.Entry entry = column.scalars.find(Value.NULL);
        return 1 - present + (entry == null ? 0 : ofSlots(entry.slots().count()));
    }

    private double equal(Column column, FieldPath field, Value value) {
        by(Method.CARDINALITY);
        if (value instanceof Arr || value instanceof Obj) {
            return Math.min(1, ofRows(1));
        }
        NumberRows keyed = column.numbers();
        if (keyed == null || !(value instanceof Value.Num)) {
            Dictionary.Entry entry = column.scalars.find(value);
            if (entry != null) {
                return ofSlots(entry.slots().count());
            }
            if (!(value instanceof Value.Str) || column.strings.count() == 0) {
                return 0;
            }
        }
        FieldStatistics known = statistics == null ? null : statistics.field(field);
        double spread = keyed != null && value instanceof Value.Num ? keyed.count() : column.strings.count();
        double distinct = known == null ? spread : Math.max(1, Math.min(spread, (double) known.distinctCount()));
        return distinct == 0 ? 0 : ofSlots(spread / distinct);
    }

    private double elements(Column column, List<Value> values) {
        by(Method.CARDINALITY);
        double sum = 0;
        for (Value value : values) {
            Dictionary.Entry entry = column.elements.find(value);
            sum += entry == null ? 0 : ofSlots(entry.slots().count());
        }
        return Math.min(sum, ofSlots(column.arrays.count()));
    }

    private double compare(Filter.Compare compare, double present) {
        FieldStatistics known = statistics == null ? null : statistics.field(compare.field());
        if (known == null || known.histogram().isEmpty() || statistics == null || statistics.rowCount() == 0) {
            return unknown(present);
        }
        double found = 0;
        for (FieldStatistics.Bucket bucket : known.histogram()) {
            found += bucket.rows() * shareOf(bucket, compare);
        }
        return found / statistics.rowCount();
    }

    /** What a comparison keeps of the rows of a bucket: numbers lie evenly between its ends, of the rest half. */
    private static double shareOf(FieldStatistics.Bucket bucket, Filter.Compare compare) {
        boolean least = compare.test(bucket.least());
        boolean greatest = compare.test(bucket.greatest());
        if (least && greatest) {
            return 1;
        }
        if (!least && !greatest) {
            return 0;
        }
        if (bucket.least() instanceof Value.Num from
                && bucket.greatest() instanceof Value.Num to
                && compare.value() instanceof Value.Num bound) {
            double width = to.doubleValue() - from.doubleValue();
            double below = width > 0 ? (bound.doubleValue() - from.doubleValue()) / width : 0.5;
            boolean upwards = compare.operator() == Operator.GT || compare.operator() == Operator.GTE;
            return Math.max(0, Math.min(1, upwards ? 1 - below : below));
        }
        return 0.5;
    }
}
