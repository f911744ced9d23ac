package io.velesdb;

import io.velesdb.value.Obj;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a statement of VelesQL answered. Immutable.
 *
 * @param shape what the rows are
 * @param rows in the order of the statement
 * @param affected rows, nodes or edges that the statement wrote or removed; 0 for one that reads
 */
public record QueryResult(Shape shape, List<QueryRow> rows, long affected) {
    /** What the rows of a result are. */
    public enum Shape {
        /** Rows of collections, matches, or what a statement reports. */
        ROWS,
        /** One row: the aggregates over all rows. */
        AGGREGATE,
        /** Groups of rows. */
        GROUPS
    }

    public QueryResult {
        rows = List.copyOf(rows);
    }

    /** The keys of all rows, in the order in which they first appear. */
    public List<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (QueryRow row : rows) {
            Obj values = row.values();
            for (int i = 0; i < values.size(); i++) {
                columns.add(values.name(i));
            }
        }
        return List.copyOf(columns);
    }
}
