package io.velesdb.query.exec.join;

import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Estimates;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.JoinPlan;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how the joins of one SELECT run. The order of the rows is that of the joins as written, however they run:
 *
 * <ul>
 *   <li>of inner joins that follow each other, the one that leaves the fewest rows runs first; what it puts out of order is
 *       sorted for one row of the left at a time;
 *   <li>the smaller side is read first, and where it is much smaller only rows with its keys are read of the other.
 * </ul>
 */
public final class JoinSteps {
    private final List<JoinPlan> joins;
    private final List<@Nullable Filter> filters;
    private final boolean guessed;
    private final IntFunction<VisibleRows> visible;
    private final Execution execution;

    /**
     * @param filters what is required of the rows of each source before they are joined
     * @param guessed whether values in them stand for parameters that are not known
     */
    public JoinSteps(
            List<JoinPlan> joins,
            List<@Nullable Filter> filters,
            boolean guessed,
            IntFunction<VisibleRows> visible,
            Execution execution) {
        this.joins = joins;
        this.filters = filters;
        this.guessed = guessed;
        this.visible = visible;
        this.execution = execution;
    }

    /** Makes the step that reads a source, narrowed by what the joins find out. */
    public interface Scans {
        Step of(int source, Narrowing narrowing);
    }

    /** The joins over a scan of FROM. */
    public Step over(Scans scans) {
        Narrowing narrowing = new Narrowing(joins.size() + 1);
        return over(scans.of(0, narrowing), scans, narrowing);
    }

    /** The joins over rows of FROM that another step finds. */
    public Step over(Step from, Scans scans) {
        return over(from, scans, new Narrowing(joins.size() + 1));
    }

    private Step over(Step from, Scans scans, Narrowing narrowing) {
        Step rows = from;
        for (int start = 0; start < joins.size(); ) {
            int end = start + 1;
            while (end < joins.size() && isFree(start) && isFree(end)) {
                end++;
            }
            List<Integer> order = order(start, end);
            for (int join : order) {
                rows = join(rows, scans.of(join + 1, narrowing), join, narrowing);
            }
            if (!order.equals(written(start, end))) {
                rows = regrouped(rows, start + 1);
            }
            start = end;
        }
        return rows;
    }

    /** Whether a join may change places with others of its kind. */
    private boolean isFree(int join) {
        return joins.get(join).kind() == Select.JoinKind.INNER
                && joins.get(join).left().stream().allMatch(field -> field.source() >= 0);
    }

    private static List<Integer> written(int start, int end) {
        List<Integer> order = new ArrayList<>();
        for (int i = start; i < end; i++) {
            order.add(i);
        }
        return order;
    }

    /** The order of joins that may change places: always the one next that multiplies rows the least. */
    private List<Integer> order(int start, int end) {
        List<Integer> left = written(start, end);
        if (left.size() == 1) {
            return left;
        }
        double[] fanOut = new double[end];
        for (int join : left) {
            fanOut[join] = fanOut(join);
            if (Double.isNaN(fanOut[join])) {
                return left;
            }
        }
        List<Integer> order = new ArrayList<>();
        while (!left.isEmpty()) {
            int best = -1;
            for (int join : left) {
                if (reads(join, left) && (best < 0 || fanOut[join] < fanOut[best])) {
                    best = join;
                }
            }
            order.add(best);
            left.remove(Integer.valueOf(best));
        }
        return order;
    }

    /** Whether no row that a join reads comes from one that has yet to run. */
    private boolean reads(int join, List<Integer> waiting) {
        return joins.get(join).left().stream().noneMatch(field -> waiting.contains(field.source() - 1));
    }

    /** About how many rows a join makes of one; not a number where nothing is known. */
    private double fanOut(int join) {
        int source = join + 1;
        VisibleRows rows = visible.apply(source);
        Filter filter = filters.get(source);
        RowEstimate kept = filter != null && guessed ? null : Estimates.scan(rows, filter);
        if (kept == null) {
            return Double.NaN;
        }
        double distinct = 0;
        for (FieldRef key : joins.get(join).right()) {
            distinct = Math.max(distinct, (double) Estimates.distinctOrAll(rows, key));
        }
        return kept.rows() / Math.max(1, distinct);
    }

