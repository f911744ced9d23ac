package io.velesdb.query.plan;

import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the subqueries of a statement, in the order in which they are written. */
public final class Subqueries {
    private Subqueries() {}

    /** Those of a statement that is explained, each before the ones that stand in it. */
    public static List<Select> of(Statement statement) {
        List<Select> all = new ArrayList<>();
        switch (statement) {
            case Statement.Compound compound -> {
                addOf(compound.first(), all);
                compound.rest().forEach(operand -> addOf(operand.select(), all));
            }
            case Statement.Match match -> forEach(match.where(), subquery -> add(subquery, all));
            case Statement.Update update -> {
                update.assignments().forEach(field -> ifSubquery(field.value(), subquery -> add(subquery, all)));
                forEach(update.where(), subquery -> add(subquery, all));
            }
            case Statement.Delete delete -> forEach(delete.where(), subquery -> add(subquery, all));
            default -> {
                // is not explained
            }
        }
        return all;
    }

    private static void addOf(Select select, List<Select> all) {
        forEach(select.where(), subquery -> add(subquery, all));
        forEach(select.having(), subquery -> add(subquery, all));
    }

    private static void add(Operand.Subquery subquery, List<Select> all) {
        all.add(subquery.select());
        addOf(subquery.select(), all);
    }

    /** Hands out the subqueries of a condition, and not those that stand in them. */
    static void forEach(@Nullable Condition condition, Consumer<Operand.Subquery> action) {
        if (condition == null) {
            return;
        }
        switch (condition) {
            case Condition.And and -> and.terms().forEach(term -> forEach(term, action));
            case Condition.Or or -> or.terms().forEach(term -> forEach(term, action));
            case Condition.Not not -> forEach(not.term(), action);
            case Condition.Comparison comparison -> ifSubquery(comparison.value(), action);
            case Condition.In in -> in.values().forEach(value -> ifSubquery(value, action));
            case Condition.Between between -> {
                ifSubquery(between.low(), action);
                ifSubquery(between.high(), action);
            }
            case Condition.Contains contains -> ifSubquery(contains.value(), action);
            case Condition.ContainsAny any -> any.values().forEach(value -> ifSubquery(value, action));
            case Condition.ContainsAll all -> all.values().forEach(value -> ifSubquery(value, action));
            default -> {
                // no values
            }
        }
    }

    /** Hands out the subqueries of HAVING, and not those that stand in them. */
    static void forEach(Select.@Nullable Having having, Consumer<Operand.Subquery> action) {
        if (having != null) {
            ifSubquery(having.first().value(), action);
            having.steps().forEach(step -> ifSubquery(step.term().value(), action));
        }
    }

    /** Hands out an operand that is a subquery. */
    static void ifSubquery(Operand operand, Consumer<Operand.Subquery> action) {
        if (operand instanceof Operand.Subquery subquery) {
            action.accept(subquery);
        }
    }
}
