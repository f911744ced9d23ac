package io.velesdb.query.plan;

import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Fusion;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules V001 to V012, which need the text alone: they are checked before anything runs. */
public final class Validation {
    private static final String REWRITE_SIMILARITY =
            "add NEAR, SPARSE_NEAR, text MATCH or similarity(field, v) to WHERE, or write similarity(field, v) here";

    private final int maxDepth;

    private Validation(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /**
     * Checks a statement.
     *
     * @param text what the statement was parsed from, for the error to show
     * @param maxDepth subqueries that may stand in each other
     * @throws QueryException the first rule that the statement breaks
     * @throws VelesException VELES-010 when subqueries are nested deeper
     */
    public static void check(Query query, String text, int maxDepth) {
        try {
            new Validation(maxDepth).check(query);
        } catch (QueryException e) {
            throw e.in(text, e.place());
        }
    }

    private void check(Query query) {
        Statement statement = query.statement();
        if (!query.lets().isEmpty()
                && !(statement instanceof Statement.Compound)
                && !(statement instanceof Statement.Match)) {
            throw Refusal.invalid(
                    QueryError.MISPLACED,
                    query.lets().get(0).position(),
                    "LET stands before a statement that is neither SELECT nor MATCH",
                    "leave it out");
        }
        switch (statement) {
            case Statement.Compound compound -> compound(compound);
            case Statement.Explain explain -> compound(explain.query());
            case Statement.Match match -> subqueries(match.where(), List.of(), 1);
            case Statement.SelectEdges edges -> subqueries(edges.where(), names(edges.collection()), 1);
            case Statement.Update update -> {
                subqueries(update.where(), names(update.collection()), 1);
                update.assignments().forEach(field -> assigned(field.value(), update.collection()));
            }
            case Statement.Delete delete -> subqueries(delete.where(), names(delete.collection()), 1);
            case Statement.Insert insert ->
                insert.rows().forEach(row -> row.values().forEach(value -> assigned(value, insert.collection())));
            default -> {
                // nothing to check
            }
        }
    }

    private void assigned(Operand value, Name collection) {
        Subqueries.ifSubquery(value, subquery -> subquery(subquery, names(collection), 1));
    }

    private static List<String> names(Name collection) {
        return List.of(collection.text());
    }

    private void compound(Statement.Compound compound) {
        select(compound.first());
        compound.rest().forEach(operand -> select(operand.select()));
    }

    private void select(Select select) {
        Scope scope = Scope.of(select);
        alone(select, scope);
        List<String> outer = new ArrayList<>();
        for (int i = 0; i < scope.size(); i++) {
            Scope.Source source = scope.source(i);
            if (source.name() != null) {
                outer.add(source.name());
            }
            if (source.collection() != null) {
                outer.add(source.collection());
            }
        }
        subqueries(select.where(), outer, 1);
        having(select, outer, 1);
    }

    /** The rules that look at one SELECT and not into its subqueries. */
    private static void alone(Select select, Scope scope) {
        Searches searches = Searches.of(select.where());
        similarities(select, searches);
        declared(select, scope);
        firsts(select);
        if (select.where() != null) {
            oneRetrievalPerOr(select.where());
        }
        fusion(select, searches);
        new Anchors(select, scope).check();
    }

    private void having(Select select, List<String> outer, int depth) {
        Subqueries.forEach(select.having(), subquery -> subquery(subquery, outer, depth));
    }

    // ---- V006: a score needs a source

    private static void similarities(Select select, Searches searches) {
        if (!searches.scores()) {
            for (SelectItem item : select.items()) {
                if (item instanceof SelectItem.Score) {
                    throw withoutSource(item.position());
                }
                if (item instanceof SelectItem.Window window) {
                    window.orderBy().forEach(key -> {
                        if (key.value() instanceof SimilarityScore score) {
                            throw withoutSource(score.position());
                        }
                    });
                }
            }
            for (OrderItem item : select.orderBy()) {
                if (item.key() instanceof Arithmetic arithmetic) {
                    refuseScore(arithmetic);
                }
            }
        }
        if (!select.groupBy().isEmpty() && !searches.ranks()) {
            aggregates(select).forEach(aggregate -> {
                if (aggregate.argument() instanceof Argument.RowScore) {
                    throw Refusal.invalid(
                            QueryError.NO_SCORE,
                            aggregate.position(),
                            "an aggregate of score over groups needs a ranked search",
                            "add NEAR, NEAR_FUSED or SPARSE_NEAR to WHERE");
                }
            });
        }
    }

    private static void refuseScore(Arithmetic arithmetic) {
        switch (arithmetic) {
            case SimilarityScore score -> throw withoutSource(score.position());
            case Arithmetic.Chain chain -> {
                refuseScore(chain.first());
                chain.steps().forEach(step -> refuseScore(step.operand()));
            }
            default -> {
                // no score
            }
        }
    }

    private static RuntimeException withoutSource(Position at) {
        return Refusal.invalid(
                QueryError.NO_SCORE, at, "similarity() has no score source in WHERE", REWRITE_SIMILARITY);
    }

    /** The aggregates of the list, HAVING and ORDER BY. */
    static List<Aggregate> aggregates(Select select) {
        List<Aggregate> all = new ArrayList<>();
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Aggregated aggregated) {
                all.add(aggregated.aggregate());
            }
        }
        Select.Having having = select.having();
        if (having != null) {
            all.add(having.first().aggregate());
            having.steps().forEach(step -> all.add(step.term().aggregate()));
        }
        for (OrderItem item : select.orderBy()) {
            if (item.key() instanceof Aggregate aggregate) {
                all.add(aggregate);
            }
        }
        return all;
    }

    // ---- V007, V009, V001, V012

    private static void declared(Select select, Scope scope) {
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.AllOf all && scope.find(all.source().text()) < 0) {
                throw Refusal.invalid(
                        QueryError.UNKNOWN_SOURCE,
                        all.position(),
                        "'" + all.source().text() + "' is not declared"
                                + Suggestion.of(all.source().text(), scope),
                        "use the alias or the name of a collection in FROM or JOIN");
            }
        }
    }

    private static void firsts(Select select) {
        if (select.groupBy().isEmpty()) {
            aggregates(select).forEach(aggregate -> {
                if (aggregate.function() == Aggregate.Function.FIRST) {
                    throw Refusal.invalid(
                            QueryError.MISPLACED,
                            aggregate.position(),
                            "FIRST needs GROUP BY",
                            "without groups, write ORDER BY and LIMIT 1");
                }
            });
        }
    }

    private static boolean oneRetrievalPerOr(Condition condition) {
        return switch (condition) {
            case Condition.And and -> {
                boolean found = false;
                for (Condition term : and.terms()) {
                    found |= oneRetrievalPerOr(term);
                }
                yield found;
            }
            case Condition.Or or -> {
                boolean found = false;
                for (Condition term : or.terms()) {
                    if (oneRetrievalPerOr(term)) {
                        if (found) {
                            throw Refusal.invalid(
                                    QueryError.VECTOR_SEARCHES_UNDER_OR,
                                    term.position(),
                                    "NEAR and NEAR_FUSED stand on different sides of an OR",
                                    "use NEAR_FUSED with both vectors, or UNION");
                        }
                        found = true;
                    }
                }
                yield found;
            }
            case Condition.Not not -> oneRetrievalPerOr(not.term());
            case Condition.Near near -> true;
            case Condition.NearFused near -> true;
            default -> false;
        };
    }

    private static void fusion(Select select, Searches searches) {
        Fusion fusion = select.fusion();
        Condition.NearFused near = searches.nearFused();
        if (near != null) {
            FusionPlan.of(near, fusion);
            return;
        }
        if (fusion == null) {
            return;
        }
        FusionPlan plan = FusionPlan.of(fusion);
        if (searches.all().size() < 2) {
            throw Refusal.invalid(
                    QueryError.FUSION,
                    fusion.position(),
                    "USING FUSION needs two branches in WHERE, there "
                            + (searches.all().isEmpty() ? "is none" : "is one"),
                    "add NEAR, SPARSE_NEAR or text MATCH, or leave it out");
        }
        if (plan.strategy() == Fusion.Strategy.RSF && searches.required().size() > 2) {
            throw Refusal.invalid(
                    QueryError.FUSION, fusion.position(), "rsf fuses two lists, WHERE has more", "use rrf or weighted");
        }
    }

    // ---- V010: subqueries stand for themselves

    /** @param depth how deep subqueries of the condition stand: 1 for those of the statement itself */
    private void subqueries(@Nullable Condition condition, List<String> outer, int depth) {
        Subqueries.forEach(condition, subquery -> subquery(subquery, outer, depth));
    }

    /**
     * Each subquery is looked at once, with all names around it.
     *
     * @param depth how deep it stands
     */
    private void subquery(Operand.Subquery subquery, List<String> outer, int depth) {
        Select select = subquery.select();
        if (depth > maxDepth) {
            throw Refusal.tooDeep(select.position(), depth, maxDepth);
        }
        String own = select.source().collection().text();
        Condition where = select.where();
        if (where != null) {
            uncorrelated(where, outer, own);
        }
        List<String> inner = new ArrayList<>(outer);
        inner.add(own);
        alone(select, Scope.of(select));
        subqueries(where, inner, depth + 1);
        having(select, inner, depth + 1);
    }

    private static void uncorrelated(Condition condition, List<String> outer, String own) {
        switch (condition) {
            case Condition.And and -> and.terms().forEach(term -> uncorrelated(term, outer, own));
            case Condition.Or or -> or.terms().forEach(term -> uncorrelated(term, outer, own));
            case Condition.Not not -> uncorrelated(not.term(), outer, own);
            default -> {
                Path path = pathOf(condition);
                if (path != null && path.segments().size() > 1) {
                    String qualifier = path.segments().get(0);
                    if (!qualifier.equalsIgnoreCase(own) && outer.stream().anyMatch(qualifier::equalsIgnoreCase)) {
                        throw Refusal.invalid(
                                QueryError.CORRELATED_SUBQUERY,
                                path.position(),
                                "the subquery uses '" + path.text() + "' of the statement around it",
                                "a subquery stands for one value; use a JOIN");
                    }
                }
            }
        }
    }

    /** The path that a predicate tests, or null. */
    static @Nullable Path pathOf(Condition condition) {
        return condition instanceof Condition.SimilarityThreshold threshold
                ? threshold.similarity().field()
                : condition.path();
    }

    /** V011: which source the first node of a graph predicate is (section 15.6). */
    @SuppressWarnings("ReferenceEquality") // the same place in the statement, not an equal pattern
    private record Anchors(Select select, Scope scope) {
        void check() {
            List<Pattern> patterns = patterns(select.where());
            boolean declares = select.source().alias() != null
                    || select.joins().stream().anyMatch(join -> join.source().alias() != null);
            for (Pattern pattern : patterns) {
                Pattern.NodePattern anchor = pattern.nodes().get(0);
                Name alias = anchor.alias();
                if (alias == null) {
                    throw bad(anchor.position(), "its first node has no alias: give it one");
                }
                if (!declares || isAlias(alias.text())) {
                    continue;
                }
                for (int i = 1; i < pattern.nodes().size(); i++) {
                    Name later = pattern.nodes().get(i).alias();
                    if (later != null && isAlias(later.text())) {
                        throw bad(
                                anchor.position(),
                                "'" + later.text() + "' of FROM is not its first node: turn the pattern round");
                    }
                }
                for (Pattern other : patterns) {
                    if (other != pattern && mentions(other, alias.text())) {
                        throw bad(
                                anchor.position(),
                                "'" + alias.text() + "' is used by another pattern too: name the row of FROM in both");
                    }
                }
                if (anchor.collection() != null) {
                    throw bad(anchor.position(), "its first node has an @ mark: use the alias of FROM");
                }
            }
        }

        private boolean isAlias(String name) {
            if (isText(select.source().alias(), name)) {
                return true;
            }
            return select.joins().stream().anyMatch(join -> isText(join.source().alias(), name));
        }

        private static boolean isText(@Nullable Name name, String text) {
            return name != null && name.text().equals(text);
        }

        private static boolean mentions(Pattern pattern, String alias) {
            return pattern.nodes().stream().anyMatch(node -> isText(node.alias(), alias));
        }

        private static RuntimeException bad(Position at, String why) {
            return Refusal.invalid(QueryError.ANCHOR, at, "the graph predicate does not begin at a row of FROM", why);
        }

        private static List<Pattern> patterns(@Nullable Condition condition) {
            List<Pattern> found = new ArrayList<>();
            if (condition != null) {
                collect(condition, found);
            }
            return found;
        }

        private static void collect(Condition condition, List<Pattern> into) {
            switch (condition) {
                case Condition.And and -> and.terms().forEach(term -> collect(term, into));
                case Condition.Or or -> or.terms().forEach(term -> collect(term, into));
                case Condition.Not not -> collect(not.term(), into);
                case Condition.GraphMatch match -> into.add(match.pattern());
                default -> {
                    // no pattern
                }
            }
        }
    }
}
