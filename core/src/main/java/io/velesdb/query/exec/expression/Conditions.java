package io.velesdb.query.exec.expression;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Path;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Scope;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds the conditions of a WHERE clause: those that the columns of a collection can answer to a {@link Filter}, all of
 * them to a {@link RowCondition} over rows.
 */
public final class Conditions {
    /** The path of a field that is not read through its path. */
    private static final FieldPath UNUSED = FieldPath.ofNames("payload", "vector");

    /** Filters allow 64 levels; a predicate may need two. */
    private static final int DEEPEST_FILTER = 60;

    /** Binds what is no predicate over one field: searches and patterns. */
    @FunctionalInterface
    public interface Searching {
        RowCondition bind(Condition condition);
    }

    private final Scope scope;
    private final Operands operands;
    private final Searching searching;

    /** @param searching binds what is no predicate over one field */
    public Conditions(Scope scope, Operands operands, Searching searching) {
        this.scope = scope;
        this.operands = operands;
        this.searching = searching;
    }

    /** The terms that all must hold. */
    public static List<Condition> conjuncts(@Nullable Condition condition) {
        List<Condition> all = new ArrayList<>();
        flatten(condition, all);
        return all;
    }

    private static void flatten(@Nullable Condition condition, List<Condition> into) {
        if (condition instanceof Condition.And and) {
            and.terms().forEach(term -> flatten(term, into));
        } else if (condition != null) {
            into.add(condition);
        }
    }

    /** One filter for all of several; null for none. */
    public static @Nullable Filter conjunction(List<Filter> filters) {
        return filters.isEmpty() ? null : filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
    }

    /** The condition as a filter on one source; null when it takes more than the id and the payload of that source. */
    @Nullable
    public Filter filter(Condition condition, int source) {
        return filter(condition, source, 1);
    }

    private @Nullable Filter filter(Condition condition, int source, int level) {
        if (level > DEEPEST_FILTER) {
            return null;
        }
        return switch (condition) {
            case Condition.And and -> {
                List<Filter> terms = filters(and.terms(), source, level);
                yield terms == null ? null : new Filter.And(terms);
            }
            case Condition.Or or -> {
                List<Filter> terms = filters(or.terms(), source, level);
                yield terms == null ? null : new Filter.Or(terms);
            }
            case Condition.Not not -> {
                Filter term = filter(not.term(), source, level + 1);
                yield term == null ? null : new Filter.Not(term);
            }
            default -> {
                Path path = pathOf(condition);
                if (path == null) {
                    yield null;
                }
                FieldRef field = scope.resolve(path);
                boolean answerable = field.source() == source
                        && (field.kind() == FieldRef.Kind.MEMBER || field.kind() == FieldRef.Kind.ID);
                yield answerable ? Predicates.of(condition, field.requirePath(), operands) : null;
            }
        };
    }

    private @Nullable List<Filter> filters(List<Condition> terms, int source, int level) {
        List<Filter> all = new ArrayList<>(terms.size());
        for (Condition term : terms) {
            Filter filter = filter(term, source, level + 1);
            if (filter == null) {
                return null;
            }
            all.add(filter);
        }
        return all;
    }

    /** All of the conditions, over rows; null for none. */
    @Nullable
    public RowCondition all(List<Condition> conditions) {
        if (conditions.isEmpty()) {
            return null;
        }
        return conditions.size() == 1
                ? bind(conditions.get(0))
                : new RowCondition.AllOf(conditions.stream().map(this::bind).toList());
    }

    /** All of the conditions, of which there is at least one. */
    public RowCondition require(List<Condition> conditions) {
        RowCondition all = all(conditions);
        if (all == null) {
            throw new IllegalArgumentException("no condition");
        }
        return all;
    }

    RowCondition bind(Condition condition) {
        return switch (condition) {
            case Condition.And and ->
                new RowCondition.AllOf(and.terms().stream().map(this::bind).toList());
            case Condition.Or or ->
                new RowCondition.AnyOf(or.terms().stream().map(this::bind).toList());
            case Condition.Not not -> new RowCondition.Negation(bind(not.term()));
            case Condition.SimilarityThreshold threshold ->
                new SimilarityTest(similarity(threshold.similarity()), threshold.operator(), (float)
                        ((Value.Num) threshold.threshold().value()).doubleValue());
            default -> {
                Path path = pathOf(condition);
                if (path == null) {
                    yield searching.bind(condition);
                }
                FieldRef field = scope.resolve(path);
                FieldPath tested = field.kind() == FieldRef.Kind.VECTOR ? UNUSED : field.requirePath();
                Filter filter = Predicates.of(condition, tested, operands);
                yield filter == null ? searching.bind(condition) : overRows(filter, field);
            }
        };
    }

    /** Binds {@code similarity(field, v)}. */
    public Similarity similarity(Arithmetic.Similarity similarity) {
        return new Similarity(
                similarity.position(), scope.resolve(similarity.field()), operands.vector(similarity.vector()));
    }

    private static RowCondition overRows(Filter filter, FieldRef field) {
        return switch (filter) {
            case Filter.Leaf leaf -> new RowCondition.FieldTest(new FieldKey(field), leaf);
            case Filter.Not not -> new RowCondition.Negation(overRows(not.condition(), field));
            case Filter.And and ->
                new RowCondition.AllOf(and.conditions().stream()
                        .map(term -> overRows(term, field))
                        .toList());
            case Filter.Or or ->
                new RowCondition.AnyOf(or.conditions().stream()
                        .map(term -> overRows(term, field))
                        .toList());
        };
    }

    /** Whether a condition reads the score of ranked rows. */
    public boolean readsScore(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(this::readsScore);
            case Condition.Or or -> or.terms().stream().anyMatch(this::readsScore);
            case Condition.Not not -> readsScore(not.term());
            default -> {
                Path path = pathOf(condition);
                yield path != null && scope.resolve(path).kind() == FieldRef.Kind.SCORE;
            }
        };
    }

    /** The path of a predicate over the value of one field; null for everything else, searches in a field included. */
    public static @Nullable Path pathOf(Condition condition) {
        return condition instanceof Condition.TextMatch ? null : condition.path();
    }
}
