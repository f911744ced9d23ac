package io.velesdb.query.plan;

import io.velesdb.QueryError;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Fusion;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Position;
import io.velesdb.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lists of several branches become one (section 7.5), checked.
 *
 * @param k the rank constant
 * @param vectorWeight null where none is given, as for the others
 */
public record FusionPlan(
        Fusion.Strategy strategy,
        int k,
        @Nullable Double vectorWeight,
        @Nullable Double graphWeight,
        @Nullable Double denseWeight,
        @Nullable Double sparseWeight) {
    private static final double SLACK = 0.001;

    /** What is done without USING FUSION. */
    public static final FusionPlan DEFAULT = new FusionPlan(Fusion.Strategy.RRF, 60, null, null, null, null);

    /** @throws io.velesdb.VelesException V012 for options that do not go together */
    public static FusionPlan of(@Nullable Fusion fusion) {
        if (fusion == null) {
            return DEFAULT;
        }
        int k = DEFAULT.k;
        @Nullable Double[] weights = new Double[4];
        boolean[] seen = new boolean[Fusion.Parameter.values().length];
        for (Fusion.Option option : fusion.options()) {
            if (seen[option.parameter().ordinal()]) {
                continue;
            }
            seen[option.parameter().ordinal()] = true;
            if (option.parameter() == Fusion.Parameter.K) {
                k = rankConstant(option.position(), option.value().value());
            } else {
                weights[option.parameter().ordinal() - 1] = weight(option);
            }
        }
        Fusion.Strategy strategy = fusion.strategy() == null ? Fusion.Strategy.RRF : fusion.strategy();
        FusionPlan plan = new FusionPlan(strategy, k, weights[0], weights[1], weights[2], weights[3]);
        plan.checkWeights(fusion.position());
        return plan;
    }

    /**
     * The fusion of NEAR_FUSED, whose inline form takes precedence.
     *
     * @throws io.velesdb.VelesException V012 for a strategy that NEAR_FUSED does not have
     */
    public static FusionPlan of(Condition.NearFused near, @Nullable Fusion fusion) {
        Condition.InlineFusion inline = near.fusion();
        if (inline == null) {
            FusionPlan plan = of(fusion);
            if (plan.strategy == Fusion.Strategy.WEIGHTED || plan.strategy == Fusion.Strategy.RSF) {
                throw Refusal.invalid(
                        QueryError.FUSION,
                        fusion == null ? near.position() : fusion.position(),
                        "NEAR_FUSED has no strategy '" + plan.strategy.text() + "'",
                        "use rrf, average or maximum");
            }
            return plan;
        }
        Fusion.Strategy strategy = switch (inline.strategy().toLowerCase(Locale.ROOT)) {
            case "rrf" -> Fusion.Strategy.RRF;
            case "average" -> Fusion.Strategy.AVERAGE;
            case "maximum" -> Fusion.Strategy.MAXIMUM;
            default ->
                throw Refusal.invalid(
                        QueryError.FUSION,
                        inline.position(),
                        "NEAR_FUSED has no strategy '" + inline.strategy() + "'",
                        "use rrf, average or maximum");
        };
        int k = DEFAULT.k;
        List<Option> options = inline.options();
        for (int i = options.size() - 1; i >= 0; i--) {
            Option option = options.get(i);
            if (!option.name().text().equalsIgnoreCase("k")) {
                throw Refusal.invalid(
                        QueryError.FUSION,
                        option.position(),
                        "NEAR_FUSED has no option '" + option.name().text() + "'",
                        "its only option is k");
            }
            k = rankConstant(option.position(), option.value().value());
        }
        return new FusionPlan(strategy, k, null, null, null, null);
    }

    private static int rankConstant(Position at, Value value) {
        if (value instanceof Value.Num number
                && number.doubleValue() >= 1
                && number.doubleValue() <= Integer.MAX_VALUE
                && number.doubleValue() == (int) number.doubleValue()) {
            return (int) number.doubleValue();
        }
        throw Refusal.invalid(QueryError.FUSION, at, "the fusion option k is " + value, "use a positive integer");
    }

    private static double weight(Fusion.Option option) {
        if (option.value().value() instanceof Value.Num number) {
            return number.doubleValue();
        }
        throw Refusal.invalid(
                QueryError.FUSION,
                option.position(),
                "the fusion option " + option.parameter().text() + " is "
                        + option.value().value(),
                "use a number");
    }

    private void checkWeights(Position at) {
        if (strategy == Fusion.Strategy.RSF) {
            double d = dense();
            double s = sparse();
            if (d < 0 || s < 0 || Math.abs(d + s - 1) > SLACK) {
                throw Refusal.invalid(
                        QueryError.FUSION,
                        at,
                        "the weights of rsf are dense_weight " + Value.of(d) + " and sparse_weight " + Value.of(s),
                        "use weights that are not negative and sum to 1");
            }
        } else if (strategy == Fusion.Strategy.WEIGHTED
                && (isNegative(vectorWeight)
                        || isNegative(graphWeight)
                        || isNegative(denseWeight)
                        || isNegative(sparseWeight))) {
            throw Refusal.invalid(
                    QueryError.FUSION, at, "a weight of the fusion is negative", "use weights of 0 and more");
        }
    }

    private static boolean isNegative(@Nullable Double weight) {
        return weight != null && weight < 0;
    }

    /** The weight of the first list: for rsf the complement of the other where only that is given; else 0.5. */
    public double dense() {
        return complemented(denseWeight, sparseWeight);
    }

    /** The weight of the second list, in the same way. */
    public double sparse() {
        return complemented(sparseWeight, denseWeight);
    }

    /** The weights that the strategy looks at, by the names of their options: of weighted those that are given. */
    public Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        if (strategy == Fusion.Strategy.RSF) {
            weights.put(Fusion.Parameter.DENSE_WEIGHT.text(), dense());
            weights.put(Fusion.Parameter.SPARSE_WEIGHT.text(), sparse());
        } else if (strategy == Fusion.Strategy.WEIGHTED) {
            putGiven(Fusion.Parameter.VECTOR_WEIGHT, vectorWeight, weights);
            putGiven(Fusion.Parameter.GRAPH_WEIGHT, graphWeight, weights);
            putGiven(Fusion.Parameter.DENSE_WEIGHT, denseWeight, weights);
            putGiven(Fusion.Parameter.SPARSE_WEIGHT, sparseWeight, weights);
        }
        return weights;
    }

    private static void putGiven(Fusion.Parameter parameter, @Nullable Double weight, Map<String, Double> into) {
        if (weight != null) {
            into.put(parameter.text(), weight);
        }
    }

    private double complemented(@Nullable Double own, @Nullable Double other) {
        if (own != null) {
            return own;
        }
        return other != null && strategy == Fusion.Strategy.RSF ? 1 - other : 0.5;
    }
}
