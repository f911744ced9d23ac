package io.velesdb.embedded.vector;

import jdk.incubator.vector.FloatVector;

/** Whether the JVM was started with the Vector API, and how wide it is here. */
final class VectorApi {
    /** False on a class path without {@code --add-modules jdk.incubator.vector}: then everything runs on scalar code. */
    static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private VectorApi() {}

    /** Floats per register; only where the API is {@link #PRESENT}. */
    static int preferredFloats() {
        return FloatVector.SPECIES_PREFERRED.length();
    }
}
