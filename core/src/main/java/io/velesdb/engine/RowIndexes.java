package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.TextOptions;
import io.velesdb.VelesException;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.TextFolding;
import io.velesdb.index.column.ColumnIndex;
import io.velesdb.index.column.FieldIndexes;
import io.velesdb.index.sparse.SparseIndex;
import io.velesdb.index.text.TextIndex;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from the documents of a collection, row by row: typed columns, sparse postings and those of text. All of it can be made
 * again from the documents, and is when a checkpoint's copy is damaged.
 */
record RowIndexes(ColumnIndex columns, SparseIndex sparse, TextIndex text) {
    /** Indexes of no rows. */
    static RowIndexes create(TextOptions options, Platform platform) {
        return new RowIndexes(new ColumnIndex(), new SparseIndex(), new TextIndex(options, folding(options, platform)));
    }

    /** @throws VelesException VELES-009 when the host cannot do what the options ask for */
    private static TextFolding folding(TextOptions options, Platform platform) {
        TextFolding folding = platform.textFolding();
        if (folding == null) {
            if (options.stripsMarks()) {
                throw new VelesException(
                        ErrorCode.CONFIG,
                        "text options: this host cannot strip marks: leave strip_marks out, or open the database"
                                + " elsewhere");
            }
            return point -> new String(Character.toChars(point));
        }
        return folding;
    }

    /** Adds the row version in {@code slot}; slots ascend without gaps. */
    void append(int slot, @Nullable Obj payload, Map<String, SparseVector> sparseVectors) {
        columns.append(slot, payload);
        sparse.append(slot, sparseVectors);
        text.append(slot, payload);
    }

    /** Takes note that the row version in {@code slot}, which was appended with this document, is dead. */
    void remove(int slot, byte[] document) {
        sparse.remove(slot, RowDocument.sparse(document));
        text.remove(slot, RowDocument.payload(document));
    }

    /** New indexes in which slot i is the old slot {@code kept[i]}. */
    RowIndexes compact(int[] kept, int count) {
        return new RowIndexes(columns.compact(kept, count), sparse.compact(kept, count), text.compact(kept, count));
    }

    View view(FieldIndexes fieldIndexes) {
        return new View(columns.view(fieldIndexes), sparse.view(), text.view());
    }

    /** What readers of one state get. */
    record View(ColumnIndex.View columns, SparseIndex.View sparse, TextIndex.View text) {}

    void save(CheckpointWriter out, String prefix) {
        BinaryWriter columnBytes = new BinaryWriter();
        columns.save(columnBytes);
        out.section(prefix + "columns", columnBytes.array(), columnBytes.length());
        BinaryWriter sparseBytes = new BinaryWriter();
        sparse.save(sparseBytes);
        out.section(prefix + "sparse", sparseBytes.array(), sparseBytes.length());
        BinaryWriter textBytes = new BinaryWriter();
        text.save(textBytes);
        out.section(prefix + "text", textBytes.array(), textBytes.length());
    }

    /** Reads back what {@link #save} wrote; what does not hold is made again from the documents, and reported. */
    static RowIndexes load(
            CheckpointReader in,
            String prefix,
            String name,
            TextOptions options,
            SlotTable table,
            SlotBitmap live,
            DocumentStore documents,
            Platform platform) {
        int slots = table.size();
        try {
            return new RowIndexes(
                    ColumnIndex.load(reader(in, prefix + "columns"), slots),
                    SparseIndex.load(reader(in, prefix + "sparse"), slots),
                    TextIndex.load(reader(in, prefix + "text"), options, folding(options, platform), slots));
        } catch (VelesException damage) {
            CollectionImage.refuseUnlessDamaged(damage);
            RowIndexes rebuilt = rebuild(create(options, platform), table, live, documents);
            platform.diagnostics().rebuilt("columns and postings of collection '" + name + "'", damage);
            return rebuilt;
        }
    }

    private static BinaryReader reader(CheckpointReader in, String section) {
        return new BinaryReader(in.section(section), ErrorCode.STORAGE, section);
    }

    private static RowIndexes rebuild(RowIndexes made, SlotTable table, SlotBitmap live, DocumentStore documents) {
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
