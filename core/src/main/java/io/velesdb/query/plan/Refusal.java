package io.velesdb.query.plan;

import io.velesdb.ErrorCode;
import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Position;

/** The errors of a statement that was parsed: all name where in the text the cause stands. */
public final class Refusal {
    private Refusal() {}

    /**
     * The statement breaks a rule that needs no data to be checked (section 21.3).
     *
     * @param hint what to write instead
     */
    public static QueryException invalid(QueryError error, Position at, String text, String hint) {
        return new QueryException(error, text, "", at.line(), at.column(), at.offset(), "", hint);
    }

    /** The statement cannot be run: shape, parameter, unsupported use. */
    public static VelesException unrunnable(Position at, String text) {
        return failed(at, ErrorCode.QUERY, text);
    }

    /** A subquery stands deeper than {@code query.max_subquery_depth}. */
    public static VelesException tooDeep(Position at, int depth, int most) {
        return unrunnable(
                at, "subqueries are nested " + depth + " deep, query.max_subquery_depth is " + most + ": take one out");
    }

    /** A limit of the configuration or the statement is passed. */
    public static VelesException overBudget(Position at, String text) {
        return failed(at, ErrorCode.CONFIG, text);
    }

    /** A graph has no such operation. */
    public static VelesException notOfGraphs(Position at, String text) {
        return failed(at, ErrorCode.GRAPH_NOT_SUPPORTED, text);
    }

    /** What fails at a place of the statement with another code. */
    public static VelesException failed(Position at, ErrorCode code, String text) {
        return VelesException.at(at.place(), code, text);
    }
}
