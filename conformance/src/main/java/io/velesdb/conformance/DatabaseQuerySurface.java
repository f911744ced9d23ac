package io.velesdb.conformance;

import io.velesdb.Database;
import io.velesdb.Limits;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.host.Clock;
import io.velesdb.value.Obj;

/** The public Java API, on a database in memory or one that the host opened. */
public final class DatabaseQuerySurface implements QuerySurface {
    private final Database database;

    private DatabaseQuerySurface(Database database) {
        this.database = database;
    }

    /**
     * A database in memory that holds a dataset.
     *
     * @param clock the time of the statements
     */
    public static DatabaseQuerySurface holding(QueryDataset dataset, Clock clock) {
        Database database = Database.inMemory(Limits.DEFAULTS, clock);
        dataset.load(database);
        return over(database);
    }

    /** A database that holds a dataset already; {@link #close} closes it. */
    public static DatabaseQuerySurface over(Database database) {
        return new DatabaseQuerySurface(database);
    }

    @Override
    public void check(String statement) {
        Database.checkStatement(statement);
    }

    @Override
    public Answer query(String statement, Obj parameters) {
        QueryResult result = database.query(statement, parameters);
        return new Answer(result.rows().stream().map(QueryRow::values).toList(), result.affected());
    }

    @Override
    public void close() {
        database.close();
    }
}
