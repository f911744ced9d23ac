package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.engine.Engine;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.select.SelectSteps;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Measurements;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.ChangePlan;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Obj;
import io.velesdb.write.BatchCommit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE (section 16). The steps of a SELECT with the same WHERE find the rows; the change is the step above them.
 *
 * <p>All of it, subqueries included, sees the one state that the change is applied to, so nothing that another writer did in
 * between is overwritten unseen; and as that state never changes, no row is met again in the form that the statement gave it.
 * Until all rows are found nothing is written.
 */
final class RowChanges {
    /**
     * Rows that were found, and what is to be done with them.
     *
     * @param step that which found them
     */
    private record Found(Step step, Changed changed, io.velesdb.write.@Nullable Step write) {}

    private final Execution execution;
    private final Statements statements;

    RowChanges(Execution execution, Statements statements) {
        this.execution = execution;
        this.statements = statements;
    }

    // ---- the steps

    /** @param operands bound, or not where the steps are only shown */
    static Step steps(Statement.Update update, Execution execution, Operands operands) {
        String names = update.assignments().stream()
                .map(field -> field.name().text())
                .distinct()
                .collect(Collectors.joining(", "));
        return over(
                "Update",
                "'" + update.collection().text() + "', sets " + names,
                ChangePlan.of(update),
                execution,
                operands);
    }

    /** @param operands bound, or not where the steps are only shown */
    static Step steps(Statement.Delete delete, Execution execution, Operands operands) {
        return over("Delete", "'" + delete.collection().text() + "'", ChangePlan.of(delete), execution, operands);
    }

    /** The rows pass through it; they are written down when all have come. */
    private static Step over(
            String operation, String description, SelectPlan plan, Execution execution, Operands operands) {
        Step found = SelectSteps.found(plan, AccessRequest.Kind.DML, execution, operands);
        return Step.over(operation, () -> description, found, found::estimate, rows -> rows, execution);
    }

    // ---- running them

    Changed update(Statement.Update update) {
        String name = update.collection().text();
        execution.snapshot().get(name);
        return commit(planned -> {
            Operands operands = statements.operands(planned, 0);
            io.velesdb.write.Step.RowPatch patch =
                    Assignments.of(update, planned.snapshot().get(name).schema(), operands);
            Step step = steps(update, planned, operands);
            List<ResultRow> rows =
                    ResultRow.all(step.open(planned), row -> updated(row.entity(0), patch.members()), planned);
            long[] ids = rows.stream().mapToLong(ResultRow::id).toArray();
            return new Found(
                    step,
                    new Changed(rows, ids.length),
                    ids.length == 0 ? null : new io.velesdb.write.Step.UpdateRows(name, ids, patch));
        });
    }

    private static ResultRow updated(@Nullable Entity row, Obj set) {
        if (!(row instanceof RowEntity found)) {
            throw new IllegalStateException("a row of no collection");
        }
        return WrittenRow.of(
                found.id(), Obj.builder().putAll(found.payload()).putAll(set).build());
    }

    Changed delete(Statement.Delete delete) {
        String name = delete.collection().text();
        execution.snapshot().get(name);
        return commit(planned -> {
            Step step = steps(delete, planned, statements.operands(planned, 0));
            long[] ids = ids(step.open(planned), planned);
            return new Found(
                    step,
                    new Changed(List.of(), ids.length),
                    ids.length == 0 ? null : new io.velesdb.write.Step.Delete(name, ids));
        });
    }

    private static long[] ids(Operator rows, Execution execution) {
        long[] ids = new long[Operator.BATCH];
        int found = 0;
        for (List<Tuple> batch = rows.next(); batch != null; batch = rows.next()) {
            for (Tuple row : batch) {
                if (found == ids.length) {
                    ids = Arrays.copyOf(ids, 2 * found);
                }
                ids[found++] = row.id();
            }
            execution.checkHeld(found, (long) found * Long.BYTES);
            execution.check();
        }
        return Arrays.copyOf(ids, found);
    }

    /** @param finding what finds the rows, on the state that the change is applied to */
    private Changed commit(Function<Execution, Found> finding) {
        Engine engine = execution.session().engine();
        Found[] found = new Found[1];
        long[] foundAt = {0};
        BatchCommit.of(execution.session(), execution, state -> {
            try (Execution planned = execution.on(state)) {
                Found rows = finding.apply(planned);
                found[0] = rows;
                foundAt[0] = engine.nanos();
                io.velesdb.write.Step write = rows.write();
                return write == null ? List.of() : List.of(write);
            }
        });
        Measurements measuring = execution.measurements();
        if (measuring != null) {
            measuring.wentOn(found[0].step(), engine.nanos() - foundAt[0]);
        }
        return found[0].changed();
    }
}
