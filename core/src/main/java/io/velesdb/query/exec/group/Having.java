package io.velesdb.query.exec.group;

import io.velesdb.filter.Operator;
import io.velesdb.query.ast.Select;
import io.velesdb.query.exec.row.GroupEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HAVING: keeps the groups for which the terms hold, folded from left to right. */
public final class Having implements io.velesdb.query.exec.step.Operator {
    private static final double RELATIVE = 0x1p-52;

    /**
     * A term with its value bound.
     *
     * @param or whether it is joined to those before it by OR; meaningless for the first
     */
    public record Term(boolean or, int aggregate, Operator operator, Value value) {
        private boolean holds(Tuple group) {
            if (GroupEntity.of(group).aggregates().get(aggregate) instanceof Value.Num left
                    && value instanceof Value.Num right) {
                double a = left.doubleValue();
                double b = right.doubleValue();
                boolean equal = Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
                return switch (operator) {
                    case EQ -> equal;
                    case NEQ -> !equal;
                    case GT -> a > b;
                    case GTE -> a >= b;
                    case LT -> a < b;
                    case LTE -> a <= b;
                };
            }
            return false;
        }
    }

    private final io.velesdb.query.exec.step.Operator input;
    private final List<Term> terms;

    /** @param terms at least one */
    public Having(io.velesdb.query.exec.step.Operator input, List<Term> terms) {
        this.input = input;
        this.terms = terms;
    }

    /** Whether a step of HAVING is joined to those before it by OR. */
    public static boolean isOr(Select.HavingStep step) {
        return step.connective() == Select.Connective.OR;
    }

    @Override
    public @Nullable List<Tuple> next() {
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            List<Tuple> kept = new ArrayList<>(batch.size());
            for (Tuple group : batch) {
                if (holds(group)) {
                    kept.add(group);
                }
            }
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        return null;
    }

    private boolean holds(Tuple group) {
        boolean held = terms.get(0).holds(group);
        for (int i = 1; i < terms.size(); i++) {
            held = terms.get(i).or
                    ? held || terms.get(i).holds(group)
                    : held && terms.get(i).holds(group);
        }
        return held;
    }
}
