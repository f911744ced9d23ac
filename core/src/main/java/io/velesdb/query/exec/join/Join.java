package io.velesdb.query.exec.join;

import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash join on equality: the left rows stream past a table of the right ones. Rows come in the order of the left ones,
 * then in that of the table; rows that exist on the right only come last.
 */
public final class Join implements Operator {
    private final Operator left;
    private final JoinTable table;
    private final int source;
    private final Select.JoinKind kind;
    private final List<FieldKey> leftKeys;
    private final Execution execution;
    private @Nullable Operator unmatched;

    /** The left rows that are being joined, and how many of them have been looked up. */
    private List<Tuple> batch = List.of();

    private int at;

    /** What the last of them joins, and how many of those rows were handed on. */
    private List<JoinTable.Row> partners = List.of();

    private int partner;
    private boolean leftEnded;

    /**
     * @param source the number of the right source
     * @param leftKeys fields of the left rows
     */
    Join(
            Operator left,
            JoinTable table,
            int source,
            Select.JoinKind kind,
            List<FieldKey> leftKeys,
            Execution execution) {
        this.left = left;
        this.table = table;
        this.source = source;
        this.kind = kind;
        this.leftKeys = leftKeys;
        this.execution = execution;
    }

    /** Whether rows of the right that join nothing are rows of the result. */
    public static boolean keepsRight(Select.JoinKind kind) {
        return kind == Select.JoinKind.RIGHT || kind == Select.JoinKind.FULL;
    }

    /** Whether rows of the left that join nothing are rows of the result. */
    public static boolean keepsLeft(Select.JoinKind kind) {
        return kind == Select.JoinKind.LEFT || kind == Select.JoinKind.FULL;
    }

    @Override
    public @Nullable List<Tuple> next() {
        Operator rest = unmatched;
        if (rest == null) {
            List<Tuple> joined = join();
            execution.check();
            if (!joined.isEmpty()) {
                return joined;
            }
            rest = Operator.of(onlyRight());
            unmatched = rest;
        }
        return rest.next();
    }

    /** The next batch of joined rows, however many partners one left row has; empty at the end of the left rows. */
    private List<Tuple> join() {
        List<Tuple> joined = new ArrayList<>();
        while (joined.size() < BATCH && !leftEnded) {
            if (partner < partners.size()) {
                JoinTable.Row found = partners.get(partner++);
                found.matched = true;
                joined.add(batch.get(at - 1).with(source, found.entity));
            } else if (at < batch.size()) {
                Tuple row = batch.get(at++);
                partners = table.rows(JoinTable.key(row, leftKeys));
                partner = 0;
                if (partners.isEmpty() && keepsLeft(kind)) {
                    joined.add(row.with(source, null));
                }
            } else {
                List<Tuple> more = left.next();
                if (more == null) {
                    leftEnded = true;
                    break;
                }
                execution.check();
                batch = more;
                at = 0;
            }
        }
        return joined;
    }

    private List<Tuple> onlyRight() {
        List<Tuple> rows = new ArrayList<>();
        if (keepsRight(kind)) {
            for (Entity entity : table.unmatched()) {
                @Nullable Entity[] entities = new Entity[source + 1];
                entities[source] = entity;
                rows.add(new Tuple(entities));
            }
        }
        return rows;
    }
}
