package io.velesdb.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.velesdb.memory.ReinforcementStrategy.Composite;
import io.velesdb.memory.ReinforcementStrategy.Weighted;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReinforcementStrategyTest {
    private static double after(ReinforcementStrategy strategy, double confidence, boolean success) {
        return after(strategy, confidence, success, 0, 0);
    }

    private static double after(
            ReinforcementStrategy strategy, double confidence, boolean success, long uses, double days) {
        return strategy.confidenceAfter(new Reinforcement(confidence, success, uses, days));
    }

    @Test
    void fixedStepsAreClamped() {
        assertThat(after(ReinforcementStrategy.FIXED, 0.5, true)).isEqualTo(0.6);
        assertThat(after(ReinforcementStrategy.FIXED, 0.5, false)).isEqualTo(0.45);
        assertThat(after(ReinforcementStrategy.FIXED, 0.95, true)).isEqualTo(1.0);
        assertThat(after(ReinforcementStrategy.FIXED, 0.01, false)).isZero();
    }

    @Test
    void adaptiveStepsHalveEveryTenUses() {
        assertThat(after(ReinforcementStrategy.ADAPTIVE, 0.5, true)).isEqualTo(0.7);
        assertThat(after(ReinforcementStrategy.ADAPTIVE, 0.5, false)).isEqualTo(0.4);
        assertThat(after(ReinforcementStrategy.ADAPTIVE, 0.5, true, 10, 0)).isEqualTo(0.6);
        assertThat(after(ReinforcementStrategy.ADAPTIVE, 0.5, true, 5, 0))
                .isEqualTo(0.5 + 0.2 / Math.sqrt(2), within(1e-15));
        assertThat(after(ReinforcementStrategy.ADAPTIVE, 0.5, true, Long.MAX_VALUE, 0))
                .isEqualTo(0.5);
    }

    @Test
    void decayHalvesConfidenceEveryThirtyDaysBeforeTheStep() {
        assertThat(after(ReinforcementStrategy.TEMPORAL_DECAY, 0.8, true, 3, 0)).isEqualTo(0.9);
        assertThat(after(ReinforcementStrategy.TEMPORAL_DECAY, 0.8, true, 3, 30))
                .isEqualTo(0.5);
        assertThat(after(ReinforcementStrategy.TEMPORAL_DECAY, 0.8, false, 3, 60))
                .isEqualTo(0.15, within(1e-15));
    }

    @Test
    void contextWeighsTheStep() {
        assertThat(after(ReinforcementStrategy.contextual(0), 0.5, true)).isEqualTo(0.5);
        assertThat(after(ReinforcementStrategy.contextual(0.5), 0.5, true)).isEqualTo(0.55);
        assertThat(after(ReinforcementStrategy.contextual(1), 0.5, false)).isEqualTo(0.45);
        assertThatThrownBy(() -> ReinforcementStrategy.contextual(1.5)).hasMessageContaining("weight is 1.5");
        assertThatThrownBy(() -> ReinforcementStrategy.contextual(Double.NaN)).hasMessageContaining("VELES-010");
    }

    @Test
    void returnsDiminishTowardsTheEnds() {
        assertThat(after(ReinforcementStrategy.DIMINISHING, 0.9, true)).isEqualTo(0.91, within(1e-15));
        assertThat(after(ReinforcementStrategy.DIMINISHING, 1, true)).isEqualTo(1);
        assertThat(after(ReinforcementStrategy.DIMINISHING, 0.2, false)).isEqualTo(0.19, within(1e-15));
        assertThat(after(ReinforcementStrategy.DIMINISHING, 0, false)).isZero();
    }

    @Test
    void aCompositeIsTheWeightedMean() {
        ReinforcementStrategy mixed = new Composite(
                List.of(new Weighted(ReinforcementStrategy.FIXED, 3), new Weighted(ReinforcementStrategy.ADAPTIVE, 1)));

        assertThat(after(mixed, 0.5, true)).isEqualTo((3 * 0.6 + 0.7) / 4, within(1e-15));
        assertThatThrownBy(() -> new Composite(List.of())).hasMessageContaining("no weight");
        assertThatThrownBy(() -> new Composite(List.of(new Weighted(ReinforcementStrategy.FIXED, 0))))
                .hasMessageContaining("no weight");
        assertThatThrownBy(() -> new Weighted(ReinforcementStrategy.FIXED, -1)).hasMessageContaining("negative");
    }

    @Test
    void aStrategyThatReturnsNoNumberIsRefused() {
        assertThatThrownBy(() -> ReinforcementStrategy.clamped(Double.NaN)).hasMessageContaining("VELES-010");
        assertThat(ReinforcementStrategy.clamped(7)).isEqualTo(1);
        assertThat(ReinforcementStrategy.clamped(-7)).isZero();
    }

    @Test
    void halvingAgreesWithThePowerFunction() {
        for (double amount = 0; amount < 400; amount += 0.37) {
            double exact = Math.pow(2, -amount / 10);
            assertThat(HalfLife.remaining(amount, 10)).as("2^-" + amount / 10).isEqualTo(exact, within(4e-16 * exact));
        }
        assertThat(HalfLife.remaining(0, 10)).isEqualTo(1);
        assertThat(HalfLife.remaining(20, 10)).isEqualTo(0.25);
        assertThat(HalfLife.remaining(1e300, 1e-300)).isZero();
    }
}
