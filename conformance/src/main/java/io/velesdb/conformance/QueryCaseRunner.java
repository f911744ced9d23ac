package io.velesdb.conformance;

import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
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
        Obj parameters = testCase.get("params") instanceof Obj given ? given : Obj.EMPTY;
        try (QuerySurface surface = surfaces.get()) {
            String code = codeOf(surface, statement);
            String expected = Value.TRUE.equals(testCase.get("parses"))
                    ? Objects.requireNonNullElse(testCase.text("code"), "")
                    : Objects.requireNonNullElse(testCase.text("code"), "E001");
            if (!code.equals(expected)) {
                return "expected " + named(expected) + ", got " + named(code);
            }
            return testCase.get("expect") instanceof Obj expectation
                    ? compare(expectation, surface, statement, parameters)
                    : null;
        }
    }

    private static String named(String code) {
        return code.isEmpty() ? "a valid statement" : code;
    }

    private static String codeOf(QuerySurface surface, String statement) {
        try {
            surface.check(statement);
            return "";
        } catch (QueryException e) {
            return e.error().code();
        }
    }

    private static @Nullable String compare(Obj expected, QuerySurface surface, String statement, Obj parameters) {
        // over HTTP the error has a name of its own, everywhere else it is VELES-010
        String error = expected.has("http") ? "VELES-010" : expected.text("error");
        QuerySurface.Answer answer;
        try {
            answer = surface.query(statement, parameters);
        } catch (VelesException e) {
            boolean same = e.code().text().equals(error);
            return same ? null : "expected " + (error == null ? "an answer" : error) + ", got " + e.getMessage();
        }
        if (error != null) {
            return "expected " + error + ", got " + write(answer.rows());
        }
        if (expected.get("affected") instanceof Value.Int affected && affected.value() != answer.affected()) {
            return "expected " + affected + " affected, got " + answer.affected();
        }
        if (expected.get("ids") instanceof Arr ids) {
            List<Value> found = answer.rows().stream().map(QueryCaseRunner::id).toList();
            return found.equals(ids.elements()) ? null : "expected ids " + Json.write(ids) + ", got " + found;
        }
        if (expected.get("rows") instanceof Arr rows) {
            double tolerance = expected.get("tolerance") instanceof Value.Num number ? number.doubleValue() : 0;
            return same(rows, answer.rows(), tolerance)
                    ? null
                    : "expected " + Json.write(rows) + ", got " + write(answer.rows());
        }
        return null;
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
