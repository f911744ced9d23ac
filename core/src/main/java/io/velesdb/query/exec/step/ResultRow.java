package io.velesdb.query.exec.step;

import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result.
 *
 * @param values the columns in projection order
 * @param id the row's id; 0 where it has none, as groups have
 * @param score null where the row is unranked
 * @param match the bindings of a MATCH; null elsewhere
 */
public record ResultRow(
        Obj values,
        long id,
        @Nullable Score score,
        @Nullable Match match) {
    /**
     * What a pattern bound.
     *
     * @param bindings alias of a node to id
     * @param edges alias of a relationship to edge id
     * @param paths alias of a relationship with a range to the list of edge ids
     * @param depth the number of edges
     */
    public record Match(Obj bindings, Obj edges, Obj paths, int depth) {}

    /** All rows of an output, within what the result may take. */
    public static List<ResultRow> all(Operator output, Function<Tuple, ResultRow> made, Execution execution) {
        List<ResultRow> rows = new ArrayList<>();
        for (List<Tuple> batch = output.next(); batch != null; batch = output.next()) {
            for (Tuple row : batch) {
                ResultRow result = made.apply(row);
                execution.addResult(result.values);
                rows.add(result);
            }
            execution.checkHeld(rows.size(), 0);
            execution.check();
        }
        return rows;
    }

    /** A row that is unranked and has no id. */
    public static ResultRow of(Obj values) {
        return new ResultRow(values, 0, null, null);
    }
}
