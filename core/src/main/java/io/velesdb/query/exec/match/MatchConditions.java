package io.velesdb.query.exec.match;

import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.RowCondition;
import io.velesdb.query.exec.expression.Similarity;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.search.TextBranch;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** WHERE of a MATCH: what single nodes are asked, what is tested on whole matches, and what ranks them. */
final class MatchConditions {
    private final Statement.Match match;
    private final Scope scope;
    private final VisibleRows target;
    private final Execution execution;
    private final Conditions conditions;
    private final List<List<Filter>> ofNodes = new ArrayList<>();
    private final List<Condition> tested = new ArrayList<>();
    private Condition.@Nullable Near near;

    /** @throws io.velesdb.VelesException VELES-010 for a second NEAR */
    MatchConditions(Statement.Match match, Scope scope, VisibleRows target, Operands operands, Execution execution) {
        this.match = match;
        this.scope = scope;
        this.target = target;
        this.execution = execution;
        conditions = new Conditions(scope, operands, this::bindSearch);
        match.pattern().nodes().forEach(node -> ofNodes.add(new ArrayList<>()));
        for (Condition term : Conditions.conjuncts(match.where())) {
            if (term instanceof Condition.Near nearest) {
                if (near != null) {
                    throw Refusal.unrunnable(nearest.position(), "a second NEAR: MATCH is ranked by one");
                }
                near = nearest;
            } else if (!isOfNode(term)) {
                tested.add(term);
            }
        }
    }

    /** Takes a condition on the data of one node alone. */
    private boolean isOfNode(Condition term) {
        for (int node = 0; node < ofNodes.size(); node++) {
            Filter filter = conditions.filter(term, 2 * node);
            if (filter != null) {
                ofNodes.get(node).add(filter);
                return true;
            }
        }
        return false;
    }

    /** What is asked of the data of a node. */
    List<Filter> ofNode(int node) {
        return ofNodes.get(node);
    }

    /** What is asked of a match beyond that. */
    List<Condition> tested() {
        return tested;
    }

    /** The test of {@link #tested}, of which there is at least one. */
    RowCondition test() {
        return conditions.require(tested);
    }

    Similarity similarity(Arithmetic.Similarity similarity) {
        return conditions.similarity(similarity);
    }

    /** What ranks the matches; null for nothing. */
    Condition.@Nullable Near near() {
        return near;
    }

    /** Whether the score of a match comes from a search. */
    boolean search() {
        return near != null || tested.stream().anyMatch(MatchConditions::hasSimilarity);
    }

    private static boolean hasSimilarity(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.terms().stream().anyMatch(MatchConditions::hasSimilarity);
            case Condition.Or or -> or.terms().stream().anyMatch(MatchConditions::hasSimilarity);
            case Condition.Not not -> hasSimilarity(not.term());
            case Condition.SimilarityThreshold threshold -> true;
            default -> false;
        };
    }

    private RowCondition bindSearch(Condition condition) {
        if (condition instanceof Condition.TextMatch text) {
            return textTest(text);
        }
        throw Refusal.unrunnable(
                condition.position(),
                "this search cannot stand here: MATCH … WHERE takes similarity(alias.field, v), and vector NEAR v"
                        + " that is not under OR and NOT");
    }

    /** Text MATCH only filters here: the rows of the node's collection that have one of the words. */
    private RowCondition textTest(Condition.TextMatch text) {
        FieldRef field = scope.resolve(text.path());
        int source = field.source();
        if (field.kind() == FieldRef.Kind.VECTOR || source % 2 != 0) {
            throw Refusal.unrunnable(text.position(), "MATCH searches text fields of nodes: name one");
        }
        Name mark = match.pattern().nodes().get(source / 2).collection();
        if (mark != null && execution.snapshot().find(mark.text()) == null) {
            return (row, finding) -> false;
        }
        VisibleRows rows = mark == null ? target : PatternWalk.target(mark.text(), execution);
        RowSet all = RowSet.of(rows, null, execution);
        Set<Long> found = new HashSet<>();
        for (long id : new TextBranch(source, field.requirePath(), text.text(), execution)
                .retrieve(all, all.count(), true)
                .ids()) {
            found.add(id);
        }
        return (row, finding) -> {
            Entity entity = row.entity(source);
            return entity != null && found.contains(entity.id());
        };
    }
}
