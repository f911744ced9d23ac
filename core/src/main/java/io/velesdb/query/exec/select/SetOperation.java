package io.velesdb.query.exec.select;

import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.SetRow;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT and EXCEPT over rows that were projected (section 13). Without scores, rows are handed on as they come;
 * with them all are held, as the best comes first.
 */
final class SetOperation implements Operator {
    private final Statement.SetOperator operator;
    private final Operator left;
    private final Supplier<Operator> right;
    private final boolean scored;
    private final Execution execution;

    /** By what rows are compared by: the row that was handed on. */
    private final Map<Value, Tuple> handedOn = new HashMap<>();

    private @Nullable Map<Value, Tuple> others;
    private @Nullable Operator unread;
    private boolean onRight;
    private long held;
    private boolean higher;
    private boolean lower;
    private @Nullable Operator ordered;

    /**
     * @param right opened when its first row is wanted
     * @param scored whether rows may have scores
     */
    SetOperation(
            Statement.SetOperator operator,
            Operator left,
            Supplier<Operator> right,
            boolean scored,
            Execution execution) {
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.scored = scored;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        if (!scored) {
            return combined();
        }
        Operator rows = ordered;
        if (rows == null) {
            List<Tuple> all = Operator.drain(this::combined, execution);
            // best first where all ranked rows have one direction; otherwise the order in which the rows stand
            if (higher != lower) {
                all.sort(execution.checking(RowOrder::compareScores));
            }
            rows = Operator.of(all);
            ordered = rows;
        }
        return rows.next();
    }

    private @Nullable List<Tuple> combined() {
        for (List<Tuple> batch = read(); batch != null; batch = read()) {
            execution.check();
            List<Tuple> kept = operator == Statement.SetOperator.UNION_ALL ? batch : kept(batch);
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        return null;
    }

    /** The next rows of the left side and, for a union, of the right one after it. */
    private @Nullable List<Tuple> read() {
        Operator from = unread;
        if (from == null) {
            // the best score of equal rows on the left counts before it is compared with those on the right
            from = scored && operator != Statement.SetOperator.UNION_ALL ? Operator.of(distinct(left)) : left;
            unread = from;
        }
        List<Tuple> batch = from.next();
        if (batch == null && !onRight && isUnion()) {
            onRight = true;
            from = right.get();
            unread = from;
            batch = from.next();
        }
        if (batch != null) {
            note(batch);
        }
        return batch;
    }

    private boolean isUnion() {
        return operator == Statement.SetOperator.UNION_ALL || operator == Statement.SetOperator.UNION;
    }

    private List<Tuple> kept(List<Tuple> batch) {
        Map<Value, Tuple> compared = isUnion() ? Map.of() : others();
        List<Tuple> kept = new ArrayList<>(batch.size());
        for (Tuple row : batch) {
            Value key = SetRow.compared(row);
            Tuple other = compared.get(key);
            if (!isUnion() && other != null != (operator == Statement.SetOperator.INTERSECT)) {
                continue;
            }
            Tuple known = handedOn.putIfAbsent(key, row);
            if (known != null) {
                improve(known, row);
                continue;
            }
            if (other != null) {
                improve(row, other);
            }
            held += row.bytes();
            kept.add(row);
        }
        execution.checkHeld(handedOn.size() + compared.size(), held);
        return kept;
    }

    /** The rows of the right side, which are read whole before the first one of the left. */
    private Map<Value, Tuple> others() {
        Map<Value, Tuple> known = others;
        if (known == null) {
            known = new HashMap<>();
            for (Tuple row : distinct(right.get())) {
                known.put(SetRow.compared(row), row);
                held += row.bytes();
            }
            others = known;
        }
        return known;
    }

    /** The rows that differ, each with the best score of its equals, in the order in which they first come. */
    private List<Tuple> distinct(Operator input) {
        Map<Value, Tuple> first = new HashMap<>();
        List<Tuple> rows = new ArrayList<>();
        long bytes = 0;
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            execution.check();
            note(batch);
            for (Tuple row : batch) {
                Tuple known = first.putIfAbsent(SetRow.compared(row), row);
                if (known == null) {
                    rows.add(row);
                    bytes += row.bytes();
                } else {
                    improve(known, row);
                }
            }
            execution.checkHeld(rows.size(), bytes);
        }
        return rows;
    }

    private void note(List<Tuple> batch) {
        // without scores there is nothing to note
        for (int i = 0; scored && i < batch.size(); i++) {
            Score score = batch.get(i).score;
            if (score != null) {
                higher |= score.higherIsBetter();
                lower |= !score.higherIsBetter();
            }
        }
    }

    /** Gives a row the score of its equal, where that is better or the row has none. */
    private static void improve(Tuple row, Tuple equal) {
        Score mine = row.score;
        Score theirs = equal.score;
        if (theirs != null
                && (mine == null || mine.higherIsBetter() == theirs.higherIsBetter() && theirs.key() < mine.key())) {
            row.score = theirs;
        }
    }
}
