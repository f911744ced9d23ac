package io.velesdb.query.plan;

import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Select;
import java.util.ArrayList;
import java.util.List;

/**
 * One JOIN: the rows of a collection that agree with those before it in all columns.
 *
 * @param collection the joined collection
 * @param left what must be equal on the rows so far, in the same order as {@code right}
 * @param right fields of the joined source
 */
public record JoinPlan(Select.JoinKind kind, String collection, List<FieldRef> left, List<FieldRef> right) {
    /** @throws io.velesdb.VelesException VELES-010 when an equation does not join the source with an earlier one */
    static JoinPlan of(Select.Join join, int source, Scope scope) {
        List<FieldRef> left = new ArrayList<>();
        List<FieldRef> right = new ArrayList<>();
        switch (join.condition()) {
            case Select.JoinCondition.On on -> {
                for (Select.JoinEquality equality : on.equalities()) {
                    FieldRef a = qualified(equality.left(), scope);
                    FieldRef b = qualified(equality.right(), scope);
                    boolean swapped = a.source() == source;
                    FieldRef earlier = swapped ? b : a;
                    FieldRef joined = swapped ? a : b;
                    if (joined.source() != source || earlier.source() >= source) {
                        throw Refusal.unrunnable(
                                equality.position(),
                                "ON " + equality.left().text() + " = "
                                        + equality.right().text()
                                        + " does not join '" + join.source().text()
                                        + "' with a source before it: one side names it, the other an earlier one");
                    }
                    left.add(earlier);
                    right.add(joined);
                }
            }
            case Select.JoinCondition.Using using -> {
                for (Name column : using.columns()) {
                    left.add(FieldRef.of(FieldRef.ANY, List.of(column.text()), false, column.text()));
                    right.add(FieldRef.of(source, List.of(column.text()), true, column.text()));
                }
            }
        }
        return new JoinPlan(join.kind(), join.source().collection().text(), List.copyOf(left), List.copyOf(right));
    }

    private static FieldRef qualified(Path path, Scope scope) {
        FieldRef field = scope.resolve(path);
        if (scope.find(path.segments().get(0)) < 0) {
            throw Refusal.unrunnable(
                    path.position(),
                    "'" + path.segments().get(0) + "' is not declared"
                            + Suggestion.of(path.segments().get(0), scope)
                            + ": use the alias or the name of a collection in FROM or JOIN");
        }
        return field;
    }
}
