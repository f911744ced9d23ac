package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.QueryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every statement of the conformance cases parses or fails as the case says. */
final class CaseStatementsTest {
    @Test
    void thereAreAllCases() {
        assertThat(Cases.all()).hasSizeGreaterThanOrEqualTo(336);
    }

    @Test
    void everyCaseParsesOrGivesItsCode() {
        List<String> wrong = Cases.all().stream()
                .filter(c -> !code(c.query()).equals(c.code()))
                .map(c -> c.id() + " expected '" + c.code() + "', got '" + code(c.query()) + "': " + c.query())
                .toList();
        assertThat(wrong).isEmpty();
    }

    static String code(String query) {
        try {
            QueryParser.parse(query);
            return "";
        } catch (QueryException e) {
            return e.error().code();
        }
    }
}
