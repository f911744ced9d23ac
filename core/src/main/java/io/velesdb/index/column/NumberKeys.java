package io.velesdb.index.column;

import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.value.Value;
import java.util.Arrays;

/**
 * Numbers as longs in the same order, so that every comparison with a constant is a range of keys. Each encoding holds
 * some numbers exactly and refuses the rest; a bound of any kind is turned into the nearest key on the right side, so
 * ranges are exact too.
 */
enum NumberKeys {
    /** Integers of a signed long, as they are. */
    LONG {
        @Override
        boolean holds(Value.Num number) {
            return number instanceof Value.Int
                    || number instanceof Value.Dbl d
                            && isWhole(d.value())
                            && d.value() >= -TWO_63
                            && d.value() < TWO_63;
        }

        @Override
        long key(Value.Num number) {
            return number instanceof Value.Int i ? i.value() : (long) number.doubleValue();
        }

        @Override
        Value.Num number(long key) {
            return new Value.Int(key);
        }

        @Override
        long floor(Value.Num bound) {
            return bound instanceof Value.Dbl d ? (long) Math.floor(d.value()) : key(bound);
        }

        @Override
        Value.Num least() {
            return new Value.Int(Long.MIN_VALUE);
        }

        @Override
        Value.Num greatest() {
            return new Value.Int(Long.MAX_VALUE);
        }
    },

    /** Finite doubles, and the integers that equal one. */
    DOUBLE {
        @Override
        boolean holds(Value.Num number) {
            return number instanceof Value.Dbl || number.equals(new Value.Dbl(number.doubleValue()));
        }

        @Override
        long key(Value.Num number) {
            return key(number.doubleValue());
        }

        // Positive doubles order as their bits; negative ones the other way round. Both zeros are one.
        private static long key(double value) {
            long bits = Double.doubleToRawLongBits(value + 0.0);
            return bits ^ bits >> 63 & Long.MAX_VALUE;
        }

        @Override
        Value.Num number(long key) {
            return new Value.Dbl(Double.longBitsToDouble(key ^ key >> 63 & Long.MAX_VALUE));
        }

        @Override
        long floor(Value.Num bound) {
            double nearest = bound.doubleValue();
            return Value.compare(new Value.Dbl(nearest), bound) <= 0 ? key(nearest) : key(nearest) - 1;
        }

        @Override
        Value.Num least() {
            return new Value.Dbl(-Double.MAX_VALUE);
        }

        @Override
        Value.Num greatest() {
            return new Value.Dbl(Double.MAX_VALUE);
        }
    },

    /** Ids: integers of an unsigned long, moved down by 2^63. */
    UNSIGNED {
        @Override
        boolean holds(Value.Num number) {
            return Value.compare(number, least()) >= 0
                    && Value.compare(number, greatest()) <= 0
                    && (!(number instanceof Value.Dbl d) || isWhole(d.value()));
        }

        @Override
        long key(Value.Num number) {
            return floor(number);
        }

        @Override
        Value.Num number(long key) {
            return (Value.Num) Value.ofUnsigned(key - Long.MIN_VALUE);
        }

        @Override
        long floor(Value.Num bound) {
            if (bound instanceof Value.Int i) {
                return i.value() + Long.MIN_VALUE;
            }
            if (bound instanceof Value.UInt u) {
                return u.bits() + Long.MIN_VALUE;
            }
            double value = Math.floor(bound.doubleValue());
            return value < TWO_63 ? (long) value + Long.MIN_VALUE : (long) (value - TWO_63);
        }

        @Override
        Value.Num least() {
            return new Value.Int(0);
        }

        @Override
        Value.Num greatest() {
            return new Value.UInt(-1);
        }
    };

    private static final double TWO_63 = 0x1p63;

    /** Whether the number has a key of its own. */
    abstract boolean holds(Value.Num number);

    /** The key of a number that {@link #holds}. */
    abstract long key(Value.Num number);

    /** A number whose key this is: of those that are equal, one. */
    abstract Value.Num number(long key);

    /** The key of the greatest number held that is not above {@code bound}, which lies between the least and greatest. */
    abstract long floor(Value.Num bound);

    abstract Value.Num least();

    abstract Value.Num greatest();

    static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    /**
     * The keys of the numbers for which a leaf holds: first and last of each range, one after the other. Leaves that hold
     * for no number have no ranges.
     */
    long[] ranges(Filter.Leaf leaf) {
        if (leaf instanceof Filter.Eq eq && eq.value() instanceof Value.Num number) {
            return holds(number) ? new long[] {key(number), key(number)} : new long[0];
        }
        if (leaf instanceof Filter.In in) {
            long[] ranges = new long[2 * in.values().values().size()];
            int size = 0;
            for (Value value : in.values().values()) {
                if (value instanceof Value.Num number && holds(number)) {
                    ranges[size++] = key(number);
                    ranges[size++] = key(number);
                }
            }
            return Arrays.copyOf(ranges, size);
        }
        if (leaf instanceof Filter.Compare compare && compare.value() instanceof Value.Num bound) {
            return range(compare.operator(), bound);
        }
        return new long[0];
    }

    private long[] range(Operator operator, Value.Num bound) {
        boolean upwards = operator == Operator.GT || operator == Operator.GTE;
        if (Value.compare(bound, least()) < 0) {
            return upwards ? all() : new long[0];
        }
        if (Value.compare(bound, greatest()) > 0) {
            return upwards ? new long[0] : all();
        }
        long floor = floor(bound);
        boolean withFloor = operator == Operator.LTE || operator == Operator.GTE;
        boolean floorIsBound = holds(bound);
        // What lies up to the floor is below the bound, or is the bound itself; everything above the floor is above it.
        if (upwards) {
            if (withFloor && floorIsBound) {
                return new long[] {floor, Long.MAX_VALUE};
            }
            return floor == Long.MAX_VALUE ? new long[0] : new long[] {floor + 1, Long.MAX_VALUE};
        }
        if (withFloor || !floorIsBound) {
            return new long[] {Long.MIN_VALUE, floor};
        }
        return floor == Long.MIN_VALUE ? new long[0] : new long[] {Long.MIN_VALUE, floor - 1};
    }

    private static long[] all() {
        return new long[] {Long.MIN_VALUE, Long.MAX_VALUE};
    }
}
