package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.host.Diagnostics;
import io.velesdb.host.DocumentStore;
import io.velesdb.index.column.ColumnIndex;
import io.velesdb.index.sparse.SparseIndex;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from the documents of a collection, row by row: typed columns and sparse postings. All of it can be made
 * again from the documents, and is when a checkpoint's copy is damaged.
 */
record RowIndexes(ColumnIndex columns, SparseIndex sparse) {
    RowIndexes() {
        this(new ColumnIndex(), new SparseIndex());
    }

    /** Adds the row version in {@code slot}; slots ascend without gaps. */
    void append(int slot, @Nullable Obj payload, Map<String, SparseVector> sparseVectors) {
        columns.append(slot, payload);
        sparse.append(slot, sparseVectors);
    }

    /** True when {@link #remove} must be told of rows that die. */
    boolean countsLiveRows() {
        return sparse.hasVectors();
    }

    /** Takes note that the row version in {@code slot}, which was appended with this document, is dead. */
    void remove(int slot, byte[] document) {
        sparse.remove(slot, RowDocument.sparse(document));
    }

    /** New indexes in which slot i is the old slot {@code kept[i]}. */
    RowIndexes compact(int[] kept, int count) {
        return new RowIndexes(columns.compact(kept, count), sparse.compact(kept, count));
    }

    View view() {
        return new View(columns.view(), sparse.view());
    }

    /** What readers of one state get. */
    record View(ColumnIndex.View columns, SparseIndex.View sparse) {}

    void save(CheckpointWriter out, String prefix) {
        BinaryWriter columnBytes = new BinaryWriter();
        columns.save(columnBytes);
        out.section(prefix + "columns", columnBytes.array(), columnBytes.length());
        BinaryWriter sparseBytes = new BinaryWriter();
        sparse.save(sparseBytes);
        out.section(prefix + "sparse", sparseBytes.array(), sparseBytes.length());
    }

    /** Reads back what {@link #save} wrote; what does not hold is made again from the documents, and reported. */
    static RowIndexes load(
            CheckpointReader in,
            String prefix,
            String name,
            SlotTable table,
            SlotBitmap live,
            DocumentStore documents,
            Diagnostics diagnostics) {
        int slots = table.size();
        try {
            return new RowIndexes(
                    ColumnIndex.load(reader(in, prefix + "columns"), slots),
                    SparseIndex.load(reader(in, prefix + "sparse"), slots));
        } catch (VelesException damage) {
            CollectionImage.refuseUnlessDamaged(damage);
            RowIndexes rebuilt = rebuild(table, live, documents);
            diagnostics.rebuilt("columns of collection '" + name + "'", damage);
            return rebuilt;
        }
    }

    private static BinaryReader reader(CheckpointReader in, String section) {
        return new BinaryReader(in.section(section), ErrorCode.STORAGE, section);
    }

    private static RowIndexes rebuild(SlotTable table, SlotBitmap live, DocumentStore documents) {
        RowIndexes made = new RowIndexes();
        for (int slot = 0; slot < table.size(); slot++) {
            long position = table.positions()[slot];
            byte[] document = position == SlotTable.NO_DOCUMENT ? null : documents.read(position);
            made.append(
                    slot,
                    document == null ? null : RowDocument.payload(document),
                    document == null ? Map.of() : RowDocument.sparse(document));
            if (document != null && !live.contains(slot)) {
                made.remove(slot, document);
            }
        }
        return made;
    }
}
