package io.velesdb.query.exec.expression;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.WindowKey;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds the expressions of ORDER BY, LET and windows. A name is, in this order: a LET binding, a score variable, what the
 * statement calls so (an alias, a key), a path of the row.
 */
public final class Expressions {
    /** The names of a statement. */
    public interface Names {
        /** The place of the last binding of a name among the first {@code before}, or -1. */
        int binding(String name, int before);

        /** The item that an alias or key denotes; null for none. */
        @Nullable
        Expression item(Path path);

        /** The value of a path in the row. */
        Expression path(Path path);

        /** The value of an aggregate; null where rows are no groups. */
        @Nullable
        Expression aggregate(Aggregate aggregate);
    }

    private final Names names;
    private final Function<Arithmetic.Similarity, Similarity> similarities;

    /** @param similarities binds {@code similarity(field, v)} */
    public Expressions(Names names, Function<Arithmetic.Similarity, Similarity> similarities) {
        this.names = names;
        this.similarities = similarities;
    }

    /** An expression that may use the first {@code bindings} bindings. */
    public Expression bind(Arithmetic arithmetic, int bindings) {
        return switch (arithmetic) {
            case Literal literal -> row -> literal.value();
            case Path path -> name(path, bindings);
            case SimilarityScore score -> SimilarityExpression.OF_ROW;
            case Arithmetic.Similarity similarity -> similarities.apply(similarity);
            case Arithmetic.Chain chain -> {
                List<Computed.Step> steps = new ArrayList<>(chain.steps().size());
                for (Arithmetic.Step step : chain.steps()) {
                    steps.add(new Computed.Step(step.operator(), bind(step.operand(), bindings)));
                }
                yield new Computed(bind(chain.first(), bindings), steps);
            }
        };
    }

    /** The bindings of LET; each may use those before it. */
    public List<Expression> bindings(List<Query.Let> lets) {
        List<Expression> bound = new ArrayList<>(lets.size());
        for (int i = 0; i < lets.size(); i++) {
            bound.add(bind(lets.get(i).value(), i));
        }
        return bound;
    }

    private Expression name(Path path, int bindings) {
        if (path.segments().size() == 1) {
            String name = path.segments().get(0);
            int binding = names.binding(name, bindings);
            if (binding >= 0) {
                return row -> row.bindings[binding];
            }
            Expression variable = variable(name);
            if (variable != null) {
                return variable;
            }
        }
        Expression item = names.item(path);
        return item == null ? names.path(path) : item;
    }

    private static @Nullable Expression variable(String name) {
        return switch (name) {
            case "fused_score" -> SimilarityExpression.OF_ROW;
            case "vector_score" -> part(row -> parts(row).vector());
            case "bm25_score" -> part(row -> parts(row).text());
            case "sparse_score" -> part(row -> parts(row).sparse());
            case "graph_score" -> part(row -> row.graphScore);
            default -> null;
        };
    }

    private static Score.Parts parts(Tuple row) {
        Score score = row.score;
        return score == null ? Score.Parts.NONE : score.parts();
    }

    private static Expression part(Function<Tuple, Float> score) {
        return new Expression() {
            @Override
            public Value value(Tuple row) {
                return Score.number(score.apply(row));
            }

            @Override
            public double number(Tuple row) {
                return score.apply(row);
            }
        };
    }

    /** The key of an item of ORDER BY; null for an aggregate over rows that are no groups, where all rows tie. */
    @Nullable
    SortKey key(OrderItem item, int bindings) {
        boolean descending = item.direction() == OrderItem.Direction.DESC;
        return switch (item.key()) {
            case Aggregate aggregate -> {
                Expression value = names.aggregate(aggregate);
                yield value == null ? null : SortKey.ofValue(value, descending);
            }
            case SimilarityScore score ->
                SortKey.ofSimilarity(SimilarityExpression.OF_ROW, item.direction() != OrderItem.Direction.ASC);
            case Arithmetic.Similarity similarity ->
                SortKey.ofSimilarity(similarities.apply(similarity), item.direction() != OrderItem.Direction.ASC);
            case Arithmetic.Chain chain -> SortKey.ofNumber(bind(chain, bindings), descending);
            case Arithmetic arithmetic -> SortKey.ofValue(bind(arithmetic, bindings), descending);
        };
    }

    /**
     * Binds the items of ORDER BY.
     *
     * @param bindings those of LET that may be named, the first
     */
    public List<SortKey> keys(List<OrderItem> items, int bindings) {
        List<SortKey> keys = new ArrayList<>(items.size());
        for (OrderItem item : items) {
            SortKey key = key(item, bindings);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The key of a window's ORDER BY. */
    public SortKey key(WindowKey key, int bindings) {
        boolean descending = key.direction() == OrderItem.Direction.DESC;
        return switch (key.value()) {
            case SimilarityScore score -> SortKey.ofSimilarity(SimilarityExpression.OF_ROW, descending);
            case Path path -> SortKey.ofValue(windowPath(path, bindings), descending);
        };
    }

    /** The value of a path in a window. */
    public Expression windowPath(Path path, int bindings) {
        if (path.segments().size() == 1) {
            int binding = names.binding(path.segments().get(0), bindings);
            if (binding >= 0) {
                return row -> row.bindings[binding];
            }
        }
        return names.path(path);
    }
}
