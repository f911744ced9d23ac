package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A runner of cases is worth something when it notices what is wrong. */
final class QueryCasesTest {
    private static final QueryDataset DATA = QueryDataset.parse("""
            {"collections": [
              {"name": "a", "kind": "metadata", "rows": [{"id": 1, "payload": {"x": 1}}, {"id": 2, "payload": {"x": 2}}]},
              {"name": "g", "kind": "graph", "dimension": 2, "metric": "dot", "rows": [{"id": 1}, {"id": 2, "vector": [1, 0]}],
               "edges": [{"id": 7, "source": 1, "target": 2, "label": "L"}]}]}
            """);

    private static QueryCases.Report run(String cases) {
        return QueryCases.parse(cases).run(() -> DatabaseQuerySurface.holding(DATA, () -> 0L));
    }

    private static String onlyFailure(String members) {
        QueryCases.Report report = run("[{\"id\": \"c\", " + members + "}]");
        assertThat(report.summary()).isEqualTo("0 passed, 1 failed");
        return report.failures().getFirst().report();
    }

    @Test
    void countsWhatPassesAndTellsOfEachThatDoesNot() {
        QueryCases.Report report = run("""
                [{"id": "ids", "query": "SELECT * FROM a", "parses": true, "expect": {"ids": [1, 2]}},
                 {"id": "rows", "query": "SELECT x FROM a WHERE x > $x", "params": {"x": 1}, "parses": true,
                  "expect": {"rows": [{"x": 2.0}]}},
                 {"id": "edges", "query": "SELECT EDGES FROM g", "parses": true, "expect": {"ids": [7]}},
                 {"id": "fresh 1", "query": "DELETE FROM a WHERE x = 1", "parses": true, "expect": {"affected": 1}},
                 {"id": "fresh 2", "query": "DELETE FROM a WHERE x = 1", "parses": true, "expect": {"affected": 1}},
                 {"id": "none", "query": "SELECT * FROM nobody", "parses": true, "expect": {"error": "VELES-002"}},
                 {"id": "no statement", "query": "SELEC", "parses": false},
                 {"id": "wrong", "query": "SELECT * FROM a", "parses": true, "expect": {"ids": [2, 1]}}]
                """);
        assertThat(report.passed()).isEqualTo(7);
        assertThat(report.failures())
                .extracting(QueryCases.Failure::id, QueryCases.Failure::statement, QueryCases.Failure::report)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "wrong", "SELECT * FROM a", "expected ids [2,1], got [1, 2]"));
    }

    @Test
    void noticesEveryKindOfWrongAnswer() {
        assertThat(onlyFailure("\"query\": \"SELEC\", \"parses\": true"))
                .contains("expected a valid statement, got [VELES-010] [E001] ");
        assertThat(onlyFailure("\"query\": \"SHOW COLLECTIONS\", \"parses\": false"))
                .contains("got a valid statement");
        assertThat(onlyFailure(
                        "\"query\": \"SELECT * FROM a\", \"parses\": true, \"expect\": {\"error\": \"VELES-002\"}"))
                .startsWith("expected VELES-002, got [");
        assertThat(onlyFailure("\"query\": \"SELECT * FROM b\", \"parses\": true, \"expect\": {\"ids\": []}"))
                .startsWith("expected an answer, got [VELES-002]");
        assertThat(
                        onlyFailure(
                                "\"query\": \"SELECT x FROM a\", \"parses\": true, \"expect\": {\"rows\": [{\"x\": 1}, {\"x\": 3}]}"))
                .contains("{\"x\":3}");
        assertThat(onlyFailure("\"query\": \"SELECT x FROM a\", \"parses\": true, \"expect\": {\"rows\": []}"))
                .startsWith("expected []");
        assertThat(onlyFailure(
                        "\"query\": \"DELETE FROM a WHERE x = 1\", \"parses\": true, \"expect\": {\"affected\": 2}"))
                .contains("got 1");
        assertThat(onlyFailure("\"query\": \"SELECT x FORM a\", \"parses\": false, \"position\": 8"))
                .startsWith("expected position 8, got 9 ");
        assertThat(onlyFailure("\"query\": \"SELECT x FORM a\", \"parses\": false, \"says\": \"WHERE\""))
                .startsWith("expected an error that says 'WHERE', got [VELES-010]");
        assertThat(
                        onlyFailure(
                                "\"query\": \"SELECT * FROM b\", \"parses\": true, \"expect\": {\"error\": \"VELES-002\", \"says\": \"'c'\"}"))
                .startsWith("expected an error that says ''c'', got [VELES-002]");
        assertThat(
                        onlyFailure(
                                "\"query\": \"SELECT x, id FROM a\", \"parses\": true, \"expect\": {\"columns\": [\"id\", \"x\"]}"))
                .startsWith("expected the columns [\"id\",\"x\"], got ");
        assertThat(
                        onlyFailure(
                                "\"query\": \"DELETE FROM a WHERE x = 1\", \"parses\": true, \"expect\": {\"affected\": 1}, \"then\": [{\"query\": \"SELECT * FROM a\", \"expect\": {\"ids\": [1, 2]}}]"))
                .startsWith("then SELECT * FROM a: expected ids [1,2], got [2]");
    }

    @Test
    void aSurfaceThatBreaksHasNotPassed() {
        QueryCases cases = QueryCases.parse("[{\"id\": \"c\", \"query\": \"SHOW COLLECTIONS\", \"parses\": true}]");
        QueryCases.Report report = cases.run(() -> {
            throw new IllegalStateException("broken");
        });
        assertThat(report.failures().getFirst().report()).contains("broken");
    }

    @Test
    void refusesWhatIsNoFileOfCasesAndSaysWhere() {
        for (String wrong : List.of(
                "{}",
                "[1]",
                "[{\"query\": \"x\", \"parses\": true}]",
                "[{\"id\": \"c\", \"parses\": true}]",
                "[{\"id\": \"c\", \"query\": \"x\"}]",
                "[{\"id\": \"c\", \"query\": \"x\", \"parses\": true, \"params\": []}]",
                "[{\"id\": \"c\", \"query\": \"x\", \"parses\": true, \"expect\": {}}]",
                "[{\"id\": \"c\", \"query\": \"x\", \"parses\": true, \"expect\": {\"rows\": [1]}}]",
                "[{\"id\": \"c\", \"query\": \"x\", \"parses\": true, \"then\": {}}]",
                "[{\"id\": \"c\", \"query\": \"x\", \"parses\": true, \"then\": [{\"query\": \"y\"}]}]",
                "[{\"id\": \"c\", \"query\": \"x\", \"parses\": true}, {\"id\": \"c\", \"query\": \"x\", \"parses\": true}]")) {
            assertThatExceptionOfType(VelesException.class)
                    .as(wrong)
                    .isThrownBy(() -> QueryCases.parse(wrong))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION));
        }
    }

    @Test
    void refusesWhatIsNoDatasetAndSaysWhere() {
        for (String wrong : List.of(
                "[]",
                "{}",
                "{\"collections\": [1]}",
                "{\"collections\": [{\"kind\": \"metadata\", \"rows\": []}]}",
                "{\"collections\": [{\"name\": \"a\", \"kind\": \"table\", \"rows\": []}]}",
                "{\"collections\": [{\"name\": \"a\", \"kind\": \"vector\", \"rows\": []}]}",
                "{\"collections\": [{\"name\": \"a\", \"kind\": \"metadata\"}]}",
                "{\"collections\": [{\"name\": \"a\", \"kind\": \"metadata\", \"rows\": [1]}]}",
                "{\"collections\": [{\"name\": \"a\", \"kind\": \"graph\", \"rows\": [], \"edges\": [{\"id\": 1}]}]}")) {
            assertThatExceptionOfType(VelesException.class)
                    .as(wrong)
                    .isThrownBy(() -> QueryDataset.parse(wrong))
                    .withMessageContaining("conformance/README.md");
        }
    }
}