    private Step regrouped(Step rows, int first) {
        return Step.of(
                "Sort",
                () -> "rows of the same left row by id",
                rows::estimate,
                List.of(rows),
                () -> new Regroup(rows.open(execution), first, execution));
    }

    private Step join(Step left, Step right, int join, Narrowing narrowing) {
        JoinPlan plan = joins.get(join);
        return Step.of(
                label(plan.kind()),
                () -> "'" + plan.collection() + "' on " + plan.left().size() + " column(s), hashed",
                () -> estimate(plan, left, right, join + 1),
                List.of(left, right),
                () -> open(left, right, join, narrowing));
    }

    /** Reads the smaller side, lets its keys narrow the other where that pays, and joins. */
    private Operator open(Step left, Step right, int join, Narrowing narrowing) {
        JoinPlan plan = joins.get(join);
        List<FieldKey> leftKeys = plan.left().stream().map(FieldKey::new).toList();
        List<FieldKey> rightKeys =
                plan.right().stream().map(field -> new FieldKey(field.of(0))).toList();
        FieldRef narrowed = plan.right().get(0);
        long few = visible.apply(join + 1).state().rows() / Narrowing.SHARE;
        RowEstimate expected = left.estimate();
        if (!Join.keepsRight(plan.kind())
                && Narrowing.canNarrow(narrowed)
                && (expected == null || expected.rows() <= few)) {
            ReadAhead ahead = new ReadAhead(left.open(execution), few, execution);
            if (ahead.isWhole()) {
                narrowing.restrict(narrowed, keys(ahead.batches(), leftKeys.get(0)));
            }
            return new Join(ahead, table(right, rightKeys, false), join + 1, plan.kind(), leftKeys, execution);
        }
        JoinTable table = table(right, rightKeys, Join.keepsRight(plan.kind()));
        FieldRef other = plan.left().get(0);
        if (plan.left().size() == 1
                && !Join.keepsLeft(plan.kind())
                && Narrowing.canNarrow(other)
                && mayLose(other.source(), join)
                && table.keys().size() <= visible.apply(other.source()).state().rows() / Narrowing.SHARE) {
            narrowing.restrict(other, table.keys());
        }
        return new Join(left.open(execution), table, join + 1, plan.kind(), leftKeys, execution);
    }

    private JoinTable table(Step right, List<FieldKey> keys, boolean keepsAll) {
        return new JoinTable(right.open(execution), keys, keepsAll, execution);
    }

    private static Set<Value> keys(List<List<Tuple>> batches, FieldKey field) {
        Set<Value> keys = new HashSet<>();
        for (List<Tuple> batch : batches) {
            for (Tuple row : batch) {
                Value key = field.key(row);
                if (key != null && !(key instanceof Value.Null)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /**
     * Whether rows of a source that join nothing in a later join may be left out of the earlier ones: these must not make
     * rows of what they do not find.
     */
    private boolean mayLose(int source, int join) {
        for (int i = 0; i < joins.size(); i++) {
            Select.JoinKind kind = joins.get(i).kind();
            if (i < join && Join.keepsRight(kind) || i == source - 1 && kind != Select.JoinKind.INNER) {
                return false;
            }
        }
        return true;
    }

    private @Nullable RowEstimate estimate(JoinPlan join, Step left, Step right, int source) {
        FieldRef key = join.left().get(0);
        if (join.kind() != Select.JoinKind.INNER || join.left().size() != 1 || key.source() < 0) {
            return null;
        }
        return Estimates.join(
                left.estimate(),
                right.estimate(),
                Estimates.distinct(visible.apply(key.source()), key),
                Estimates.distinct(visible.apply(source), join.right().get(0)));
    }

    /** What a join is called in EXPLAIN. */
    public static String label(Select.JoinKind kind) {
        return switch (kind) {
            case INNER -> "InnerJoin";
            case LEFT -> "LeftJoin";
            case RIGHT -> "RightJoin";
            case FULL -> "FullJoin";
        };
    }
}
