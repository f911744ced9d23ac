package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.StatementPlace;
import io.velesdb.query.ast.Position;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a part of one spelling of a statement stands in another. */
final class CounterpartTest {
    @Test
    void everyPartOfEveryCaseIsFoundInItsOtherSpellings() throws ReflectiveOperationException {
        for (Cases.Case c : Cases.all()) {
            if (c.parses()) {
                check(c.query());
            }
        }
    }

    @Test
    void anArrowThatIsAComparisonWithANegativeNumberIsTwoWords() throws ReflectiveOperationException {
        check("SELECT a FROM t WHERE a <-3 AND b<-4 AND c < -5 AND d < 6 ORDER BY a");
        assertThat(counterpart("SELECT a FROM t WHERE a<-3 AND b = $x", "select a from t where a < -3 and b = $x", 35))
                .isEqualTo(new StatementPlace(1, 38, 37));
    }

    @Test
    void linesAndColumnsAreThoseOfTheOtherText() {
        assertThat(counterpart("SELECT a FROM t WHERE b = $x", "-- é\nSELECT a\nFROM t -- é\nWHERE \"é\" <> $x", 26))
                .as("another statement: the place of the word with the same number")
                .isEqualTo(new StatementPlace(4, 14, 42));
        assertThat(counterpart("SELECT a FROM t WHERE b = $x", "SELECT a FROM t WHERE b = $x;", 28))
                .as("the end")
                .isEqualTo(new StatementPlace(1, 29, 28));
        assertThat(counterpart("SELECT a FROM t", " SELECT a FROM t", 3))
                .as("where nothing begins")
                .isEqualTo(new StatementPlace(1, 2, 1));
    }

    private static StatementPlace counterpart(String text, String other, int offset) {
        return parsed(text).counterpart(new StatementPlace(1, offset + 1, offset), parsed(other));
    }

    private static void check(String text) throws ReflectiveOperationException {
        String normalized = parsed(text).normalizedText();
        List<String> spellings = List.of(text, normalized, spread(normalized));
        for (String one : spellings) {
            for (String other : spellings) {
                check(one, other);
            }
        }
    }

    private static void check(String one, String other) throws ReflectiveOperationException {
        QueryParser.Parsed from = parsed(one);
        QueryParser.Parsed to = parsed(other);
        List<StatementPlace> places = new ArrayList<>();
        places(from.query(), places);
        List<StatementPlace> wanted = new ArrayList<>();
        places(to.query(), wanted);
        assertThat(places.stream().map(place -> from.counterpart(place, to)).toList())
                .as("from %s\nto %s", one, other)
                .isEqualTo(wanted);
    }

    private static QueryParser.Parsed parsed(String text) {
        return QueryParser.parse(text, ParseLimits.DEFAULTS);
    }

    /** Every blank that is not within quotes becomes a line with a comment. */
    private static String spread(String normalized) {
        StringBuilder out = new StringBuilder("-- é\n");
        char open = 0;
        for (int i = 0; i < normalized.length(); i++) {
            char c = normalized.charAt(i);
            if (open == 0 && (c == '\'' || c == '"' || c == '`')) {
                open = c;
            } else if (c == open) {
                open = 0;
            }
            out.append(c == ' ' && open == 0 ? " -- \ud83d\ude00\r\n\t " : c);
        }
        return out.append(" ;").toString();
    }

    /** All positions of a tree, in the order of its components. */
    private static void places(Object node, List<StatementPlace> into) throws ReflectiveOperationException {
        if (node instanceof Position position) {
            into.add(position.place());
        } else if (node instanceof List<?> nodes) {
            for (Object one : nodes) {
                places(one, into);
            }
        } else if (node instanceof Record record && record.getClass().getPackage() == Position.class.getPackage()) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object part = component.getAccessor().invoke(record);
                if (part != null) {
                    places(part, into);
                }
            }
        }
    }
}
