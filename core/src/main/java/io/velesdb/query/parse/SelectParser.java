package io.velesdb.query.parse;

import io.velesdb.QueryException;
import io.velesdb.filter.Operator;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Fusion;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.RowCount;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.ast.WindowKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT over rows, joined by set operators, and the subset of it that a subquery is. */
final class SelectParser {
    private final Grammar grammar;
    private final TokenReader tokens;

    SelectParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    // ---- statements

    Statement.Compound compound() {
        int around = grammar.conditions.beginLikeBudget();
        Position position = tokens.position();
        Select first = select();
        List<Statement.SetOperand> rest = List.of();
        while (tokens.sees(Token.UNION) || tokens.sees(Token.INTERSECT) || tokens.sees(Token.EXCEPT)) {
            Position at = tokens.position();
            Statement.SetOperator operator = setOperator();
            if (rest.isEmpty()) {
                rest = new ArrayList<>();
            }
            if (tokens.peek() != Token.SELECT) {
                tokens.couldBe(Token.SELECT);
                throw tokens.unexpected("an operand of a set operator has no parentheses");
            }
            rest.add(new Statement.SetOperand(at, operator, select()));
        }
        grammar.conditions.endLikeBudget(around);
        return new Statement.Compound(position, first, rest);
    }

    private Statement.SetOperator setOperator() {
        if (tokens.accept(Token.UNION)) {
            return tokens.accept(Token.ALL) ? Statement.SetOperator.UNION_ALL : Statement.SetOperator.UNION;
        }
        if (tokens.accept(Token.INTERSECT)) {
            return Statement.SetOperator.INTERSECT;
        }
        tokens.expect(Token.EXCEPT);
        return Statement.SetOperator.EXCEPT;
    }

    private Select select() {
        Position position = tokens.position();
        tokens.expect(Token.SELECT);
        boolean distinct = tokens.sees(Token.DISTINCT) && !distinctIsColumn();
        if (distinct) {
            tokens.advance();
        }
        List<SelectItem> items = items();
        from();
        Select.Source source = source();
        List<Select.Join> joins = joins();
        Condition where = grammar.conditions.where();
        List<Path> groupBy = groupBy();
        Select.Having having = having();
        List<OrderItem> orderBy = grammar.arithmetic.orderBy();
        RowCount limit = rowCount(Token.LIMIT);
        RowCount offset = rowCount(Token.OFFSET);
        List<Option> with = grammar.options.with();
        Fusion fusion = grammar.options.fusion();
        return new Select(
                position, distinct, items, source, joins, where, groupBy, having, orderBy, limit, offset, with, fusion);
    }

    /** The inside of {@code (SELECT …)}; SELECT is next. */
    Select subquery() {
        int around = grammar.conditions.beginLikeBudget();
        Position position = tokens.position();
        tokens.expect(Token.SELECT);
        List<SelectItem> items = items();
        from();
        Position at = tokens.position();
        Select.Source source = new Select.Source(at, tokens.name(), null);
        Condition where = grammar.conditions.where();
        List<Path> groupBy = groupBy();
        Select.Having having = having();
        RowCount limit = rowCount(Token.LIMIT);
        if (!tokens.sees(Token.RIGHT_PARENTHESIS)) {
            throw tokens.unexpected("a subquery has no alias, JOIN, ORDER BY, OFFSET and set operators");
        }
        grammar.conditions.endLikeBudget(around);
        return new Select(
                position, false, items, source, List.of(), where, groupBy, having, List.of(), limit, null, List.of(),
                null);
    }

    /** {@code SELECT EDGES FROM …}. */
    Statement.SelectEdges selectEdges() {
        Position position = tokens.position();
        tokens.expect(Token.SELECT);
        tokens.expect(Token.EDGES);
        tokens.expect(Token.FROM);
        Name collection = tokens.name();
        Condition where = grammar.conditions.where();
        return new Statement.SelectEdges(position, collection, where, rowCount(Token.LIMIT));
    }

    // ---- list

    /** Whether DISTINCT, which is next, is the first column of the list. */
    private boolean distinctIsColumn() {
        return switch (tokens.peek(1)) {
            case COMMA, DOT -> true;
            case FROM ->
                switch (tokens.peek(2)) {
                    case FROM, COMMA, DOT, AS -> false;
                    default -> true;
                };
            default -> false;
        };
    }

    private List<SelectItem> items() {
        if (tokens.peek() == Token.STAR) {
            Position position = tokens.position();
            tokens.advance();
            if (tokens.peek() == Token.COMMA) {
                tokens.couldBe(Token.FROM);
                throw tokens.unexpected("* stands alone");
            }
            return List.of(new SelectItem.All(position));
        }
        SelectItem first = item();
        if (!tokens.accept(Token.COMMA)) {
            return List.of(first);
        }
        List<SelectItem> items = new ArrayList<>();
        items.add(first);
        do {
            items.add(item());
        } while (tokens.accept(Token.COMMA));
        return items;
    }

