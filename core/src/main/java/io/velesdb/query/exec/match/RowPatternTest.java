package io.velesdb.query.exec.match;

import io.velesdb.engine.VisibleRows;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.exec.expression.Finding;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.RowCondition;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import java.util.List;

/** {@code MATCH pattern} as a condition: the row of a source begins a match (section 15.6). */
public final class RowPatternTest implements RowCondition {
    private final int source;
    private final PatternWalk walk;

    /** @param rows those of the source whose row is the first node */
    public RowPatternTest(Pattern pattern, int source, VisibleRows rows, Operands operands, Execution execution) {
        this.source = source;
        NodeTest[] nodes = pattern.nodes().stream()
                .map(node -> NodeCondition.of(node, rows, List.of(), operands, execution)
                        .test(execution))
                .toArray(NodeTest[]::new);
        walk = new PatternWalk(BoundPattern.of(pattern, nodes, rows, operands), rows, execution);
    }

    @Override
    public boolean test(Tuple row, Finding finding) {
        if (!(row.entity(source) instanceof RowEntity anchor)) {
            return false;
        }
        int edges = walk.shortestFrom(anchor.id(), anchor.slot());
        if (edges < 0) {
            return false;
        }
        finding.edges = Math.min(finding.edges, edges);
        return true;
    }
}
