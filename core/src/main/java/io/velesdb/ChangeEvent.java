package io.velesdb;

import java.util.List;

/**
 * One thing that happened to a collection, named as it was then. Values are those that were written: applied in order to
 * a copy of the database they make it what the database was. Do not change the arrays in them.
 */
public sealed interface ChangeEvent {
    /** The name of the collection. */
    String collection();

    /** A new, empty collection. */
    record CollectionCreated(String collection, CollectionSchema schema) implements ChangeEvent {}

    /** The collection went with everything in it. */
    record CollectionDeleted(String collection) implements ChangeEvent {}

    /** Rows were replaced or added as a whole; of one id twice the last counts. */
    record RowsUpserted(String collection, List<Point> points) implements ChangeEvent {
        public RowsUpserted {
            points = List.copyOf(points);
        }
    }

    /**
     * Rows were removed, and with them their edges. Expired rows that are swept are told like this as well.
     *
     * @param ids may name rows that were not there
     */
    record RowsDeleted(String collection, List<Long> ids) implements ChangeEvent {
        public RowsDeleted {
            ids = List.copyOf(ids);
        }
    }

    /** Edges were added; of an id that was there, the properties were replaced. */
    record EdgesPut(String collection, List<Edge> edges) implements ChangeEvent {
        public EdgesPut {
            edges = List.copyOf(edges);
        }
    }

    /**
     * Edges were removed by themselves.
     *
     * @param ids may name edges that were not there
     */
    record EdgesRemoved(String collection, List<Long> ids) implements ChangeEvent {
        public EdgesRemoved {
            ids = List.copyOf(ids);
        }
    }

    /** All rows and edges went; the collection stayed. */
    record Truncated(String collection) implements ChangeEvent {}

    /** An index was declared; nothing happened if it was there. */
    record IndexCreated(String collection, IndexDefinition definition) implements ChangeEvent {}

    /** An index is declared no longer; nothing happened if it was not there. */
    record IndexDropped(String collection, IndexDefinition definition) implements ChangeEvent {}

    /** The storage mode became another, its codes learned from the rows of that moment. */
    record QuantizerTrained(String collection, StorageMode mode, Quantization quantization) implements ChangeEvent {}
}
