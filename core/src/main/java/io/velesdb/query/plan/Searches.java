package io.velesdb.query.plan;

import io.velesdb.query.ast.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a WHERE clause asks to be searched (section 7.3).
 *
 * @param required the branches that must hold for the whole clause, in the order written: NEAR, NEAR_FUSED, SPARSE_NEAR
 *     and text MATCH under AND and parentheses only
 * @param rest the clause without them; null for nothing
 * @param all every branch of the clause, wherever it stands
 * @param similarities similarity thresholds, wherever they stand
 */
public record Searches(
        List<Condition> required,
        @Nullable Condition rest,
        List<Condition> all,
        List<Condition.SimilarityThreshold> similarities) {

    /** Takes a clause apart. */
    public static Searches of(@Nullable Condition where) {
        List<Condition> required = new ArrayList<>();
        List<Condition> rest = new ArrayList<>();
        List<Condition> all = new ArrayList<>();
        List<Condition.SimilarityThreshold> similarities = new ArrayList<>();
        if (where != null) {
            split(where, required, rest);
            collect(where, all, similarities);
        }
        Condition left = rest.isEmpty()
                ? null
                : rest.size() == 1 ? rest.get(0) : new Condition.And(rest.get(0).position(), rest);
        return new Searches(List.copyOf(required), left, List.copyOf(all), List.copyOf(similarities));
    }

    private static void split(Condition condition, List<Condition> required, List<Condition> rest) {
        if (condition instanceof Condition.And and) {
            for (Condition term : and.terms()) {
                split(term, required, rest);
            }
        } else if (isBranch(condition)) {
            required.add(condition);
        } else {
            rest.add(condition);
        }
    }

    private static void collect(
            Condition condition, List<Condition> branches, List<Condition.SimilarityThreshold> similarities) {
        switch (condition) {
            case Condition.And and -> and.terms().forEach(term -> collect(term, branches, similarities));
            case Condition.Or or -> or.terms().forEach(term -> collect(term, branches, similarities));
            case Condition.Not not -> collect(not.term(), branches, similarities);
            case Condition.SimilarityThreshold threshold -> similarities.add(threshold);
            default -> {
                if (isBranch(condition)) {
                    branches.add(condition);
                }
            }
        }
    }

    private static boolean isBranch(Condition condition) {
        return condition instanceof Condition.TextMatch || isRanking(condition);
    }

    private static boolean isRanking(Condition condition) {
        return condition instanceof Condition.Near
                || condition instanceof Condition.NearFused
                || condition instanceof Condition.SparseNear;
    }

    /** Whether NEAR, NEAR_FUSED or SPARSE_NEAR occurs: grouping is then ranked grouping. */
    public boolean ranks() {
        return all.stream().anyMatch(Searches::isRanking);
    }

    /** Whether anything gives rows a score. */
    public boolean scores() {
        return !all.isEmpty() || !similarities.isEmpty();
    }

    /** The NEAR_FUSED of the clause, or null. */
    public Condition.@Nullable NearFused nearFused() {
        for (Condition branch : all) {
            if (branch instanceof Condition.NearFused fused) {
                return fused;
            }
        }
        return null;
    }

    /**
     * Refuses combinations that cannot be run.
     *
     * @throws io.velesdb.VelesException VELES-010
     */
    void check(@Nullable Condition where) {
        if (where != null) {
            refuseNegated(where, false);
        }
        Condition near = null;
        Condition sparse = null;
        for (Condition branch : all) {
            if (branch instanceof Condition.NearFused fused) {
                checkFused(fused);
            } else if (branch instanceof Condition.Near && required.contains(branch)) {
                near = once(near, branch, "NEAR");
            } else if (branch instanceof Condition.SparseNear) {
                sparse = once(sparse, branch, "SPARSE_NEAR");
            }
        }
    }

    private static Condition once(@Nullable Condition before, Condition branch, String name) {
        if (before != null) {
            throw Refusal.unrunnable(
                    branch.position(),
                    "a second " + name
                            + " must hold at once with the one before it: use one, or NEAR_FUSED for several vectors");
        }
        return branch;
    }

    @SuppressWarnings("ReferenceEquality") // the same place in the statement, not an equal condition
    private void checkFused(Condition.NearFused fused) {
        boolean alone = similarities.isEmpty()
                && all.stream().filter(Searches::isRanking).count() == 1
                && required.stream().anyMatch(branch -> branch == fused);
        if (!alone || all.size() > 1) {
            throw Refusal.unrunnable(
                    fused.position(),
                    "NEAR_FUSED must be the only search of the statement and stand under AND alone:"
                            + " leave the other search out");
        }
    }

    private static void refuseNegated(Condition condition, boolean negated) {
        switch (condition) {
            case Condition.And and -> and.terms().forEach(term -> refuseNegated(term, negated));
            case Condition.Or or -> or.terms().forEach(term -> refuseNegated(term, negated));
            case Condition.Not not -> refuseNegated(not.term(), true);
            default -> {
                if (negated && isRanking(condition)) {
                    throw Refusal.unrunnable(
                            condition.position(),
                            "NEAR, NEAR_FUSED and SPARSE_NEAR rank rows and cannot be negated:"
                                    + " write NOT similarity(vector, v) > t");
                }
            }
        }
    }
}
