package io.velesdb.query.exec.match;

import io.velesdb.engine.VisibleRows;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;

/** Runs MATCH … RETURN (section 15.4). */
public final class MatchRunner {
    private static final String TARGET = "_collection";

    private final Execution execution;
    private final ReturnColumns columns;
    private final VisibleRows target;
    private final Step steps;

    /**
     * @param operands bound, or not where the steps are only shown
     * @throws io.velesdb.VelesException VELES-002 when there is no such collection, VELES-010 when it cannot be run
     */
    public MatchRunner(Statement.Match match, List<Query.Let> lets, Execution execution, Operands operands) {
        this.execution = execution;
        Scope scope = Scope.of(match.pattern());
        target = PatternWalk.target(targetOf(match.pattern(), execution.parameters()), execution);
        columns = new ReturnColumns(match, scope, lets);
        steps = new MatchSteps(match, lets, scope, columns, target, operands, execution).all();
    }

    /** The name of the collection that is walked: the parameter {@code _collection}, else the mark of all nodes. */
    public static String targetOf(Pattern pattern, Obj parameters) {
        Value given = parameters.get(TARGET);
        if (given != null) {
            if (given instanceof Value.Str name) {
                return name.text();
            }
            throw Refusal.unrunnable(pattern.position(), "the parameter $_collection is " + given + ": use a name");
        }
        Name only = null;
        for (Pattern.NodePattern node : pattern.nodes()) {
            Name mark = node.collection();
            if (mark == null || only != null && !only.equals(mark)) {
                throw withoutTarget(pattern);
            }
            only = mark;
        }
        if (only == null) {
            throw withoutTarget(pattern);
        }
        return only.text();
    }

    private static RuntimeException withoutTarget(Pattern pattern) {
        return Refusal.unrunnable(
                pattern.position(),
                "MATCH names no collection: pass one with the request, or mark all nodes with one, as in (n@films)");
    }

    /** The name of the target collection. */
    public String collection() {
        return target.state().name();
    }

    /** The last step, which yields the rows of the result. */
    public Step steps() {
        return steps;
    }

    /** The rows of the result. */
    public List<ResultRow> run() {
        return ResultRow.all(steps.open(execution), columns::row, execution);
    }
}