    private SelectItem item() {
        Position position = tokens.position();
        Token token = tokens.peek();
        if (!token.isName()) {
            tokens.couldBe(Token.SELECT_ITEM);
            throw tokens.unexpected(
                    token == Token.STAR
                            ? "* stands alone"
                            : token == Token.END ? null : "a list holds columns, aggregates and windows");
        }
        if (tokens.peek(1) == Token.LEFT_PARENTHESIS) {
            return function(position);
        }
        if (tokens.peek(1) == Token.DOT && tokens.peek(2) == Token.STAR) {
            Name source = tokens.name();
            tokens.advance();
            tokens.advance();
            return new SelectItem.AllOf(position, source);
        }
        if (token == Token.FROM
                && tokens.peek(1).isName()
                && tokens.peek(1) != Token.FROM
                && tokens.peek(1) != Token.AS) {
            tokens.couldBe(Token.SELECT_ITEM);
            throw tokens.unexpected("name a column, or quote it when it is called from");
        }
        Path path = tokens.path();
        return new SelectItem.Column(position, path, tokens.alias());
    }

    private SelectItem function(Position position) {
        switch (tokens.peek()) {
            case SIMILARITY -> {
                grammar.arithmetic.score();
                return new SelectItem.Score(position, tokens.alias());
            }
            case ROW_NUMBER -> {
                return window(position, SelectItem.WindowFunction.ROW_NUMBER);
            }
            case RANK -> {
                return window(position, SelectItem.WindowFunction.RANK);
            }
            case DENSE_RANK -> {
                return window(position, SelectItem.WindowFunction.DENSE_RANK);
            }
            default -> {
                if (!grammar.arithmetic.seesAggregate()) {
                    throw tokens.unknownFunction(
                            Token.COUNT,
                            Token.SUM,
                            Token.AVG,
                            Token.MIN,
                            Token.MAX,
                            Token.FIRST,
                            Token.SIMILARITY,
                            Token.ROW_NUMBER,
                            Token.RANK,
                            Token.DENSE_RANK);
                }
                Aggregate aggregate = grammar.arithmetic.aggregate();
                return new SelectItem.Aggregated(position, aggregate, tokens.alias());
            }
        }
    }

    private SelectItem window(Position position, SelectItem.WindowFunction function) {
        tokens.advance();
        tokens.expect(Token.LEFT_PARENTHESIS);
        tokens.expect(Token.RIGHT_PARENTHESIS);
        tokens.expect(Token.OVER);
        tokens.expect(Token.LEFT_PARENTHESIS);
        List<Path> partitionBy = new ArrayList<>();
        if (tokens.accept(Token.PARTITION)) {
            tokens.expect(Token.BY);
            do {
                partitionBy.add(tokens.path());
            } while (tokens.accept(Token.COMMA));
        }
        List<WindowKey> orderBy = new ArrayList<>();
        if (tokens.accept(Token.ORDER)) {
            tokens.expect(Token.BY);
            do {
                orderBy.add(windowKey());
            } while (tokens.accept(Token.COMMA));
        }
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return new SelectItem.Window(position, function, partitionBy, orderBy, tokens.alias());
    }

    private WindowKey windowKey() {
        Position position = tokens.position();
        WindowKey.Value value =
                tokens.sees(Token.SIMILARITY, Token.LEFT_PARENTHESIS) ? grammar.arithmetic.score() : tokens.path();
        return new WindowKey(position, value, grammar.arithmetic.direction());
    }

    // ---- sources

    private void from() {
        if (!tokens.accept(Token.FROM)) {
            throw tokens.unexpected(
                    switch (tokens.peek()) {
                        case PLUS, MINUS, STAR, SLASH -> "a list has no arithmetic, bind it: LET name = …";
                        case END -> null;
                        default -> tokens.peek().isName() ? "an alias of a column takes AS" : null;
                    });
        }
    }

    private Select.Source source() {
        Position position = tokens.position();
        if (tokens.peek() == Token.LEFT_PARENTHESIS) {
            tokens.couldBe(Token.WORD);
            throw tokens.unexpected("FROM takes a collection and no subquery");
        }
        Name collection = tokens.name();
        Name alias = tokens.accept(Token.AS) || seesBareAlias() ? tokens.name() : null;
        if (tokens.peek() == Token.COMMA) {
            throw tokens.unexpected("sources are joined by JOIN … ON …");
        }
        return new Select.Source(position, collection, alias);
    }

    private boolean seesBareAlias() {
        return switch (tokens.peek()) {
            case WHERE,
                    GROUP,
                    HAVING,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    WITH,
                    USING,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    INNER,
                    LEFT,
                    RIGHT,
                    FULL,
                    OUTER,
                    JOIN,
                    ON,
                    AS -> false;
            default -> tokens.peek().isName();
        };
    }

