package io.velesdb.query.parse;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic over scores and columns, aggregates, and ORDER BY, which sorts by both. */
final class ArithmeticParser {
    private final Grammar grammar;
    private final TokenReader tokens;

    ArithmeticParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    /** Sums and differences of products. Recursion goes by parentheses, which the lexer has counted. */
    Arithmetic arithmetic() {
        Position position = tokens.position();
        Arithmetic first = product();
        List<Arithmetic.Step> steps = null;
        while (tokens.sees(Token.PLUS) || tokens.sees(Token.MINUS)) {
            Position at = tokens.position();
            Arithmetic.Operator operator =
                    tokens.peek() == Token.PLUS ? Arithmetic.Operator.ADD : Arithmetic.Operator.SUBTRACT;
            tokens.advance();
            steps = steps == null ? new ArrayList<>() : steps;
            steps.add(new Arithmetic.Step(at, operator, product()));
        }
        return steps == null ? first : new Arithmetic.Chain(position, first, steps);
    }

    private Arithmetic product() {
        Position position = tokens.position();
        Arithmetic first = atom();
        List<Arithmetic.Step> steps = null;
        while (tokens.sees(Token.STAR) || tokens.sees(Token.SLASH)) {
            Position at = tokens.position();
            Arithmetic.Operator operator =
                    tokens.peek() == Token.STAR ? Arithmetic.Operator.MULTIPLY : Arithmetic.Operator.DIVIDE;
            tokens.advance();
            steps = steps == null ? new ArrayList<>() : steps;
            steps.add(new Arithmetic.Step(at, operator, atom()));
        }
        return steps == null ? first : new Arithmetic.Chain(position, first, steps);
    }

    private Arithmetic atom() {
        if (tokens.seesNumber()) {
            return tokens.number();
        }
        if (tokens.accept(Token.LEFT_PARENTHESIS)) {
            Arithmetic inner = arithmetic();
            tokens.expect(Token.RIGHT_PARENTHESIS);
            return inner;
        }
        if (tokens.peek() == Token.SIMILARITY && tokens.peek(1) == Token.LEFT_PARENTHESIS) {
            return tokens.peek(2) == Token.RIGHT_PARENTHESIS ? score() : similarity();
        }
        if (tokens.peek().isName()) {
            if (tokens.peek(1) == Token.LEFT_PARENTHESIS) {
                throw tokens.unknownFunction(Token.SIMILARITY);
            }
            return tokens.path();
        }
        tokens.couldBe(Token.WORD);
        tokens.couldBe(Token.DECIMAL);
        throw tokens.unexpected(tokens.peek() == Token.MINUS ? "a minus stands before numbers only" : null);
    }

    /** {@code similarity()}, which is next. */
    SimilarityScore score() {
        Position position = tokens.position();
        tokens.expect(Token.SIMILARITY);
        tokens.expect(Token.LEFT_PARENTHESIS);
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return new SimilarityScore(position);
    }

    /** {@code similarity(field, vector)}, which is next. */
    Arithmetic.Similarity similarity() {
        Position position = tokens.position();
        tokens.expect(Token.SIMILARITY);
        tokens.expect(Token.LEFT_PARENTHESIS);
        Path field = similarityField();
        tokens.expect(Token.COMMA);
        Arithmetic.Similarity similarity = new Arithmetic.Similarity(position, field, grammar.operands.vector());
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return similarity;
    }

    private Path similarityField() {
        Position position = tokens.position();
        List<String> segments = new ArrayList<>();
        do {
            segments.add(tokens.word("the field of similarity()").text());
        } while (tokens.acceptDot());
        return new Path(position, segments);
    }

    // ---- aggregates

    /** Whether the name of an aggregate and its parenthesis are next. */
    boolean seesAggregate() {
        return function(tokens.peek()) != null && tokens.peek(1) == Token.LEFT_PARENTHESIS;
    }

    Aggregate aggregate() {
        Position position = tokens.position();
        Aggregate.Function function = function(tokens.peek());
        if (function == null || tokens.peek(1) != Token.LEFT_PARENTHESIS) {
            tokens.couldBe(Token.AGGREGATE);
            throw tokens.unexpected();
        }
        tokens.advance();
        tokens.advance();
        Argument argument = argument(function);
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return new Aggregate(position, function, argument);
    }

    private Argument argument(Aggregate.Function function) {
        Position position = tokens.position();
        if (tokens.peek() == Token.STAR) {
            if (function != Aggregate.Function.COUNT) {
                throw tokens.syntax(
                        tokens.mark(), function + " takes a column and not *", "only COUNT counts rows: COUNT(*)");
            }
            tokens.advance();
            return new Argument.AllRows(position);
        }
        if (tokens.sees(Token.SCORE, Token.RIGHT_PARENTHESIS)) {
            tokens.advance();
            return new Argument.RowScore(position);
        }
        return tokens.path();
    }

    private static Aggregate.@Nullable Function function(Token token) {
        return switch (token) {
            case FIRST -> Aggregate.Function.FIRST;
            case COUNT -> Aggregate.Function.COUNT;
            case SUM -> Aggregate.Function.SUM;
            case AVG -> Aggregate.Function.AVG;
            case MIN -> Aggregate.Function.MIN;
            case MAX -> Aggregate.Function.MAX;
            default -> null;
        };
    }

    // ---- order

    /** {@code [ORDER BY …]}; empty when it is not there. */
    List<OrderItem> orderBy() {
        if (!tokens.accept(Token.ORDER)) {
            return List.of();
        }
        tokens.expect(Token.BY);
        List<OrderItem> items = new ArrayList<>();
        do {
            Position position = tokens.position();
            SortKey key = seesAggregate() ? aggregate() : arithmetic();
            items.add(new OrderItem(position, key, direction()));
        } while (tokens.accept(Token.COMMA));
        return items;
    }

    /** {@code [ASC | DESC]}. */
    OrderItem.@Nullable Direction direction() {
        return tokens.accept(Token.ASC)
                ? OrderItem.Direction.ASC
                : tokens.accept(Token.DESC) ? OrderItem.Direction.DESC : null;
    }
}
