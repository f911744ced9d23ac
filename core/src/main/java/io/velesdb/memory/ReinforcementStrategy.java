package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.List;

/**
 * How the confidence of a procedure follows its successes and failures. The result is clamped to 0..1. The records here
 * are values without state; an application may bring its own, which must be a pure function.
 *
 * <pre>{@code
 * ReinforcementStrategy careful = new ReinforcementStrategy.Composite(List.of(
 *         new ReinforcementStrategy.Weighted(ReinforcementStrategy.DIMINISHING, 2),
 *         new ReinforcementStrategy.Weighted(ReinforcementStrategy.TEMPORAL_DECAY, 1)));
 * procedures.reinforce(3, true, careful);
 * }</pre>
 */
@FunctionalInterface
public interface ReinforcementStrategy {
    /** +0.1 on success, -0.05 on failure. What is used unless said otherwise. */
    ReinforcementStrategy FIXED = new Fixed(0.1, 0.05);

    /** +0.2 or -0.1, halved every 10 uses. */
    ReinforcementStrategy ADAPTIVE = new Adaptive(0.2, 0.1, 10);

    /** Confidence is halved for every 30 days without use, then changes as in {@link #FIXED}. */
    ReinforcementStrategy TEMPORAL_DECAY = new TemporalDecay(30, FIXED);

    /** +0.1 of what is missing to 1 on success, -0.05 of what is there on failure. */
    ReinforcementStrategy DIMINISHING = new DiminishingReturns(0.1, 0.05);

    /** The confidence after a use. */
    double confidenceAfter(Reinforcement use);

    /** {@link #FIXED} times a weight: how much this use says about the procedure, 0 for nothing to 1. */
    static ReinforcementStrategy contextual(double weight) {
        return new Contextual(weight, 0.1, 0.05);
    }

    /**
     * The same step, however confident.
     *
     * @param gain added on success, 0 to 1
     * @param loss taken away on failure, 0 to 1
     */
    record Fixed(double gain, double loss) implements ReinforcementStrategy {
        public Fixed {
            check("gain", gain);
            check("loss", loss);
        }

        @Override
        public double confidenceAfter(Reinforcement use) {
            return clamped(use.confidence() + (use.success() ? gain : 0 - loss));
        }
    }

    /**
     * Large steps while little is known, small ones later.
     *
     * @param gain added on the first success, 0 to 1
     * @param loss taken away on a failure at first, 0 to 1
     * @param halvingUses after so many uses the step is half as large, positive
     */
    record Adaptive(double gain, double loss, double halvingUses) implements ReinforcementStrategy {
        public Adaptive {
            check("gain", gain);
            check("loss", loss);
            checkPositive("halvingUses", halvingUses);
        }

        @Override
        public double confidenceAfter(Reinforcement use) {
            double step = (use.success() ? gain : 0 - loss) * HalfLife.remaining((double) use.uses(), halvingUses);
            return clamped(use.confidence() + step);
        }
    }

    /**
     * What was not used for long is relied upon less.
     *
     * @param halfLifeDays days without use that halve the confidence, positive
     * @param then what changes it after that
     */
    record TemporalDecay(double halfLifeDays, ReinforcementStrategy then) implements ReinforcementStrategy {
        public TemporalDecay {
            checkPositive("halfLifeDays", halfLifeDays);
        }

        @Override
        public double confidenceAfter(Reinforcement use) {
            double left = use.confidence() * HalfLife.remaining(use.daysSinceLastUse(), halfLifeDays);
            return clamped(
                    then.confidenceAfter(new Reinforcement(left, use.success(), use.uses(), use.daysSinceLastUse())));
        }
    }

    /**
     * The fixed step, weighted by the caller.
     *
     * @param weight 0 to 1
     */
    record Contextual(double weight, double gain, double loss) implements ReinforcementStrategy {
        public Contextual {
            check("weight", weight);
            check("gain", gain);
            check("loss", loss);
        }

        @Override
        public double confidenceAfter(Reinforcement use) {
            return clamped(use.confidence() + weight * (use.success() ? gain : 0 - loss));
        }
    }

    /**
     * The nearer to an end, the smaller the step towards it.
     *
     * @param gain part of the missing confidence that a success adds, 0 to 1
     * @param loss part of the confidence that a failure takes away, 0 to 1
     */
    record DiminishingReturns(double gain, double loss) implements ReinforcementStrategy {
        public DiminishingReturns {
            check("gain", gain);
            check("loss", loss);
        }

        @Override
        public double confidenceAfter(Reinforcement use) {
            double confidence = use.confidence();
            return clamped(confidence + (use.success() ? gain * (1 - confidence) : 0 - loss * confidence));
        }
    }

    /**
     * The weighted mean of what others make of it.
     *
     * @param parts at least one, with weights that are not all zero
     */
    record Composite(List<Weighted> parts) implements ReinforcementStrategy {
        public Composite {
            parts = List.copyOf(parts);
            double sum = 0;
            for (Weighted part : parts) {
                sum += part.weight();
            }
            if (!(sum > 0) || !Double.isFinite(sum)) {
                throw new VelesException(
                        ErrorCode.QUERY,
                        "a composite strategy of " + parts.size()
                                + " parts has no weight: give at least one part a weight above 0");
            }
        }

        @Override
        public double confidenceAfter(Reinforcement use) {
            double sum = 0;
            double weights = 0;
            for (Weighted part : parts) {
                sum += part.weight() * clamped(part.strategy().confidenceAfter(use));
                weights += part.weight();
            }
            return clamped(sum / weights);
        }
    }

    /**
     * A part of a {@link Composite}.
     *
     * @param weight finite, not negative
     */
    record Weighted(ReinforcementStrategy strategy, double weight) {
        public Weighted {
            if (!(weight >= 0) || !Double.isFinite(weight)) {
                throw new VelesException(
                        ErrorCode.QUERY, "the weight of a part is negative or not finite: use 0 or more");
            }
        }
    }

    /**
     * The nearest confidence.
     *
     * @throws VelesException VELES-010 for what is no number
     */
    static double clamped(double confidence) {
        if (Double.isNaN(confidence)) {
            throw new VelesException(
                    ErrorCode.QUERY, "the reinforcement strategy returned no number: it must return 0 to 1");
        }
        return Math.max(0, Math.min(1, confidence));
    }

    private static void check(String what, double value) {
        ProceduralMemory.checkConfidence(what, value);
    }

    private static void checkPositive(String what, double value) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new VelesException(ErrorCode.QUERY, what + " is not a positive number: use more than 0");
        }
    }
}
