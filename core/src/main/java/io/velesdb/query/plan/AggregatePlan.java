package io.velesdb.query.plan;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate with its argument resolved.
 *
 * @param field what it is over; null for {@code COUNT(*)} and for the score
 * @param ofScore whether it is over the score of the row
 * @param key the key of its column when it has no alias
 */
public record AggregatePlan(
        Aggregate.Function function, @Nullable FieldRef field, boolean ofScore, String key) {

    static AggregatePlan of(Aggregate aggregate, Scope scope, boolean ranked) {
        String name = aggregate.function().name().toLowerCase(Locale.ROOT);
        return switch (aggregate.argument()) {
            case Argument.AllRows all -> new AggregatePlan(aggregate.function(), null, false, name);
            case Argument.RowScore score ->
                new AggregatePlan(
                        aggregate.function(),
                        ranked ? null : scope.resolve(new Path(score.position(), List.of("score"))),
                        ranked,
                        name + "_score");
            case Path path ->
                new AggregatePlan(aggregate.function(), scope.resolve(path), false, name + "_" + path.text());
        };
    }
}
