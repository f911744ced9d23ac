package io.velesdb.query.ast;

import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query does. Collections are named as written; whether they exist is for the engine to say. */
public sealed interface Statement extends Node {
    // ---- reading

    /** {@code SELECT … UNION SELECT …}, from left to right; a single SELECT has no rest. */
    record Compound(Position position, Select first, List<SetOperand> rest) implements Statement {
        public Compound {
            rest = List.copyOf(rest);
        }
    }

    /** A set operator with the SELECT to its right. */
    record SetOperand(Position position, SetOperator operator, Select select) implements Node {}

    /** The set operators. */
    enum SetOperator {
        UNION_ALL("UNION ALL"),
        UNION("UNION"),
        INTERSECT("INTERSECT"),
        EXCEPT("EXCEPT");

        private final String text;

        SetOperator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * {@code MATCH pattern [WHERE …] RETURN … [ORDER BY …] [LIMIT n]}.
     *
     * @param items one or more
     */
    record Match(
            Position position,
            Pattern pattern,
            @Nullable Condition where,
            List<ReturnItem> items,
            List<OrderItem> orderBy,
            @Nullable RowCount limit)
            implements Statement {
        public Match {
            items = List.copyOf(items);
            orderBy = List.copyOf(orderBy);
        }
    }

    /** {@code SELECT EDGES FROM collection [WHERE …] [LIMIT n]}. */
    record SelectEdges(
            Position position,
            Name collection,
            @Nullable Condition where,
            @Nullable RowCount limit) implements Statement {}

    /** {@code EXPLAIN [ANALYZE] compound}. */
    record Explain(Position position, boolean analyze, Compound query) implements Statement {}

    // ---- rows

    /**
     * {@code INSERT INTO} or {@code UPSERT INTO}, which do the same.
     *
     * @param rows one or more, each with as many values as there are columns
     */
    record Insert(Position position, boolean upsert, Name collection, List<Name> columns, List<Row> rows)
            implements Statement {
        public Insert {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** The values of one row. */
    record Row(Position position, List<Operand> values) implements Node {
        public Row {
            values = List.copyOf(values);
        }
    }

    /** {@code UPDATE collection SET name = value, … [WHERE …]}. */
    record Update(
            Position position,
            Name collection,
            List<Field> assignments,
            @Nullable Condition where) implements Statement {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }

    /** {@code DELETE FROM collection WHERE …}. */
    record Delete(Position position, Name collection, Condition where) implements Statement {}

    // ---- nodes and edges

    /**
     * {@code INSERT NODE INTO collection (id = 1, …)}.
     *
     * @param id a whole number that is not negative, or a parameter
     * @param payload the JSON of the field {@code payload}; then there are no members
     * @param members the other fields, names in lower case, values literals or parameters; of a repeated name the last
     *     counts
     */
    record InsertNode(
            Position position,
            Name collection,
            Operand id,
            @Nullable Value payload,
            List<Field> members) implements Statement {
        public InsertNode {
            members = List.copyOf(members);
        }
    }

    /**
     * {@code INSERT EDGE INTO collection (source = 1, target = 2, label = 'L') WITH PROPERTIES (…)}.
     *
     * @param id absent: derived from the other three; like source and target a whole number that is not negative, or a
     *     parameter
     * @param label a string or a parameter
     */
    record InsertEdge(
            Position position,
            Name collection,
            @Nullable Operand id,
            Operand source,
            Operand target,
            Operand label,
            List<Option> properties)
            implements Statement {
        public InsertEdge {
            properties = List.copyOf(properties);
        }
    }

    /**
     * {@code DELETE EDGE edge FROM collection}.
     *
     * @param edge a whole number that is not negative, or a parameter
     */
    record DeleteEdge(Position position, Operand edge, Name collection) implements Statement {}

    // ---- definitions

    /**
     * {@code CREATE [GRAPH | METADATA] COLLECTION name (options) suffix}.
     *
     * @param options as written; the first of a name counts
     * @param with the options of the suffix {@code WITH (…)}; those of the list go before them
     * @param schema the definitions of the suffix {@code WITH SCHEMA (…)}; empty: none
     * @param schemaless whether the suffix is SCHEMALESS
     */
    record CreateCollection(
            Position position,
            Kind kind,
            Name name,
            List<Option> options,
            List<Option> with,
            List<SchemaDefinition> schema,
            boolean schemaless)
            implements Statement {
        public CreateCollection {
            options = List.copyOf(options);
            with = List.copyOf(with);
            schema = List.copyOf(schema);
        }
    }

    /** The kinds of collections. */
    enum Kind {
        VECTOR,
        GRAPH,
        METADATA
    }

    /** A part of the schema of a graph. */
    sealed interface SchemaDefinition extends Node {
        /** {@code NODE name (property: TYPE, …)}. */
        record NodeType(Position position, Name name, List<PropertyDefinition> properties) implements SchemaDefinition {
            public NodeType {
                properties = List.copyOf(properties);
            }
        }

        /** {@code EDGE label FROM source TO target}. */
        record EdgeType(Position position, Name label, Name source, Name target) implements SchemaDefinition {}
    }

    /** A property with its type. */
    record PropertyDefinition(Position position, Name name, PropertyType type) implements Node {}

    /** The types of properties. */
    enum PropertyType {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        VECTOR
    }

    /** {@code DROP COLLECTION [IF EXISTS] name}. */
    record DropCollection(Position position, boolean ifExists, Name name) implements Statement {}

    /** {@code CREATE INDEX ON collection (path)}. */
    record CreateIndex(Position position, Name collection, Path path) implements Statement {}

    /** {@code DROP INDEX ON collection (path)}. */
    record DropIndex(Position position, Name collection, Path path) implements Statement {}

    /** {@code ALTER COLLECTION collection SET (…)}. */
    record AlterCollection(Position position, Name collection, List<Option> options) implements Statement {
        public AlterCollection {
            options = List.copyOf(options);
        }
    }

    /** {@code TRUNCATE collection}. */
    record Truncate(Position position, Name collection) implements Statement {}

    // ---- administration

    /** {@code SHOW COLLECTIONS}. */
    record ShowCollections(Position position) implements Statement {}

    /** {@code DESCRIBE collection}. */
    record Describe(Position position, Name collection) implements Statement {}

    /** {@code ANALYZE collection}. */
    record Analyze(Position position, Name collection) implements Statement {}

    /**
     * {@code FLUSH [FULL] [collection]}.
     *
     * @param collection absent: all
     */
    record Flush(Position position, boolean full, @Nullable Name collection) implements Statement {}

    /** {@code TRAIN QUANTIZER ON collection WITH (…)}; one option or more. */
    record Train(Position position, Name collection, List<Option> options) implements Statement {
        public Train {
            options = List.copyOf(options);
        }
    }
}
