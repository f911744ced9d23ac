package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.filter.Operator;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.Statement;
import io.velesdb.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shape of trees, where the text written from them would not show it. */
final class TreeTest {
    @Test
    void nodesKnowWhereTheyBegin() {
        Select select = select("SELECT a,\n  MAX(b) AS c FROM t\nWHERE x = 'é'");
        SelectItem.Aggregated item = (SelectItem.Aggregated) select.items().get(1);
        assertPosition(item.position(), 2, 3, 12);
        assertPosition(item.aggregate().argument().position(), 2, 7, 16);
        assertPosition(item.alias().position(), 2, 13, 22);
        Condition.Comparison comparison = (Condition.Comparison) select.where();
        assertPosition(comparison.position(), 3, 7, 37);
        assertPosition(comparison.value().position(), 3, 11, 41);
    }

    @Test
    void columnsCountCharactersAndOffsetsBytes() {
        Select select = select("SELECT a FROM t WHERE a = '\ud83d\ude00é' AND b = 1");
        Condition.And and = (Condition.And) select.where();
        assertPosition(and.terms().get(1).position(), 1, 36, 39);
    }

    @Test
    void equalityLeavesPositionsOut() {
        Aggregate one =
                new Aggregate(new Position(1, 2, 3), Aggregate.Function.COUNT, new Argument.AllRows(Position.START));
        Aggregate other = new Aggregate(Position.START, Aggregate.Function.COUNT, new Argument.AllRows(Position.START));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void integersAreExact() {
        assertThat(literal("18446744073709551615")).isEqualTo(Value.ofUnsigned(-1));
        assertThat(literal("-9223372036854775808")).isEqualTo(Value.of(Long.MIN_VALUE));
        assertThat(literal("9007199254740993")).isEqualTo(Value.of(9_007_199_254_740_993L));
        assertThat(literal("9223372036854775808")).isEqualTo(Value.ofUnsigned(Long.MIN_VALUE));
        assertThat(literal("1.0")).isInstanceOf(Value.Dbl.class);
        assertThat(literal("1e0")).isInstanceOf(Value.Dbl.class);
        assertThat(literal("1")).isInstanceOf(Value.Int.class);
        assertThat(literal("0.1E+1")).isEqualTo(Value.of(1.0));
        assertThat(((Value.Dbl) literal("-0.0")).toString()).isEqualTo("-0.0");
    }

    @Test
    void stringsAreUnescaped() {
        assertThat(literal("'Captain''s\\n'")).isEqualTo(Value.of("Captain's\\n"));
        assertThat(literal("''")).isEqualTo(Value.of(""));
        assertThat(literal("''''")).isEqualTo(Value.of("'"));
        assertThat(literal("'a\nb'")).isEqualTo(Value.of("a\nb"));
    }

    @Test
    void aQuotedNameIsOneSegment() {
        SelectItem.Column column = (SelectItem.Column)
                select("SELECT a.\"b.c\".`d e`.\"f\"\"g\" FROM t").items().get(0);
        assertThat(column.path().segments()).isEqualTo(List.of("a", "b.c", "d e", "f\"g"));
    }

    @Test
    void andBindsTighterThanOrAndNotTightest() {
        Condition.Or or = (Condition.Or)
                select("SELECT a FROM t WHERE NOT a = 1 AND b = 2 OR c = 3").where();
        Condition.And and = (Condition.And) or.terms().get(0);
        assertThat(and.terms().get(0)).isInstanceOf(Condition.Not.class);
        assertThat(((Condition.Comparison) or.terms().get(1)).operator()).isEqualTo(Operator.EQ);
    }

    @Test
    void havingKeepsTheOrderOfItsConnectives() {
        Select.Having having = select("SELECT COUNT(*) FROM t HAVING COUNT(*) > 1 OR MIN(a) < 2 AND MAX(a) = 3")
                .having();
        assertThat(having.steps())
                .extracting(Select.HavingStep::connective)
                .containsExactly(Select.Connective.OR, Select.Connective.AND);
    }

    @Test
    void parametersAreNodes() {
        Condition.Comparison comparison = (Condition.Comparison)
                select("SELECT a FROM t WHERE a = $\"x; DROP\"").where();
        assertThat(comparison.value()).isEqualTo(new Operand.Parameter(Position.START, "x; DROP"));
    }

    private static Value literal(String text) {
        Condition.Comparison comparison = (Condition.Comparison)
                select("SELECT a FROM t WHERE a = " + text).where();
        return ((Literal) comparison.value()).value();
    }

    private static Select select(String text) {
        return ((Statement.Compound) QueryParser.parse(text).statement()).first();
    }

    private static void assertPosition(Position position, int line, int column, int offset) {
        assertThat(List.of(position.line(), position.column(), position.offset()))
                .isEqualTo(List.of(line, column, offset));
    }
}
