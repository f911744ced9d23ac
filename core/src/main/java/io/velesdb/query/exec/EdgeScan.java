package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.engine.VisibleRows;
import io.velesdb.graph.EdgeCursor;
import io.velesdb.graph.GraphView;
import io.velesdb.graph.LabelSet;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Finding;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.RowCondition;
import io.velesdb.query.exec.row.EdgeRow;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code SELECT EDGES} (section 17): edges between visible rows, by ascending id. */
final class EdgeScan {
    private final Statement.SelectEdges statement;
    private final Execution execution;
    private final Operands operands;

    EdgeScan(Statement.SelectEdges statement, Execution execution, Statements statements) {
        this.statement = statement;
        this.execution = execution;
        operands = statements.operands(execution, 0);
    }

    List<ResultRow> run() {
        VisibleRows visible = execution.visible(statement.collection().text(), AccessRequest.Kind.GRAPH_TRAVERSAL);
        GraphView graph = visible.state().graph();
        Conditions conditions = new Conditions(Scope.of(statement.collection().text()), operands, EdgeScan::refuse);
        RowCondition condition = conditions.all(Conditions.conjuncts(statement.where()));
        long limit = statement.limit() == null
                ? execution.limits().maxRows()
                : Math.min(execution.limits().maxRows(), statement.limit().rows());
        List<ResultRow> rows = new ArrayList<>();
        Finding finding = new Finding();
        int steps = 0;
        for (EdgeCursor cursor = graph.edges(LabelSet.ALL); rows.size() < limit && cursor.next(); ) {
            if (++steps % Operator.BATCH == 0) {
                execution.check();
            }
            int number = cursor.edge();
            if (visible.slotOf(graph.nodeId(graph.source(number))) < 0
                    || visible.slotOf(graph.nodeId(graph.target(number))) < 0) {
                continue;
            }
            EdgeRow edge = new EdgeRow(graph.edgeAt(number));
            if (condition == null || condition.test(Tuple.of(edge), finding)) {
                Obj columns = edge.columns();
                execution.addResult(columns);
                rows.add(new ResultRow(columns, edge.id(), null, null));
                execution.checkHeld(rows.size(), 0);
            }
        }
        return rows;
    }

    private static RowCondition refuse(Condition condition) {
        throw Refusal.unrunnable(
                condition.position(), "edges are not searched: SELECT EDGES … WHERE takes predicates over fields");
    }
}
