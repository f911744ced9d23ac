package io.velesdb.query.parse;

import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.ReturnItem;
import io.velesdb.query.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole statement with its bindings: tells the forms apart by their first words. */
final class StatementParser {
    private static final Token[] FIRST_WORDS = {
        Token.SELECT,
        Token.MATCH,
        Token.LET,
        Token.INSERT,
        Token.UPSERT,
        Token.UPDATE,
        Token.DELETE,
        Token.CREATE,
        Token.DROP,
        Token.ALTER,
        Token.TRUNCATE,
        Token.SHOW,
        Token.DESCRIBE,
        Token.EXPLAIN,
        Token.ANALYZE,
        Token.FLUSH,
        Token.TRAIN,
    };

    private final Grammar grammar;
    private final TokenReader tokens;

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    Query query() {
        Position position = tokens.position();
        List<Query.Let> lets = List.of();
        while (tokens.sees(Token.LET)) {
            if (lets.isEmpty()) {
                lets = new ArrayList<>();
            }
            lets.add(let());
        }
        Statement statement = statement();
        tokens.accept(Token.SEMICOLON);
        if (!tokens.sees(Token.END)) {
            throw tokens.unexpected(afterTheEnd());
        }
        return new Query(position, lets, statement);
    }

    private @Nullable String afterTheEnd() {
        return switch (tokens.peek()) {
            case WHERE, GROUP, HAVING, ORDER, LIMIT, OFFSET, WITH, USING ->
                "clauses come in the order WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, WITH, USING FUSION, as far as"
                        + " the statement has them";
            case LET -> "LET stands before the statement";
            default -> null;
        };
    }

    private Query.Let let() {
        Position position = tokens.position();
        tokens.expect(Token.LET);
        Name name = tokens.name();
        tokens.expect(Token.EQUAL);
        Arithmetic value = grammar.arithmetic.arithmetic();
        if (tokens.peek() == Token.COMMA) {
            throw tokens.unexpected("each binding has its own LET");
        }
        return new Query.Let(position, name, value);
    }

    private Statement statement() {
        return switch (tokens.peek()) {
            case SELECT ->
                tokens.peek(1) == Token.EDGES && tokens.peek(2) == Token.FROM
                        ? grammar.selects.selectEdges()
                        : grammar.selects.compound();
            case MATCH -> match();
            case INSERT -> new ChangeParser(grammar).insert();
            case UPSERT -> new ChangeParser(grammar).upsert();
            case UPDATE -> new ChangeParser(grammar).update();
            case DELETE -> new ChangeParser(grammar).delete();
            case CREATE -> new DefinitionParser(grammar).create();
            case DROP -> new DefinitionParser(grammar).drop();
            case ALTER -> new DefinitionParser(grammar).alter();
            case TRUNCATE -> new DefinitionParser(grammar).truncate();
            case SHOW -> show();
            case DESCRIBE -> describe();
            case EXPLAIN -> explain();
            case ANALYZE -> analyze();
            case FLUSH -> flush();
            case TRAIN -> train();
            default -> {
                for (Token word : FIRST_WORDS) {
                    tokens.couldBe(word);
                }
                throw tokens.unexpected(
                        tokens.peek() == Token.LEFT_PARENTHESIS ? "a statement stands in no parentheses" : null);
            }
        };
    }

    // ---- MATCH

    private Statement match() {
        Position position = tokens.position();
        tokens.expect(Token.MATCH);
        Pattern pattern = grammar.patterns.pattern();
        if (tokens.peek() == Token.COMMA) {
            throw tokens.unexpected("a pattern is one chain");
        }
        Condition where = grammar.conditions.where();
        tokens.expect(Token.RETURN);
        List<ReturnItem> items = new ArrayList<>();
        do {
            items.add(returnItem());
        } while (tokens.accept(Token.COMMA));
        List<OrderItem> orderBy = grammar.arithmetic.orderBy();
        return new Statement.Match(position, pattern, where, items, orderBy, grammar.selects.rowCount(Token.LIMIT));
    }

    private ReturnItem returnItem() {
        Position position = tokens.position();
        if (tokens.accept(Token.STAR)) {
            return new ReturnItem.All(position, tokens.alias());
        }
        if (tokens.peek(1) == Token.LEFT_PARENTHESIS && tokens.peek().isName()) {
            if (tokens.peek() != Token.SIMILARITY) {
                throw tokens.unknownFunction(Token.SIMILARITY);
            }
            grammar.arithmetic.score();
            return new ReturnItem.Score(position, tokens.alias());
        }
        Path path = tokens.path();
        if (path.segments().size() > 1) {
            return new ReturnItem.Property(position, path, tokens.alias());
        }
        Name name = new Name(path.position(), path.segments().get(0));
        return new ReturnItem.Binding(position, name, tokens.alias());
    }

    // ---- administration

    private Statement show() {
        Position position = tokens.position();
        tokens.expect(Token.SHOW);
        tokens.expect(Token.COLLECTIONS);
        return new Statement.ShowCollections(position);
    }

    private Statement describe() {
        Position position = tokens.position();
        tokens.expect(Token.DESCRIBE);
        tokens.accept(Token.COLLECTION);
        return new Statement.Describe(position, tokens.name());
    }

    private Statement analyze() {
        Position position = tokens.position();
        tokens.expect(Token.ANALYZE);
        tokens.accept(Token.COLLECTION);
        return new Statement.Analyze(position, tokens.name());
    }

    private Statement explain() {
        Position position = tokens.position();
        tokens.expect(Token.EXPLAIN);
        boolean analyze = tokens.accept(Token.ANALYZE);
        if (!tokens.sees(Token.SELECT)) {
            throw tokens.unexpected("only a SELECT is explained");
        }
        return new Statement.Explain(position, analyze, grammar.selects.compound());
    }

    private Statement flush() {
        Position position = tokens.position();
        tokens.expect(Token.FLUSH);
        boolean full = tokens.accept(Token.FULL);
        Name collection = tokens.peek().isName() ? tokens.name() : null;
        return new Statement.Flush(position, full, collection);
    }

    private Statement train() {
        Position position = tokens.position();
        tokens.expect(Token.TRAIN);
        tokens.expect(Token.QUANTIZER);
        tokens.expect(Token.ON);
        Name collection = tokens.name();
        tokens.expect(Token.WITH);
        return new Statement.Train(position, collection, grammar.options.list());
    }
}
