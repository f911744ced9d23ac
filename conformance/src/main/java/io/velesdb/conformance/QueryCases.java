package io.velesdb.conformance;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file of statement cases (section 26 of the language), checked for its shape. Immutable. */
public final class QueryCases {
    /**
     * A case that a surface did not pass.
     *
     * @param id of the case
     * @param statement of the case
     * @param report what was expected and what came
     */
    public record Failure(String id, String statement, String report) {}

    /**
     * How a surface did.
     *
     * @param passed how many cases
     * @param failures the other ones, in the order of the file
     */
    public record Report(int passed, List<Failure> failures) {
        public Report {
            failures = List.copyOf(failures);
        }

        /** {@code N passed, N failed}. */
        public String summary() {
            return passed + " passed, " + failures.size() + " failed";
        }
    }

    private final List<Obj> cases;

    private QueryCases(List<Obj> cases) {
        this.cases = cases;
    }

    /**
     * The cases of a file.
     *
     * @param json an array of cases
     * @throws VelesException VELES-012 when it is none: the message names the case and the member
     */
    public static QueryCases parse(String json) {
        if (!(Json.parse(json) instanceof Arr array)) {
            throw malformed("the file of cases is no JSON array");
        }
        List<Obj> cases = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            cases.add(checked(array.get(i), i, ids));
        }
        return new QueryCases(cases);
    }

    private static Obj checked(Value value, int place, Set<String> ids) {
        if (!(value instanceof Obj testCase)) {
            throw malformed("case " + place + " is no object");
        }
        String id = testCase.text("id");
        if (id == null) {
            throw malformed("case " + place + " has no text 'id'");
        }
        if (!ids.add(id)) {
            throw malformed("there are two cases '" + id + "'");
        }
        if (testCase.text("query") == null) {
            throw malformed("case '" + id + "' has no text 'query'");
        }
        if (!(testCase.get("parses") instanceof Value.Bool)) {
            throw malformed("case '" + id + "' does not say true or false for 'parses'");
        }
        requireObject(testCase, id, "params");
        requireObject(testCase, id, "expect");
        if (testCase.get("expect") instanceof Obj expected) {
            checkExpectation(id, expected);
        }
        if (testCase.has("then")) {
            checkFollowing(id, testCase.get("then"));
        }
        return testCase;
    }

    private static void checkFollowing(String id, @Nullable Value following) {
        if (!(following instanceof Arr steps)) {
            throw malformed("'then' of case '" + id + "' is no array");
        }
        for (Value value : steps) {
            if (!(value instanceof Obj step) || step.text("query") == null) {
                throw malformed("a member of 'then' of case '" + id + "' has no text 'query'");
            }
            requireObject(step, id, "params");
            if (!(step.get("expect") instanceof Obj expected)) {
                throw malformed("a member of 'then' of case '" + id + "' has no object 'expect'");
            }
            checkExpectation(id, expected);
        }
    }

    /** What says nothing that is compared would pass whatever came. */
    private static void checkExpectation(String id, Obj expected) {
        for (String list : List.of("ids", "rows", "columns")) {
            Value given = expected.get(list);
            if (given != null && !(given instanceof Arr)) {
                throw malformed("'" + list + "' of case '" + id + "' is no array");
            }
        }
        if (expected.get("rows") instanceof Arr rows) {
            for (Value row : rows) {
                if (!(row instanceof Obj)) {
                    throw malformed("a row of case '" + id + "' is no object");
                }
            }
        }
        if (!expected.has("ids")
                && !expected.has("rows")
                && !expected.has("columns")
                && expected.text("error") == null
                && !(expected.get("affected") instanceof Value.Int)) {
            throw malformed("'expect' of case '" + id + "' has none of ids, rows, columns, error and affected");
        }
    }

    private static void requireObject(Obj testCase, String id, String member) {
        Value value = testCase.get(member);
        if (value != null && !(value instanceof Obj)) {
            throw malformed("'" + member + "' of case '" + id + "' is no object");
        }
    }

    private static VelesException malformed(String what) {
        return new VelesException(
                ErrorCode.SERIALIZATION, what + ": see conformance/README.md for the form of statement cases");
    }

    /** How many there are. */
    public int size() {
        return cases.size();
    }

    /**
     * Runs all, each on a fresh copy of the data.
     *
     * @param surfaces opens one that holds the data
     */
    public Report run(Supplier<? extends QuerySurface> surfaces) {
        List<Failure> failures = new ArrayList<>();
        for (Obj testCase : cases) {
            String report = report(testCase, surfaces);
            if (report != null) {
                failures.add(new Failure(
                        Objects.requireNonNull(testCase.text("id")),
                        Objects.requireNonNull(testCase.text("query")),
                        report));
            }
        }
        return new Report(cases.size() - failures.size(), failures);
    }

    /** A surface that fails in another way than with an error of the engine has not passed, and the rest is still run. */
    private static @Nullable String report(Obj testCase, Supplier<? extends QuerySurface> surfaces) {
        try {
            return QueryCaseRunner.run(testCase, surfaces::get);
        } catch (RuntimeException e) {
            return "threw " + e;
        }
    }
}
