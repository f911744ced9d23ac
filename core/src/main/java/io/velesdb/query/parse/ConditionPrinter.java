package io.velesdb.query.parse;

import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes conditions and patterns as text. */
final class ConditionPrinter {
    private final StringBuilder out;
    private final ExpressionPrinter expressions;

    ConditionPrinter(StringBuilder out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
    }

    void where(@Nullable Condition condition) {
        if (condition != null) {
            out.append(" WHERE ");
            condition(condition);
        }
    }

    void condition(Condition condition) {
        switch (condition) {
            case Condition.And and -> expressions.list(and.terms(), " AND ", term -> term(term, true));
            case Condition.Or or -> expressions.list(or.terms(), " OR ", term -> term(term, false));
            case Condition.Not not -> {
                out.append("NOT ");
                term(not.term(), true);
            }
            case Condition.Comparison c -> {
                expressions.path(c.path());
                expressions.comparison(c.operator());
                expressions.operand(c.value());
            }
            case Condition.In in -> {
                after(in.path(), in.negated() ? "NOT IN " : "IN ");
                expressions.values(in.values());
            }
            case Condition.Between between -> {
                after(between.path(), "BETWEEN ");
                expressions.operand(between.low());
                out.append(" AND ");
                expressions.operand(between.high());
            }
            case Condition.Like like -> {
                after(like.path(), like.ignoreCase() ? "ILIKE " : "LIKE ");
                expressions.string(like.pattern());
            }
            case Condition.IsNull isNull -> after(isNull.path(), isNull.negated() ? "IS NOT NULL" : "IS NULL");
            case Condition.Contains contains -> {
                after(contains.path(), "CONTAINS ");
                expressions.operand(contains.value());
            }
            case Condition.ContainsAny any -> {
                after(any.path(), "CONTAINS ANY ");
                expressions.values(any.values());
            }
            case Condition.ContainsAll all -> {
                after(all.path(), "CONTAINS ALL ");
                expressions.values(all.values());
            }
            case Condition.ContainsText text -> {
                after(text.path(), "CONTAINS_TEXT ");
                expressions.string(text.text());
            }
            case Condition.TextMatch match -> {
                after(match.path(), "MATCH ");
                expressions.string(match.text());
            }
            case Condition.GeoDistance distance -> {
                out.append("GEO_DISTANCE(");
                expressions.path(distance.path());
                out.append(", ");
                expressions.list(List.of(distance.latitude(), distance.longitude()), expressions::operand);
                out.append(')');
                expressions.comparison(distance.operator());
                expressions.operand(distance.metres());
            }
            case Condition.GeoBox box -> {
                out.append("GEO_BBOX(");
                expressions.path(box.path());
                out.append(", ");
                expressions.list(
                        List.of(box.minLatitude(), box.minLongitude(), box.maxLatitude(), box.maxLongitude()),
                        expressions::operand);
                out.append(')');
            }
            case Condition.Near near -> {
                out.append("vector NEAR ");
                expressions.operand(near.vector());
            }
            case Condition.NearFused fused -> nearFused(fused);
            case Condition.SparseNear sparse -> {
                out.append("vector SPARSE_NEAR ");
                expressions.operand(sparse.vector());
                if (sparse.index() != null) {
                    out.append(" USING ");
                    expressions.string(sparse.index());
                }
            }
            case Condition.SimilarityThreshold threshold -> {
                expressions.similarity(threshold.similarity());
                expressions.comparison(threshold.operator());
                expressions.operand(threshold.threshold());
            }
            case Condition.GraphMatch match -> {
                out.append("MATCH ");
                pattern(match.pattern());
            }
        }
    }

    private void term(Condition term, boolean aroundAnd) {
        if (term instanceof Condition.Or || aroundAnd && term instanceof Condition.And) {
            out.append('(');
            condition(term);
            out.append(')');
        } else {
            condition(term);
        }
    }

    private void after(Path path, String operator) {
        expressions.path(path);
        out.append(' ').append(operator);
    }

    private void nearFused(Condition.NearFused fused) {
        out.append("vector NEAR_FUSED [");
        expressions.list(fused.vectors(), expressions::operand);
        out.append(']');
        Condition.InlineFusion fusion = fused.fusion();
        if (fusion != null) {
            out.append(" USING FUSION ");
            expressions.string(fusion.strategy());
            if (!fusion.options().isEmpty()) {
                out.append(' ');
                expressions.options(fusion.options());
            }
        }
    }

    // ---- patterns

    void pattern(Pattern pattern) {
        for (int i = 0; i < pattern.nodes().size(); i++) {
            if (i > 0) {
                relationship(pattern.relationships().get(i - 1));
            }
            node(pattern.nodes().get(i));
        }
    }

    private void node(Pattern.NodePattern node) {
        out.append('(');
        word("", node.alias());
        for (Name label : node.labels()) {
            word(":", label);
        }
        word("@", node.collection());
        properties(node.properties());
        out.append(')');
    }

    private void relationship(Pattern.RelationshipPattern relationship) {
        out.append(relationship.direction() == Pattern.Direction.INCOMING ? "<-[" : "-[");
        word("", relationship.alias());
        String separator = ":";
        for (Name type : relationship.types()) {
            word(separator, type);
            separator = "|";
        }
        Pattern.HopRange range = relationship.range();
        if (range != null) {
            out.append('*').append(range.min()).append("..");
            if (range.max() != Pattern.HopRange.UNBOUNDED) {
                out.append(range.max());
            }
        }
        properties(relationship.properties());
        out.append(relationship.direction() == Pattern.Direction.OUTGOING ? "]->" : "]-");
    }

    /** Words of a pattern are never quoted, keywords included. */
    private void word(String before, @Nullable Name name) {
        if (name != null) {
            out.append(before).append(name.text());
        }
    }

    private void properties(List<Field> properties) {
        if (!properties.isEmpty()) {
            char last = out.charAt(out.length() - 1);
            out.append(last == '(' || last == '[' ? "{" : " {");
            expressions.list(properties, property -> expressions.field(property, ": "));
            out.append('}');
        }
    }
}
