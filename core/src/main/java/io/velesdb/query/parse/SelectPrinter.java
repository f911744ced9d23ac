package io.velesdb.query.parse;

import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.RowCount;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.Statement;
import org.jspecify.annotations.Nullable;

/** Writes SELECT and what it is made of as text. */
final class SelectPrinter {
    final ExpressionPrinter expressions;
    final ConditionPrinter conditions;
    private final StringBuilder out;

    SelectPrinter(StringBuilder out) {
        this.out = out;
        expressions = new ExpressionPrinter(out, this);
        conditions = new ConditionPrinter(out, expressions);
    }

    void compound(Statement.Compound compound) {
        select(compound.first());
        for (Statement.SetOperand operand : compound.rest()) {
            out.append(' ').append(operand.operator().text()).append(' ');
            select(operand.select());
        }
    }

    void select(Select select) {
        out.append(select.distinct() ? "SELECT DISTINCT " : "SELECT ");
        expressions.list(select.items(), this::item);
        out.append(" FROM ");
        source(select.source());
        for (Select.Join join : select.joins()) {
            out.append(
                            join.kind() == Select.JoinKind.INNER
                                    ? ""
                                    : " " + join.kind().name())
                    .append(" JOIN ");
            source(join.source());
            condition(join.condition());
        }
        conditions.where(select.where());
        if (!select.groupBy().isEmpty()) {
            out.append(" GROUP BY ");
            expressions.list(select.groupBy(), expressions::path);
        }
        having(select.having());
        expressions.orderBy(select.orderBy());
        rowCount(" LIMIT ", select.limit());
        rowCount(" OFFSET ", select.offset());
        if (!select.with().isEmpty()) {
            out.append(" WITH ");
            expressions.options(select.with());
        }
        if (select.fusion() != null) {
            expressions.fusion(select.fusion());
        }
    }

    void rowCount(String word, @Nullable RowCount count) {
        if (count != null) {
            out.append(word).append(count.rows());
        }
    }

    void item(SelectItem item) {
        switch (item) {
            case SelectItem.All all -> out.append('*');
            case SelectItem.AllOf all -> {
                expressions.name(all.source());
                out.append(".*");
            }
            case SelectItem.Column column -> {
                expressions.path(column.path());
                expressions.alias(column.alias());
            }
            case SelectItem.Score score -> {
                out.append("similarity()");
                expressions.alias(score.alias());
            }
            case SelectItem.Aggregated aggregated -> {
                expressions.aggregate(aggregated.aggregate());
                expressions.alias(aggregated.alias());
            }
            case SelectItem.Window window -> window(window);
        }
    }

    private void window(SelectItem.Window window) {
        out.append(window.function().name()).append("() OVER (");
        if (!window.partitionBy().isEmpty()) {
            out.append("PARTITION BY ");
            expressions.list(window.partitionBy(), expressions::path);
        }
        if (!window.orderBy().isEmpty()) {
            out.append(window.partitionBy().isEmpty() ? "ORDER BY " : " ORDER BY ");
            expressions.list(window.orderBy(), key -> {
                switch (key.value()) {
                    case Path path -> expressions.path(path);
                    case SimilarityScore score -> out.append("similarity()");
                }
                expressions.direction(key.direction());
            });
        }
        out.append(')');
        expressions.alias(window.alias());
    }

    private void source(Select.Source source) {
        expressions.name(source.collection());
        expressions.alias(source.alias());
    }

    private void condition(Select.JoinCondition condition) {
        switch (condition) {
            case Select.JoinCondition.On on -> {
                out.append(" ON ");
                expressions.list(on.equalities(), " AND ", equality -> {
                    expressions.path(equality.left());
                    out.append(" = ");
                    expressions.path(equality.right());
                });
            }
            case Select.JoinCondition.Using using -> {
                out.append(" USING (");
                expressions.list(using.columns(), expressions::name);
                out.append(')');
            }
        }
    }

    private void having(Select.@Nullable Having having) {
        if (having != null) {
            out.append(" HAVING ");
            term(having.first());
            for (Select.HavingStep step : having.steps()) {
                out.append(' ').append(step.connective().name()).append(' ');
                term(step.term());
            }
        }
    }

    private void term(Select.HavingTerm term) {
        expressions.aggregate(term.aggregate());
        expressions.comparison(term.operator());
        expressions.operand(term.value());
    }
}
