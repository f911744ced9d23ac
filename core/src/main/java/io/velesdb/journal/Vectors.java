package io.velesdb.journal;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/** Checks of vectors that come from outside. */
public final class Vectors {
    private Vectors() {}

    /**
     * @param what names the vector in the message
     * @throws VelesException VELES-004 for a wrong dimension, VELES-005 for a component that is not finite
     */
    public static void check(String what, float[] vector, int offset, int length, int dimension) {
        if (length != dimension) {
            throw new VelesException(
                    ErrorCode.DIMENSION_MISMATCH,
                    what + " has " + length + " components, the collection has dimension " + dimension
                            + ": use the same embedding model as for the stored vectors");
        }
        // 0 * x is 0 for every finite x and NaN otherwise: one branch for the whole vector
        float poison = 0;
        for (int i = 0; i < length; i++) {
            poison += vector[offset + i] * 0f;
        }
        if (Float.isNaN(poison)) {
            for (int i = 0; i < length; i++) {
                float component = vector[offset + i];
                if (!Float.isFinite(component)) {
                    throw new VelesException(
                            ErrorCode.INVALID_VECTOR,
                            what + " has " + component + " at position " + i + ": use finite numbers only");
                }
            }
        }
    }
}
