package io.velesdb.query.exec;

import io.velesdb.query.ast.Statement;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT and EXCEPT over rows that were projected (section 13). */
final class SetOperation {
    /**
     * A row of an operand.
     *
     * @param compared what it is compared by: the values of an explicit list, or the whole row
     * @param id the row's id, 0 where it has none
     */
    record Row(Value compared, long id, @Nullable Score score) {
        private Row better(Row other) {
            Score theirs = other.score;
            Score mine = score;
            if (theirs == null
                    || mine != null
                            && (mine.higherIsBetter() != theirs.higherIsBetter() || mine.key() <= theirs.key())) {
                return this;
            }
            return new Row(compared, id, theirs);
        }
    }

    private SetOperation() {}

    static List<Row> apply(Statement.SetOperator operator, List<Row> left, List<Row> right) {
        return inOrder(
                switch (operator) {
                    case UNION_ALL -> {
                        List<Row> all = new ArrayList<>(left);
                        all.addAll(right);
                        yield all;
                    }
                    case UNION -> {
                        Map<Value, Row> rows = first(left);
                        for (Row row : right) {
                            rows.merge(row.compared, row, Row::better);
                        }
                        yield new ArrayList<>(rows.values());
                    }
                    case INTERSECT -> {
                        Map<Value, Row> others = first(right);
                        List<Row> both = new ArrayList<>();
                        for (Row row : first(left).values()) {
                            Row other = others.get(row.compared);
                            if (other != null) {
                                both.add(row.better(other));
                            }
                        }
                        yield both;
                    }
                    case EXCEPT -> {
                        Set<Value> others = new HashSet<>();
                        right.forEach(row -> others.add(row.compared));
                        List<Row> rest = new ArrayList<>();
                        for (Row row : first(left).values()) {
                            if (!others.contains(row.compared)) {
                                rest.add(row);
                            }
                        }
                        yield rest;
                    }
                },
                left,
                right);
    }

    private static Map<Value, Row> first(List<Row> rows) {
        Map<Value, Row> distinct = new LinkedHashMap<>();
        for (Row row : rows) {
            distinct.merge(row.compared, row, Row::better);
        }
        return distinct;
    }

    /** Best first where all ranked rows have one direction; otherwise the order in which the rows stand. */
    private static List<Row> inOrder(List<Row> rows, List<Row> left, List<Row> right) {
        boolean higher = false;
        boolean lower = false;
        for (List<Row> operand : List.of(left, right)) {
            for (Row row : operand) {
                Score score = row.score;
                if (score != null) {
                    higher |= score.higherIsBetter();
                    lower |= !score.higherIsBetter();
                }
            }
        }
        if (higher != lower) {
            rows.sort((a, b) -> {
                Score x = a.score;
                Score y = b.score;
                if (x == null || y == null) {
                    return Boolean.compare(x == null, y == null);
                }
                return Float.compare(x.key(), y.key());
            });
        }
        return rows;
    }
}
