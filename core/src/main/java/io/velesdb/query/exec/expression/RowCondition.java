package io.velesdb.query.exec.expression;

import io.velesdb.filter.Filter;
import io.velesdb.query.exec.row.EdgeEntity;
import io.velesdb.query.exec.row.EdgeListEntity;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import java.util.List;

/** A condition on a row, with its parameters bound. Two-valued; what it finds out beside that goes to the finding. */
@FunctionalInterface
public interface RowCondition {
    boolean test(Tuple row, Finding finding);

    /** All hold. The score is that of the last one that gives any. */
    record AllOf(List<RowCondition> terms) implements RowCondition {
        @Override
        public boolean test(Tuple row, Finding finding) {
            for (int i = 0; i < terms.size(); i++) {
                if (!terms.get(i).test(row, finding)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** At least one holds. The score is the best of those that hold. */
    record AnyOf(List<RowCondition> terms) implements RowCondition {
        @Override
        public boolean test(Tuple row, Finding finding) {
            boolean any = false;
            Score best = null;
            Finding own = new Finding();
            for (int i = 0; i < terms.size(); i++) {
                own.clear();
                if (terms.get(i).test(row, own)) {
                    Score score = own.score;
                    if (score != null && (best == null || score.key() < best.key())) {
                        best = score;
                    }
                    finding.edges = Math.min(finding.edges, own.edges);
                    any = true;
                }
            }
            // what a condition before this one gave counts no more: the last one written gives the score
            if (best != null) {
                finding.score = best;
            }
            return any;
        }
    }

    /** Does not hold; a similarity keeps its score. */
    record Negation(RowCondition term) implements RowCondition {
        @Override
        public boolean test(Tuple row, Finding finding) {
            Finding own = new Finding();
            boolean held = term.test(row, own);
            if (!held && own.score != null) {
                finding.score = own.score;
            }
            return !held;
        }
    }

    /** A test of the value of one field; of a list of edges any value will do. */
    record FieldTest(FieldKey key, Filter.Leaf leaf) implements RowCondition {
        @Override
        public boolean test(Tuple row, Finding finding) {
            FieldRef field = key.field();
            if (field.source() >= 0 && row.entity(field.source()) instanceof EdgeListEntity list) {
                for (EdgeEntity edge : list.edges()) {
                    Value value = edge.get(field);
                    if (leaf.test(value)) {
                        return true;
                    }
                }
                return false;
            }
            return leaf.test(key.key(row));
        }
    }
}
