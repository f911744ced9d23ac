package io.velesdb.query.parse;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Statement;
import io.velesdb.value.Json;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Statements that change rows, nodes and edges. */
final class ChangeParser {
    private final Grammar grammar;
    private final TokenReader tokens;

    ChangeParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    /** INSERT INTO, INSERT NODE, INSERT EDGE. */
    Statement insert() {
        Position position = tokens.position();
        tokens.expect(Token.INSERT);
        if (tokens.accept(Token.NODE)) {
            return insertNode(position);
        }
        if (tokens.accept(Token.EDGE)) {
            return insertEdge(position);
        }
        return rows(position, false);
    }

    Statement upsert() {
        Position position = tokens.position();
        tokens.expect(Token.UPSERT);
        return rows(position, true);
    }

    private Statement rows(Position position, boolean upsert) {
        tokens.expect(Token.INTO);
        Name collection = tokens.name();
        if (!tokens.sees(Token.LEFT_PARENTHESIS)) {
            throw tokens.unexpected("the columns are listed: INSERT INTO c (id, …) VALUES (…)");
        }
        tokens.advance();
        List<Name> columns = new ArrayList<>();
        do {
            columns.add(tokens.name());
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        tokens.expect(Token.VALUES);
        List<Statement.Row> rows = new ArrayList<>();
        do {
            rows.add(row(columns.size()));
        } while (tokens.accept(Token.COMMA));
        return new Statement.Insert(position, upsert, collection, columns, rows);
    }

    private Statement.Row row(int columns) {
        Position position = tokens.position();
        int token = tokens.mark();
        tokens.expect(Token.LEFT_PARENTHESIS);
        List<Operand> values = new ArrayList<>();
        do {
            values.add(grammar.operands.assignedValue());
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        if (values.size() != columns) {
            throw tokens.syntax(
                    token,
                    "a row of " + values.size() + (values.size() == 1 ? " value" : " values") + " for " + columns
                            + (columns == 1 ? " column" : " columns"),
                    "give each column a value, NULL if need be");
        }
        return new Statement.Row(position, values);
    }

    Statement update() {
        Position position = tokens.position();
        tokens.expect(Token.UPDATE);
        Name collection = tokens.name();
        tokens.expect(Token.SET);
        List<Field> assignments = new ArrayList<>();
        do {
            Position at = tokens.position();
            Name name = tokens.name();
            if (!tokens.accept(Token.EQUAL)) {
                throw tokens.unexpected(
                        tokens.peek() == Token.DOT ? "only whole members are set, not what is inside them" : null);
            }
            assignments.add(new Field(at, name, grammar.operands.assignedValue()));
        } while (tokens.accept(Token.COMMA));
        return new Statement.Update(position, collection, assignments, grammar.conditions.where());
    }

    /** DELETE FROM and DELETE EDGE. */
    Statement delete() {
        Position position = tokens.position();
        tokens.expect(Token.DELETE);
        if (tokens.accept(Token.EDGE)) {
            Operand edge = id("the id of the edge");
            tokens.expect(Token.FROM);
            return new Statement.DeleteEdge(position, edge, tokens.name());
        }
        tokens.expect(Token.FROM);
        Name collection = tokens.name();
        if (!tokens.sees(Token.WHERE)) {
            throw tokens.unexpected("DELETE takes a condition; TRUNCATE removes all rows");
        }
        tokens.advance();
        Condition where = grammar.conditions.condition();
        return new Statement.Delete(position, collection, where);
    }

    // ---- nodes and edges

    private Statement insertNode(Position position) {
        tokens.expect(Token.INTO);
        Name collection = tokens.name();
        int list = tokens.mark();
        tokens.expect(Token.LEFT_PARENTHESIS);
        Operand id = null;
        Value payload = null;
        List<Field> members = new ArrayList<>();
        do {
            Position at = tokens.position();
            Name name = fieldName();
            switch (name.text()) {
                case "id" -> id = id("id");
                case "payload" -> payload = payload();
                default -> members.add(new Field(at, name, grammar.operands.plainValue()));
            }
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        if (id == null) {
            throw tokens.syntax(list, "the node has no id", "write INSERT NODE INTO c (id = 1, …)");
        }
        if (payload != null && !members.isEmpty()) {
            throw tokens.syntax(
                    list,
                    "the node has a payload and other fields beside it",
                    "write either payload = '{…}' or the fields one by one");
        }
        return new Statement.InsertNode(position, collection, id, payload, members);
    }

    /** Takes {@code name =}; names of fields are in lower case. */
    private Name fieldName() {
        Name name = tokens.name();
        tokens.expect(Token.EQUAL);
        return new Name(name.position(), Words.lower(name.text()));
    }

    private Value payload() {
        int token = tokens.mark();
        String text = tokens.string();
        try {
            return Json.parse(text);
        } catch (VelesException e) {
            if (e.code() != ErrorCode.SERIALIZATION) {
                throw e;
            }
            String reason = e.getMessage();
            throw tokens.syntax(
                    token,
                    "the payload is not JSON"
                            + (reason == null ? "" : ": " + reason.substring(reason.indexOf(']') + 2)),
                    null);
        }
    }

    private Statement insertEdge(Position position) {
        tokens.expect(Token.INTO);
        Name collection = tokens.name();
        int list = tokens.mark();
        tokens.expect(Token.LEFT_PARENTHESIS);
        Operand id = null;
        Operand source = null;
        Operand target = null;
        Operand label = null;
        do {
            switch (fieldName().text()) {
                case "id" -> id = id("id");
                case "source" -> source = id("source");
                case "target" -> target = id("target");
                case "label" -> label = label();
                default -> grammar.operands.plainValue();
            }
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        if (source == null || target == null || label == null) {
            throw tokens.syntax(
                    list,
                    "the edge has no " + (source == null ? "source" : target == null ? "target" : "label"),
                    "write INSERT EDGE INTO c (source = 1, target = 2, label = 'KNOWS')");
        }
        List<Option> properties = List.of();
        if (tokens.accept(Token.WITH)) {
            tokens.expect(Token.PROPERTIES);
            properties = grammar.options.list();
        }
        return new Statement.InsertEdge(position, collection, id, source, target, label, properties);
    }

    private Operand label() {
        int token = tokens.mark();
        Operand label = grammar.operands.plainValue();
        if (label instanceof Operand.Parameter
                || label instanceof Literal literal && literal.value() instanceof Value.Str) {
            return label;
        }
        throw tokens.syntax(token, "the label is no string", "write label = 'KNOWS'");
    }

    /** A whole number that is not negative, or a parameter. */
    private Operand id(String what) {
        int token = tokens.mark();
        Operand id = grammar.operands.plainValue();
        boolean valid = id instanceof Operand.Parameter
                || id instanceof Literal literal
                        && (literal.value() instanceof Value.UInt
                                || literal.value() instanceof Value.Int number && number.value() >= 0);
        if (!valid) {
            throw tokens.syntax(token, what + " is not a whole number in 0..2^64-1", "write a number or a parameter");
        }
        return id;
    }
}
