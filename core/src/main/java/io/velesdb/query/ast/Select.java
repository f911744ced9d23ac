package io.velesdb.query.ast;

import io.velesdb.filter.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT over rows; a {@link Statement.Compound} holds one or more.
 *
 * @param items one or more; {@link SelectItem.All} stands alone
 * @param where absent: all rows
 * @param groupBy empty: no GROUP BY
 */
public record Select(
        Position position,
        boolean distinct,
        List<SelectItem> items,
        Source source,
        List<Join> joins,
        @Nullable Condition where,
        List<Path> groupBy,
        @Nullable Having having,
        List<OrderItem> orderBy,
        @Nullable RowCount limit,
        @Nullable RowCount offset,
        List<Option> with,
        @Nullable Fusion fusion)
        implements Node {
    public Select {
        items = List.copyOf(items);
        joins = List.copyOf(joins);
        groupBy = List.copyOf(groupBy);
        orderBy = List.copyOf(orderBy);
        with = List.copyOf(with);
    }

    /** {@code collection [AS alias]}. */
    public record Source(
            Position position, Name collection, @Nullable Name alias) implements Node {
        /** The alias, or the collection's own name. */
        public String text() {
            return alias == null ? collection.text() : alias.text();
        }
    }

    /** A joined source. */
    public record Join(Position position, JoinKind kind, Source source, JoinCondition condition) implements Node {}

    /** Which rows without a partner are kept. */
    public enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /** How the rows of a join find each other. */
    public sealed interface JoinCondition extends Node {
        /** {@code ON a.x = b.y AND …}: one or more equations that all hold. */
        record On(Position position, List<JoinEquality> equalities) implements JoinCondition {
            public On {
                equalities = List.copyOf(equalities);
            }
        }

        /** {@code USING (x, y)}: one or more columns that agree. */
        record Using(Position position, List<Name> columns) implements JoinCondition {
            public Using {
                columns = List.copyOf(columns);
            }
        }
    }

    /** {@code left = right}; both paths have two segments or more. */
    public record JoinEquality(Position position, Path left, Path right) implements Node {}

    /** Terms joined by AND and OR, folded from left to right without precedence. */
    public record Having(Position position, HavingTerm first, List<HavingStep> steps) implements Node {
        public Having {
            steps = List.copyOf(steps);
        }
    }

    /** A connective with the term to its right. */
    public record HavingStep(Position position, Connective connective, HavingTerm term) implements Node {}

    /** {@code aggregate op value}. */
    public record HavingTerm(Position position, Aggregate aggregate, Operator operator, Operand value)
            implements Node {}

    /** AND or OR. */
    public enum Connective {
        AND,
        OR
    }
}
