package io.velesdb.query.parse;

import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.IntervalUnit;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Position;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values: literals, parameters, times, subqueries, vectors. */
final class OperandParser {
    private static final long LARGEST_INDEX = 0xffff_ffffL;

    private final Grammar grammar;
    private final TokenReader tokens;

    OperandParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    /** {@code value}: what a column is compared with. */
    Operand value() {
        Position position = tokens.position();
        return switch (tokens.peek()) {
            case TEXT, WHOLE_NUMBER, DECIMAL, MINUS, TRUE, FALSE, NULL, PARAMETER -> plainValue();
            case LEFT_PARENTHESIS -> {
                if (tokens.peek(1) != Token.SELECT) {
                    tokens.couldBe(Token.VALUE);
                    throw tokens.unexpected("only a subquery stands in parentheses: (SELECT …)");
                }
                tokens.advance();
                Operand.Subquery subquery = new Operand.Subquery(position, grammar.selects.subquery());
                tokens.expect(Token.RIGHT_PARENTHESIS);
                yield subquery;
            }
            case NOW -> tokens.peek(1) == Token.LEFT_PARENTHESIS ? temporal() : noValue();
            case INTERVAL -> tokens.peek(1) == Token.TEXT ? temporal() : noValue();
            default -> noValue();
        };
    }

    /** {@code dml_value}: what is assigned to a column. */
    Operand assignedValue() {
        return switch (tokens.peek()) {
            case LEFT_BRACKET -> vectorLiteral();
            case LEFT_BRACE -> sparseLiteral();
            default -> value();
        };
    }

    /** {@code plain_value}: a literal or a parameter. */
    Operand plainValue() {
        Position position = tokens.position();
        switch (tokens.peek()) {
            case TEXT -> {
                return new Literal(position, new Value.Str(tokens.string()));
            }
            case WHOLE_NUMBER, DECIMAL, MINUS -> {
                return tokens.number();
            }
            case TRUE -> {
                tokens.advance();
                return new Literal(position, Value.TRUE);
            }
            case FALSE -> {
                tokens.advance();
                return new Literal(position, Value.FALSE);
            }
            case NULL -> {
                tokens.advance();
                return new Literal(position, Value.NULL);
            }
            case PARAMETER -> {
                return new Operand.Parameter(position, tokens.parameter());
            }
            default -> {
                return noValue();
            }
        }
    }

    private Operand noValue() {
        tokens.couldBe(Token.VALUE);
        throw tokens.unexpected();
    }

    /** {@code (value, …)}. */
    List<Operand> list() {
        tokens.expect(Token.LEFT_PARENTHESIS);
        if (tokens.peek() == Token.SELECT) {
            tokens.couldBe(Token.VALUE);
            throw tokens.unexpected("a list holds values; a subquery in it stands in parentheses of its own");
        }
        List<Operand> values = new ArrayList<>();
        do {
            values.add(value());
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return values;
    }

    // ---- times

    private Operand temporal() {
        Position position = tokens.position();
        Operand.Moment left = moment();
        boolean plus = tokens.accept(Token.PLUS);
        if (!plus && !tokens.accept(Token.MINUS)) {
            return left;
        }
        Arithmetic.Operator operator = plus ? Arithmetic.Operator.ADD : Arithmetic.Operator.SUBTRACT;
        return new Operand.TemporalSum(position, left, operator, moment());
    }

    private Operand.Moment moment() {
        Position position = tokens.position();
        if (tokens.accept(Token.NOW)) {
            tokens.expect(Token.LEFT_PARENTHESIS);
            tokens.expect(Token.RIGHT_PARENTHESIS);
            return new Operand.Now(position);
        }
        tokens.expect(Token.INTERVAL);
        int token = tokens.mark();
        String text = tokens.string();
        int blank = 0;
        while (blank < text.length() && !isBlank(text.charAt(blank))) {
            blank++;
        }
        int unit = blank;
        while (unit < text.length() && isBlank(text.charAt(unit))) {
            unit++;
        }
        IntervalUnit known = unit(text.substring(unit));
        if (known == null || unit == blank || !isWhole(text, blank)) {
            throw tokens.syntax(
                    token,
                    "INTERVAL takes a whole number, blanks and a unit",
                    "write for example '7 days'; units are second, minute, hour, day, week and month");
        }
        try {
            long amount = Long.parseLong(text.substring(0, blank));
            Math.multiplyExact(amount, known.seconds());
            return new Operand.Interval(position, amount, known);
        } catch (NumberFormatException | ArithmeticException e) {
            throw tokens.syntax(token, "the interval is out of range", "its seconds must fit a signed 64-bit integer");
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isWhole(String text, int end) {
        int from = end > 0 && text.charAt(0) == '-' ? 1 : 0;
        for (int i = from; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < end;
    }

    private static @Nullable IntervalUnit unit(String text) {
        return switch (Words.lower(text)) {
            case "s", "sec", "second", "seconds" -> IntervalUnit.SECOND;
            case "m", "min", "minute", "minutes" -> IntervalUnit.MINUTE;
            case "h", "hour", "hours" -> IntervalUnit.HOUR;
            case "d", "day", "days" -> IntervalUnit.DAY;
            case "w", "week", "weeks" -> IntervalUnit.WEEK;
            case "month", "months" -> IntervalUnit.MONTH;
            default -> null;
        };
    }

    // ---- vectors

    /** {@code vector_value}. */
    Operand.VectorOperand vector() {
        if (tokens.peek() == Token.PARAMETER) {
            Position position = tokens.position();
            return new Operand.Parameter(position, tokens.parameter());
        }
        tokens.couldBe(Token.PARAMETER);
        return vectorLiteral();
    }

    /** A sparse literal or a parameter. */
    Operand.SparseOperand sparseVector() {
        if (tokens.peek() == Token.PARAMETER) {
            Position position = tokens.position();
            return new Operand.Parameter(position, tokens.parameter());
        }
        tokens.couldBe(Token.PARAMETER);
        return sparseLiteral();
    }

    private Operand.VectorLiteral vectorLiteral() {
        Position position = tokens.position();
        tokens.expect(Token.LEFT_BRACKET);
        List<Value> components = new ArrayList<>();
        do {
            components.add(tokens.numberValue());
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_BRACKET);
        return new Operand.VectorLiteral(position, Arr.of(components));
    }

    private Operand.SparseLiteral sparseLiteral() {
        Position position = tokens.position();
        tokens.expect(Token.LEFT_BRACE);
        List<Operand.SparseTerm> terms = new ArrayList<>();
        do {
            Position at = tokens.position();
            int token = tokens.mark();
            Value.Num index = tokens.numberValue();
            if (!(index instanceof Value.Int whole && whole.value() >= 0 && whole.value() <= LARGEST_INDEX)) {
                throw tokens.syntax(
                        token, "a term index is not a whole number in 0..4294967295", "write {index: weight, …}");
            }
            tokens.expect(Token.COLON);
            terms.add(new Operand.SparseTerm(at, whole.value(), tokens.numberValue()));
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_BRACE);
        return new Operand.SparseLiteral(position, terms);
    }
}
