package io.velesdb.conformance;

import io.velesdb.value.Obj;
import java.util.List;

/** Port: one way of asking a database that holds the data of the statement cases. */
public interface QuerySurface extends AutoCloseable {
    /**
     * What a statement answered.
     *
     * @param rows the columns of each row
     * @param affected rows, nodes or edges written or removed
     */
    record Answer(List<Obj> rows, long affected) {}

    /**
     * Parses and validates a statement.
     *
     * @throws io.velesdb.QueryException when it is refused
     */
    void check(String statement);

    /**
     * Runs a statement.
     *
     * @throws io.velesdb.VelesException when the surface reports an error of the engine
     */
    Answer query(String statement, Obj parameters);

    @Override
    void close();
}
