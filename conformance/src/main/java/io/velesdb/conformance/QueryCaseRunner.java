package io.velesdb.conformance;

import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a statement case (section 26 of the language) and compares what a surface answers with what the case expects. */
public final class QueryCaseRunner {
    private QueryCaseRunner() {}

    /**
     * Runs one case on a fresh copy of the data.
     *
     * @param surfaces opens one; it is closed again
     * @return null when the answer is as expected, else what was expected and what came
     */
    public static @Nullable String run(Obj testCase, Supplier<QuerySurface> surfaces) {
        String statement = Objects.requireNonNull(testCase.text("query"), "the case has no query");
        try (QuerySurface surface = surfaces.get()) {
            String report = checkRefusal(testCase, surface, statement);
            if (report == null && testCase.get("expect") instanceof Obj expectation) {
                report = compare(expectation, surface, statement, parameters(testCase));
            }
            return report == null && testCase.get("then") instanceof Arr following
                    ? runAfter(following, surface)
                    : report;
        }
    }

    private static Obj parameters(Obj step) {
        return step.get("params") instanceof Obj given ? given : Obj.EMPTY;
    }

    /** Statements that look at what the one of the case left behind. */
    private static @Nullable String runAfter(Arr following, QuerySurface surface) {
        for (Value value : following) {
            Obj step = (Obj) value;
            String statement = Objects.requireNonNull(step.text("query"), "a statement that follows has no query");
            String report =
                    compare((Obj) Objects.requireNonNull(step.get("expect")), surface, statement, parameters(step));
            if (report != null) {
                return "then " + statement + ": " + report;
            }
        }
        return null;
    }

    private static String named(String code) {
        return code.isEmpty() ? "a valid statement" : code;
    }

    private static @Nullable String checkRefusal(Obj testCase, QuerySurface surface, String statement) {
        String expected = Value.TRUE.equals(testCase.get("parses"))
                ? Objects.requireNonNullElse(testCase.text("code"), "")
                : Objects.requireNonNullElse(testCase.text("code"), "E001");
        QueryException refusal = null;
        try {
            surface.check(statement);
        } catch (QueryException e) {
            refusal = e;
        }
        String code = refusal == null ? "" : refusal.error().code();
        if (!code.equals(expected)) {
            return "expected " + named(expected) + ", got " + (refusal == null ? named(code) : refusal.getMessage());
        }
        if (refusal == null) {
            return null;
        }
        if (testCase.get("position") instanceof Value.Int position && position.value() != refusal.offset()) {
            return "expected position " + position + ", got " + refusal.offset() + " of " + refusal.getMessage();
        }
        return lacks(testCase, refusal);
    }

    private static @Nullable String lacks(Obj expected, VelesException error) {
        String words = expected.text("says");
        return words == null
                        || Objects.requireNonNullElse(error.getMessage(), "").contains(words)
                ? null
                : "expected an error that says '" + words + "', got " + error.getMessage();
    }

    private static @Nullable String compare(Obj expected, QuerySurface surface, String statement, Obj parameters) {
        // over HTTP the error has a name of its own, everywhere else it is VELES-010
        String error = expected.has("http") ? "VELES-010" : expected.text("error");
        QuerySurface.Answer answer;
        try {
            answer = surface.query(statement, parameters);
        } catch (VelesException e) {
            return e.code().text().equals(error)
                    ? lacks(expected, e)
                    : "expected " + (error == null ? "an answer" : error) + ", got " + e.getMessage();
        }
        if (error != null) {
            return "expected " + error + ", got " + write(answer.rows());
        }
        if (expected.get("affected") instanceof Value.Int affected && affected.value() != answer.affected()) {
            return "expected " + affected + " affected, got " + answer.affected();
        }
        if (expected.get("columns") instanceof Arr columns) {
            for (Obj row : answer.rows()) {
                if (!columnsOf(row).equals(columns.elements())) {
                    return "expected the columns " + Json.write(columns) + ", got " + columnsOf(row);
                }
            }
        }
        if (expected.get("ids") instanceof Arr ids) {
            List<Value> found = answer.rows().stream().map(QueryCaseRunner::id).toList();
            if (!found.equals(ids.elements())) {
                return "expected ids " + Json.write(ids) + ", got " + found;
            }
        }
        if (expected.get("rows") instanceof Arr rows) {
            double tolerance = expected.get("tolerance") instanceof Value.Num number ? number.doubleValue() : 0;
            if (!same(rows, answer.rows(), tolerance)) {
                return "expected " + Json.write(rows) + ", got " + write(answer.rows());
            }
        }
        return null;
    }

    private static List<Value> columnsOf(Obj row) {
        List<Value> columns = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            columns.add(Value.of(row.name(i)));
        }
        return columns;
    }

    private static Value id(Obj row) {
        Value id = row.get("id");
        Value edge = row.get("edge_id");
        return id != null ? id : edge != null ? edge : Value.NULL;
    }

    private static String write(List<Obj> rows) {
        return Json.write(Arr.of(rows));
    }

    private static boolean same(Arr expected, List<Obj> rows, double tolerance) {
        if (expected.size() != rows.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            Obj wanted = (Obj) expected.get(i);
            for (int m = 0; m < wanted.size(); m++) {
                Value found = rows.get(i).get(wanted.name(m));
                if (found == null || !same(wanted.value(m), found, tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean same(Value wanted, Value found, double tolerance) {
        if (tolerance > 0 && wanted instanceof Value.Num a && found instanceof Value.Num b) {
            return Math.abs(a.doubleValue() - b.doubleValue()) <= tolerance;
        }
        return wanted.equals(found);
    }
}
