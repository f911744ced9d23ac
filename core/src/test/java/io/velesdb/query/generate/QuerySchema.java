package io.velesdb.query.generate;

import java.util.List;

/**
 * What generated queries may name.
 *
 * @param collections one or more
 */
public record QuerySchema(List<Collection> collections) {
    public QuerySchema {
        collections = List.copyOf(collections);
        if (collections.isEmpty()) {
            throw new IllegalArgumentException("queries need a collection");
        }
    }

    /**
     * A collection that queries read.
     *
     * @param dimension of its vectors; 0: it has none
     * @param columns payload paths, dots between members; {@code id} need not be listed
     * @param labels of its nodes; empty: no patterns are generated for it
     * @param relationships types of its edges
     * @param sparse whether its rows have sparse vectors, under the default name
     */
    public record Collection(
            String name,
            int dimension,
            List<Column> columns,
            List<String> labels,
            List<String> relationships,
            boolean sparse) {
        /** A collection without sparse vectors. */
        public Collection(
                String name, int dimension, List<Column> columns, List<String> labels, List<String> relationships) {
            this(name, dimension, columns, labels, relationships, false);
        }

        public Collection {
            columns = List.copyOf(columns);
            labels = List.copyOf(labels);
            relationships = List.copyOf(relationships);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a collection needs a column: " + name);
            }
        }

        /** The column of rows that every collection has. */
        public static final Column ID = new Column("id", Type.INTEGER, List.of("0", "1", "2", "3", "5", "99"));
    }

    /**
     * A column.
     *
     * @param values literals as they stand in a query, of which conditions are made; some should occur in the data. Of a
     *     list: its elements; of a place: latitude and longitude, {@code 64.1, -21.9}
     */
    public record Column(String path, Type type, List<String> values) {
        public Column {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("conditions need values: " + path);
            }
        }
    }

    /** What most rows have in a column; others may have none, or another type. */
    public enum Type {
        INTEGER,
        FLOAT,
        TEXT,
        BOOLEAN,
        LIST,
        PLACE
    }
}
