package io.velesdb.query.parse;

import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.ReturnItem;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.SortKey;
import io.velesdb.query.ast.Statement;
import io.velesdb.value.Json;
import java.util.List;

/**
 * From a tree to its canonical text, on one line: keywords in upper case, names quoted where they could be misread,
 * parentheses only where they are needed. Parsing the text gives an equal tree. Pure and thread-safe.
 */
public final class QueryPrinter {
    private final StringBuilder out = new StringBuilder();
    private final SelectPrinter selects = new SelectPrinter(out);
    private final ExpressionPrinter expressions = selects.expressions;
    private final ConditionPrinter conditions = selects.conditions;

    private QueryPrinter() {}

    public static String print(Query query) {
        QueryPrinter printer = new QueryPrinter();
        printer.query(query);
        return printer.out.toString();
    }

    public static String print(Condition condition) {
        QueryPrinter printer = new QueryPrinter();
        printer.conditions.condition(condition);
        return printer.out.toString();
    }

    public static String print(Operand operand) {
        QueryPrinter printer = new QueryPrinter();
        printer.expressions.operand(operand);
        return printer.out.toString();
    }

    public static String print(SortKey key) {
        QueryPrinter printer = new QueryPrinter();
        printer.expressions.sortKey(key);
        return printer.out.toString();
    }

    public static String print(SelectItem item) {
        QueryPrinter printer = new QueryPrinter();
        printer.selects.item(item);
        return printer.out.toString();
    }

    public static String print(Pattern pattern) {
        QueryPrinter printer = new QueryPrinter();
        printer.conditions.pattern(pattern);
        return printer.out.toString();
    }

