package io.velesdb.query.exec.group;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.plan.AggregatePlan;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** One aggregate over one group, as its rows come by ascending id. */
abstract class Accumulator {
    static Accumulator of(AggregatePlan plan) {
        Expression argument = argument(plan);
        return switch (plan.function()) {
            case COUNT -> argument == null ? new CountRows() : new Count(argument);
            case SUM -> new Sum(required(argument), false);
            case AVG -> new Sum(required(argument), true);
            case MIN, MAX -> new Extreme(required(argument), plan.function() == Aggregate.Function.MAX);
            case FIRST -> new First(required(argument));
        };
    }

    private static @Nullable Expression argument(AggregatePlan plan) {
        if (plan.ofScore()) {
            return row -> {
                Score score = row.score;
                return score == null ? null : Score.number(score.value());
            };
        }
        FieldRef field = plan.field();
        return field == null ? null : new FieldKey(field);
    }

    private static Expression required(@Nullable Expression argument) {
        if (argument == null) {
            throw new IllegalStateException("only COUNT is over all rows");
        }
        return argument;
    }

    abstract void add(Tuple row);

    /** The value over the rows so far. */
    abstract Value result();

    private static final class CountRows extends Accumulator {
        private long count;

        @Override
        void add(Tuple row) {
            count++;
        }

        @Override
        Value result() {
            return Value.of(count);
        }
    }

    private static final class Count extends Accumulator {
        private final Expression argument;
        private long count;

        Count(Expression argument) {
            this.argument = argument;
        }

        @Override
        void add(Tuple row) {
            Value value = argument.key(row);
            if (value != null && !(value instanceof Value.Null)) {
                count++;
            }
        }

        @Override
        Value result() {
            return Value.of(count);
        }
    }

    /** Of numeric values only; null when there is none. */
    private static final class Sum extends Accumulator {
        private final Expression argument;
        private final boolean mean;
        private double sum;
        private long count;

        Sum(Expression argument, boolean mean) {
            this.argument = argument;
            this.mean = mean;
        }

        @Override
        void add(Tuple row) {
            if (argument.key(row) instanceof Value.Num number) {
                sum += number.doubleValue();
                count++;
            }
        }

        @Override
        Value result() {
            return count == 0 ? Value.NULL : Value.of(mean ? sum / count : sum);
        }
    }

    private static final class Extreme extends Accumulator {
        private final Expression argument;
        private final boolean greatest;
        private @Nullable Value best;
        private @Nullable Tuple bestRow;

        Extreme(Expression argument, boolean greatest) {
            this.argument = argument;
            this.greatest = greatest;
        }

        @Override
        void add(Tuple row) {
            Value value = argument.key(row);
            if (value == null || value instanceof Value.Null) {
                return;
            }
            Value before = best;
            int order = before == null ? 0 : Value.compare(value, before);
            if (before == null || (greatest ? order > 0 : order < 0)) {
                best = value;
                bestRow = row;
            }
        }

        @Override
        Value result() {
            Tuple row = bestRow;
            Value value = row == null ? null : argument.value(row);
            return value == null ? Value.NULL : value;
        }
    }

    /** Of the best row if rows are ranked, else of the one with the smallest id. */
    private static final class First extends Accumulator {
        private final Expression argument;
        private @Nullable Tuple first;

        First(Expression argument) {
            this.argument = argument;
        }

        @Override
        void add(Tuple row) {
            Tuple before = first;
            if (before == null || RowOrder.BEST_FIRST.compare(row, before) < 0) {
                first = row;
            }
        }

        @Override
        Value result() {
            Tuple row = first;
            Value value = row == null ? null : argument.value(row);
            return value == null ? Value.NULL : value;
        }
    }
}