    private List<Select.Join> joins() {
        List<Select.Join> joins = List.of();
        while (seesJoin()) {
            if (joins.size() == ParseLimits.MAX_JOINS) {
                throw tokens.tooComplex(
                        tokens.mark(),
                        "more than " + ParseLimits.MAX_JOINS + " joins in one SELECT",
                        "join fewer collections, or put what belongs together into one of them");
            }
            Position position = tokens.position();
            Select.JoinKind kind = joinKind();
            Select.Source source = source();
            if (joins.isEmpty()) {
                joins = new ArrayList<>();
            }
            joins.add(new Select.Join(position, kind, source, joinCondition()));
        }
        return joins;
    }

    private boolean seesJoin() {
        return tokens.sees(Token.JOIN)
                || tokens.sees(Token.INNER)
                || tokens.sees(Token.LEFT)
                || tokens.sees(Token.RIGHT)
                || tokens.sees(Token.FULL);
    }

    private Select.JoinKind joinKind() {
        Select.JoinKind kind;
        if (tokens.accept(Token.JOIN)) {
            return Select.JoinKind.INNER;
        } else if (tokens.accept(Token.INNER)) {
            kind = Select.JoinKind.INNER;
        } else if (tokens.accept(Token.LEFT)) {
            kind = Select.JoinKind.LEFT;
        } else if (tokens.accept(Token.RIGHT)) {
            kind = Select.JoinKind.RIGHT;
        } else {
            tokens.expect(Token.FULL);
            kind = Select.JoinKind.FULL;
        }
        if (kind != Select.JoinKind.INNER) {
            tokens.accept(Token.OUTER);
        }
        tokens.expect(Token.JOIN);
        return kind;
    }

    private Select.JoinCondition joinCondition() {
        Position position = tokens.position();
        if (tokens.accept(Token.USING)) {
            tokens.expect(Token.LEFT_PARENTHESIS);
            List<Name> columns = new ArrayList<>();
            do {
                columns.add(tokens.name());
            } while (tokens.accept(Token.COMMA));
            tokens.expect(Token.RIGHT_PARENTHESIS);
            return new Select.JoinCondition.Using(position, columns);
        }
        tokens.expect(Token.ON);
        List<Select.JoinEquality> equalities = new ArrayList<>();
        do {
            Position at = tokens.position();
            Path left = tokens.qualifiedPath();
            if (!tokens.accept(Token.EQUAL)) {
                throw tokens.unexpected("joins go by equality");
            }
            equalities.add(new Select.JoinEquality(at, left, tokens.qualifiedPath()));
        } while (tokens.accept(Token.AND));
        return new Select.JoinCondition.On(position, equalities);
    }

    // ---- groups and counts

    private List<Path> groupBy() {
        if (!tokens.accept(Token.GROUP)) {
            return List.of();
        }
        tokens.expect(Token.BY);
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(tokens.loosePath());
        } while (tokens.accept(Token.COMMA));
        return paths;
    }

    private Select.@Nullable Having having() {
        if (!tokens.sees(Token.HAVING)) {
            return null;
        }
        Position position = tokens.position();
        tokens.advance();
        Select.HavingTerm first = havingTerm();
        List<Select.HavingStep> steps = new ArrayList<>();
        while (tokens.sees(Token.AND) || tokens.sees(Token.OR)) {
            Position at = tokens.position();
            Select.Connective connective = tokens.peek() == Token.AND ? Select.Connective.AND : Select.Connective.OR;
            tokens.advance();
            steps.add(new Select.HavingStep(at, connective, havingTerm()));
        }
        return new Select.Having(position, first, steps);
    }

    private Select.HavingTerm havingTerm() {
        Position position = tokens.position();
        Aggregate aggregate = grammar.arithmetic.aggregate();
        Operator operator = grammar.conditions.expectComparison();
        return new Select.HavingTerm(position, aggregate, operator, grammar.operands.value());
    }

    /** {@code [LIMIT n]} or {@code [OFFSET n]}. */
    @Nullable
    RowCount rowCount(Token word) {
        if (!tokens.accept(word)) {
            return null;
        }
        Position position = tokens.position();
        if (!tokens.seesUnsigned()) {
            throw noRowCount(word);
        }
        long rows = tokens.unsigned();
        return new RowCount(position, rows < 0 ? Long.MAX_VALUE : rows);
    }

    private QueryException noRowCount(Token word) {
        tokens.couldBe(Token.WHOLE_NUMBER);
        return tokens.unexpected(
                switch (tokens.peek()) {
                    case MINUS -> word.text() + " cannot be negative";
                    case DECIMAL -> word.text() + " is a whole number";
                    default -> null;
                });
    }
}