    private void query(Query query) {
        for (Query.Let let : query.lets()) {
            out.append("LET ");
            expressions.name(let.name());
            out.append(" = ");
            expressions.arithmetic(let.value());
            out.append(' ');
        }
        statement(query.statement());
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Compound compound -> selects.compound(compound);
            case Statement.Match match -> match(match);
            case Statement.SelectEdges edges -> {
                named("SELECT EDGES FROM ", edges.collection());
                conditions.where(edges.where());
                selects.rowCount(" LIMIT ", edges.limit());
            }
            case Statement.Explain explain -> {
                out.append(explain.analyze() ? "EXPLAIN ANALYZE " : "EXPLAIN ");
                selects.compound(explain.query());
            }
            case Statement.Insert insert -> insert(insert);
            case Statement.Update update -> {
                named("UPDATE ", update.collection());
                out.append(" SET ");
                expressions.list(update.assignments(), field -> expressions.field(field, " = "));
                conditions.where(update.where());
            }
            case Statement.Delete delete -> {
                named("DELETE FROM ", delete.collection());
                conditions.where(delete.where());
            }
            case Statement.InsertNode node -> insertNode(node);
            case Statement.InsertEdge edge -> insertEdge(edge);
            case Statement.DeleteEdge edge -> {
                out.append("DELETE EDGE ");
                expressions.operand(edge.edge());
                named(" FROM ", edge.collection());
            }
            case Statement.CreateCollection create -> createCollection(create);
            case Statement.DropCollection drop ->
                named(drop.ifExists() ? "DROP COLLECTION IF EXISTS " : "DROP COLLECTION ", drop.name());
            case Statement.CreateIndex index -> {
                named("CREATE INDEX ON ", index.collection());
                out.append(" (");
                expressions.path(index.path());
                out.append(')');
            }
            case Statement.DropIndex index -> {
                named("DROP INDEX ON ", index.collection());
                out.append(" (");
                expressions.path(index.path());
                out.append(')');
            }
            case Statement.AlterCollection alter -> {
                named("ALTER COLLECTION ", alter.collection());
                out.append(" SET ");
                expressions.options(alter.options());
            }
            case Statement.Truncate truncate -> named("TRUNCATE COLLECTION ", truncate.collection());
            case Statement.ShowCollections show -> out.append("SHOW COLLECTIONS");
            case Statement.Describe describe -> named("DESCRIBE COLLECTION ", describe.collection());
            case Statement.Analyze analyze -> named("ANALYZE COLLECTION ", analyze.collection());
            case Statement.Flush flush -> {
                out.append(flush.full() ? "FLUSH FULL" : "FLUSH");
                if (flush.collection() != null) {
                    named(" ", flush.collection());
                }
            }
            case Statement.Train train -> {
                named("TRAIN QUANTIZER ON ", train.collection());
                out.append(" WITH ");
                expressions.options(train.options());
            }
        }
    }

    private void named(String words, Name name) {
        out.append(words);
        expressions.name(name);
    }

    private void match(Statement.Match match) {
        out.append("MATCH ");
        conditions.pattern(match.pattern());
        conditions.where(match.where());
        out.append(" RETURN ");
        expressions.list(match.items(), item -> {
            switch (item) {
                case ReturnItem.All all -> out.append('*');
                case ReturnItem.Score score -> out.append("similarity()");
                case ReturnItem.Binding binding -> expressions.name(binding.name());
                case ReturnItem.Property property -> expressions.path(property.path());
            }
            expressions.alias(item.alias());
        });
        expressions.orderBy(match.orderBy());
        selects.rowCount(" LIMIT ", match.limit());
    }

    private void insert(Statement.Insert insert) {
        named(insert.upsert() ? "UPSERT INTO " : "INSERT INTO ", insert.collection());
        out.append(" (");
        expressions.list(insert.columns(), expressions::name);
        out.append(") VALUES ");
        expressions.list(insert.rows(), row -> expressions.values(row.values()));
    }

    private void insertNode(Statement.InsertNode node) {
        named("INSERT NODE INTO ", node.collection());
        out.append(" (id = ");
        expressions.operand(node.id());
        if (node.payload() != null) {
            out.append(", payload = ");
            expressions.string(Json.write(node.payload()));
        }
        for (Field member : node.members()) {
            out.append(", ");
            expressions.field(member, " = ");
        }
        out.append(')');
    }

    private void insertEdge(Statement.InsertEdge edge) {
        named("INSERT EDGE INTO ", edge.collection());
        out.append(" (");
        if (edge.id() != null) {
            out.append("id = ");
            expressions.operand(edge.id());
            out.append(", ");
        }
        out.append("source = ");
        expressions.operand(edge.source());
        out.append(", target = ");
        expressions.operand(edge.target());
        out.append(", label = ");
        expressions.operand(edge.label());
        out.append(')');
        if (!edge.properties().isEmpty()) {
            out.append(" WITH PROPERTIES ");
            expressions.options(edge.properties());
        }
    }

    private void createCollection(Statement.CreateCollection create) {
        named(
                switch (create.kind()) {
                    case VECTOR -> "CREATE COLLECTION ";
                    case GRAPH -> "CREATE GRAPH COLLECTION ";
                    case METADATA -> "CREATE METADATA COLLECTION ";
                },
                create.name());
        if (!create.options().isEmpty()) {
            out.append(' ');
            expressions.options(create.options());
        }
        if (create.schemaless()) {
            out.append(" SCHEMALESS");
        }
        if (!create.with().isEmpty()) {
            out.append(" WITH ");
            expressions.options(create.with());
        }
        schema(create.schema());
    }

    private void schema(List<Statement.SchemaDefinition> schema) {
        if (schema.isEmpty()) {
            return;
        }
        out.append(" WITH SCHEMA (");
        expressions.list(schema, definition -> {
            switch (definition) {
                case Statement.SchemaDefinition.NodeType node -> {
                    named("NODE ", node.name());
                    out.append(" (");
                    expressions.list(node.properties(), property -> {
                        expressions.name(property.name());
                        out.append(": ").append(property.type().name());
                    });
                    out.append(')');
                }
                case Statement.SchemaDefinition.EdgeType edge -> {
                    named("EDGE ", edge.label());
                    named(" FROM ", edge.source());
                    named(" TO ", edge.target());
                }
            }
        });
        out.append(')');
    }
}
