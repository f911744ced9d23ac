package io.velesdb.query.parse;

import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Statement;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that define collections and indexes. */
final class DefinitionParser {
    private final Grammar grammar;
    private final TokenReader tokens;

    DefinitionParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    /** CREATE COLLECTION, CREATE INDEX. */
    Statement create() {
        Position position = tokens.position();
        int token = tokens.mark();
        tokens.expect(Token.CREATE);
        if (tokens.accept(Token.INDEX)) {
            if (!tokens.accept(Token.ON)) {
                throw tokens.unexpected("indexes have no names: CREATE INDEX ON c (field)");
            }
            Name collection = tokens.name();
            return new Statement.CreateIndex(position, collection, indexed());
        }
        Statement.Kind kind = tokens.accept(Token.GRAPH)
                ? Statement.Kind.GRAPH
                : tokens.accept(Token.METADATA) ? Statement.Kind.METADATA : Statement.Kind.VECTOR;
        if (!tokens.accept(Token.COLLECTION)) {
            throw tokens.unexpected(
                    tokens.peek() == Token.VECTOR ? "CREATE COLLECTION makes a collection of vectors" : null);
        }
        Name name = tokens.name();
        List<Option> options = List.of();
        List<Option> with = List.of();
        List<Statement.SchemaDefinition> schema = List.of();
        boolean schemaless = false;
        if (tokens.sees(Token.LEFT_PARENTHESIS)) {
            options = grammar.options.list();
            schemaless = tokens.accept(Token.SCHEMALESS);
            if (!schemaless && tokens.accept(Token.WITH)) {
                if (tokens.accept(Token.SCHEMA)) {
                    schema = schema();
                } else {
                    with = grammar.options.list();
                }
            }
        } else if (tokens.peek() == Token.SCHEMALESS || tokens.peek() == Token.WITH) {
            throw tokens.unexpected("a suffix follows a list of options");
        } else if (tokens.peek() == Token.NOT || tokens.peek() == Token.EXISTS) {
            throw tokens.unexpected("there is no IF NOT EXISTS");
        }
        check(kind, options, with, token);
        return new Statement.CreateCollection(position, kind, name, options, with, schema, schemaless);
    }

    private void check(Statement.Kind kind, List<Option> options, List<Option> with, int token) {
        if (kind == Statement.Kind.METADATA) {
            return;
        }
        if (kind == Statement.Kind.VECTOR) {
            Literal dimension = first("dimension", options, with);
            boolean positive = dimension != null
                    && (dimension.value() instanceof Value.UInt
                            || dimension.value() instanceof Value.Int number && number.value() > 0);
            if (!positive) {
                throw tokens.syntax(
                        token,
                        dimension == null
                                ? "the collection has no dimension"
                                : "the dimension is no positive whole number",
                        "write CREATE COLLECTION c (dimension = 384)");
            }
        }
        Literal metric = first("metric", options, kind == Statement.Kind.VECTOR ? with : List.of());
        if (metric != null && !(metric.value() instanceof Value.Str name && isMetric(name.text()))) {
            throw unknownMetric(token);
        }
    }

    private QueryException unknownMetric(int token) {
        return tokens.syntax(token, "unknown metric", "use cosine, euclidean, dot, hamming or jaccard");
    }

    private static boolean isMetric(String name) {
        try {
            Metric.parse(name);
            return true;
        } catch (VelesException e) {
            return false;
        }
    }

    private static @Nullable Literal first(String name, List<Option> options, List<Option> more) {
        for (Option option : options) {
            if (Words.lower(option.name().text()).equals(name)) {
                return option.value();
            }
        }
        return more.isEmpty() ? null : first(name, more, List.of());
    }

    private List<Statement.SchemaDefinition> schema() {
        tokens.expect(Token.LEFT_PARENTHESIS);
        List<Statement.SchemaDefinition> definitions = new ArrayList<>();
        do {
            Position position = tokens.position();
            if (tokens.accept(Token.NODE)) {
                Name name = tokens.name();
                definitions.add(new Statement.SchemaDefinition.NodeType(position, name, properties()));
            } else {
                tokens.expect(Token.EDGE);
                Name label = tokens.name();
                tokens.expect(Token.FROM);
                Name source = tokens.name();
                tokens.expect(Token.TO);
                definitions.add(new Statement.SchemaDefinition.EdgeType(position, label, source, tokens.name()));
            }
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return definitions;
    }

    private List<Statement.PropertyDefinition> properties() {
        tokens.expect(Token.LEFT_PARENTHESIS);
        List<Statement.PropertyDefinition> properties = new ArrayList<>();
        do {
            Position position = tokens.position();
            Name name = tokens.name();
            tokens.expect(Token.COLON);
            properties.add(new Statement.PropertyDefinition(position, name, type()));
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return properties;
    }

    private Statement.PropertyType type() {
        if (tokens.accept(Token.STRING)) {
            return Statement.PropertyType.STRING;
        } else if (tokens.accept(Token.INTEGER)) {
            return Statement.PropertyType.INTEGER;
        } else if (tokens.accept(Token.FLOAT)) {
            return Statement.PropertyType.FLOAT;
        } else if (tokens.accept(Token.BOOLEAN)) {
            return Statement.PropertyType.BOOLEAN;
        } else if (tokens.accept(Token.VECTOR)) {
            return Statement.PropertyType.VECTOR;
        }
        throw tokens.unexpected();
    }

    /** DROP COLLECTION, DROP INDEX. */
    Statement drop() {
        Position position = tokens.position();
        tokens.expect(Token.DROP);
        if (tokens.accept(Token.INDEX)) {
            tokens.expect(Token.ON);
            Name collection = tokens.name();
            return new Statement.DropIndex(position, collection, indexed());
        }
        tokens.expect(Token.COLLECTION);
        boolean ifExists = tokens.sees(Token.IF, Token.EXISTS);
        if (ifExists) {
            tokens.advance();
            tokens.advance();
        }
        return new Statement.DropCollection(position, ifExists, tokens.name());
    }

    private Path indexed() {
        tokens.expect(Token.LEFT_PARENTHESIS);
        Path path = tokens.path();
        if (!tokens.accept(Token.RIGHT_PARENTHESIS)) {
            throw tokens.unexpected(tokens.peek() == Token.COMMA ? "an index is on one field" : null);
        }
        return path;
    }

    Statement alter() {
        Position position = tokens.position();
        tokens.expect(Token.ALTER);
        tokens.expect(Token.COLLECTION);
        Name collection = tokens.name();
        tokens.expect(Token.SET);
        return new Statement.AlterCollection(position, collection, grammar.options.list());
    }

    Statement truncate() {
        Position position = tokens.position();
        tokens.expect(Token.TRUNCATE);
        tokens.accept(Token.COLLECTION);
        return new Statement.Truncate(position, tokens.name());
    }
}
