package io.velesdb.query.exec;

import io.velesdb.value.Value;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The score of a ranked row.
 *
 * @param vector what the dense branch contributed, 0 where there is none, as for the others
 */
record NaiveScore(float value, boolean higherIsBetter, float vector, float sparse, float text) {
    /** Ranked rows before unranked ones, the better score first. */
    static final Comparator<@Nullable NaiveScore> BEST_FIRST = (a, b) -> a == null || b == null
            ? Boolean.compare(a == null, b == null)
            : a.higherIsBetter ? Float.compare(b.value, a.value) : Float.compare(a.value, b.value);

    static NaiveScore of(double value, boolean higherIsBetter) {
        return new NaiveScore(rounded(value), higherIsBetter, 0, 0, 0);
    }

    /** To a finite float, and zero has no sign. */
    static float rounded(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)) + 0f;
    }

    /** A score as a value: the number that the shortest text of the float stands for. */
    static Value shown(float score) {
        return Value.of(Double.parseDouble(Float.toString(score)));
    }
}
