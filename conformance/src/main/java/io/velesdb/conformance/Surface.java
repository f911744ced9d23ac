package io.velesdb.conformance;

import io.velesdb.value.Obj;
import io.velesdb.value.Value;

/** Port: one way of reaching a database, empty when a case begins. */
public interface Surface extends AutoCloseable {
    /**
     * Takes one step.
     *
     * @param operation what to do, the member {@code do} of the step
     * @param arguments the whole step
     * @return the answer in the form that {@code conformance/README.md} gives for the operation
     * @throws io.velesdb.VelesException when the surface reports an error of the engine
     */
    Value perform(String operation, Obj arguments);

    @Override
    void close();
}
