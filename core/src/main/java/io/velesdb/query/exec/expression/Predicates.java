package io.velesdb.query.exec.expression;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.LikePattern;
import io.velesdb.filter.Operator;
import io.velesdb.filter.ValueSet;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Operand;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The predicates of section 6 as filters: there is one evaluator, and it is {@link Filter}. */
public final class Predicates {
    private Predicates() {}

    /** The filter that a predicate over one field is, on {@code path}; null when it is no such predicate. */
    public static @Nullable Filter of(Condition condition, FieldPath path, Operands operands) {
        return switch (condition) {
            case Condition.Comparison c -> compare(path, c.operator(), operands.scalar(c.value()));
            case Condition.In c -> {
                Filter in = new Filter.In(path, values(c.values(), operands));
                yield c.negated() ? new Filter.Not(in) : in;
            }
            case Condition.Between c ->
                new Filter.And(List.of(
                        compare(path, Operator.GTE, operands.scalar(c.low())),
                        compare(path, Operator.LTE, operands.scalar(c.high()))));
            case Condition.Like c ->
                new Filter.Like(
                        path, c.ignoreCase() ? LikePattern.ignoringCase(c.pattern()) : LikePattern.of(c.pattern()));
            case Condition.IsNull c -> c.negated() ? new Filter.IsNotNull(path) : new Filter.IsNull(path);
            case Condition.Contains c -> new Filter.ArrayContains(path, operands.scalar(c.value()));
            case Condition.ContainsAny c -> new Filter.ArrayContainsAny(path, values(c.values(), operands));
            case Condition.ContainsAll c -> new Filter.ArrayContainsAll(path, values(c.values(), operands));
            case Condition.ContainsText c -> new Filter.Contains(path, c.text());
            case Condition.GeoDistance c ->
                new Filter.GeoDistance(
                        path, number(c.latitude()), number(c.longitude()), c.operator(), number(c.metres()));
            case Condition.GeoBox c ->
                new Filter.GeoBox(
                        path,
                        number(c.minLatitude()),
                        number(c.minLongitude()),
                        number(c.maxLatitude()),
                        number(c.maxLongitude()));
            default -> null;
        };
    }

    private static Filter compare(FieldPath path, Operator operator, Value value) {
        return switch (operator) {
            case EQ -> new Filter.Eq(path, value);
            case NEQ -> new Filter.Neq(path, value);
            default -> new Filter.Compare(path, operator, value);
        };
    }

    private static ValueSet values(List<Operand> operands, Operands values) {
        List<Value> all = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            all.add(values.scalar(operand));
        }
        return ValueSet.of(all);
    }

    private static double number(Literal literal) {
        return ((Value.Num) literal.value()).doubleValue();
    }
}
