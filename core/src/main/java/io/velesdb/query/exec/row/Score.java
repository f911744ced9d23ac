package io.velesdb.query.exec.row;

import io.velesdb.value.Json;
import io.velesdb.value.Value;

/**
 * The score of a ranked row.
 *
 * @param value what the statement sees
 * @param higherIsBetter the direction of {@code value}
 * @param parts what the branches contributed
 */
public record Score(float value, boolean higherIsBetter, Parts parts) {
    /** The contributions of the branches, 0 where a branch is absent or did not retrieve the row. */
    public record Parts(float vector, float text, float sparse) {
        /** Of a score to which no branch contributed. */
        public static final Parts NONE = new Parts(0, 0, 0);
    }

    /** Smaller is better, whatever the direction. Never -0.0. */
    public float key() {
        return higherIsBetter ? 0f - value : value + 0f;
    }

    /** The number that the shortest text of a float stands for: what every surface shows. */
    public static Value number(float value) {
        if (value == (int) value) {
            return Value.of((double) value);
        }
        return Value.of(((Value.Num) Json.parse(Json.text(value))).doubleValue());
    }
}
