package io.velesdb.query.exec.select;

import io.velesdb.AccessRequest;
import io.velesdb.engine.VisibleRows;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Expressions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Step;
import io.velesdb.query.plan.SelectPlan;
import java.util.function.Supplier;

/** A SELECT in one run: its plan, the rows that are there, and its clauses with the operands bound. */
final class BoundSelect {
    private final SelectPlan plan;
    private final AccessRequest.Kind kind;
    private final Execution execution;
    private final Operands operands;
    private final Searching searching;
    private final Conditions conditions;
    private final Expressions expressions;

    /**
     * @param kind what the observer is asked for
     * @param operands bound, or not where the steps are only shown
     */
    BoundSelect(SelectPlan plan, AccessRequest.Kind kind, Execution execution, Operands operands) {
        this.plan = plan;
        this.kind = kind;
        this.execution = execution;
        this.operands = operands;
        searching = new Searching(plan, operands, execution, this::visible);
        conditions = new Conditions(plan.scope(), operands, searching::bind);
        expressions = new Expressions(new SelectNames(plan), conditions::similarity);
    }

    SelectPlan plan() {
        return plan;
    }

    Execution execution() {
        return execution;
    }

    Operands operands() {
        return operands;
    }

    Searching searching() {
        return searching;
    }

    Conditions conditions() {
        return conditions;
    }

    Expressions expressions() {
        return expressions;
    }

    /** The rows of a source that the statement sees. */
    VisibleRows visible(int source) {
        return execution.visible(collection(source), kind);
    }

    /** The name of the collection of a source. */
    String collection(int source) {
        return source == 0
                ? plan.select().source().collection().text()
                : plan.joins().get(source - 1).collection();
    }

    /** A step over one other. */
    Step over(String operation, Supplier<String> description, Step input, Step.Estimate estimate, Step.Over opening) {
        return Step.over(operation, description, input, estimate, opening, execution);
    }
}
