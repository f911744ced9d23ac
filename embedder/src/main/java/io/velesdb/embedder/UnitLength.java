package io.velesdb.embedder;

/** Scales vectors to unit length: what the model's users compare by, and what makes cosine and dot product agree. */
final class UnitLength {
    private UnitLength() {}

    /**
     * Scales {@code vector} in place. The squares are summed in double precision, so that they neither overflow nor
     * vanish.
     *
     * @return false, and {@code vector} as it was, when it has no direction: all zero, or not finite
     */
    static boolean scale(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            return false;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return true;
    }
}
