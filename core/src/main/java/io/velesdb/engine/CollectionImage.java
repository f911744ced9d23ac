package io.velesdb.engine;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.graph.EdgeStore;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.journal.ChangeCodec;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.journal.PrimarySections;
import io.velesdb.persistent.IdTree;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import io.velesdb.vector.quantize.QuantizedVectorSpace;
import org.jspecify.annotations.Nullable;

/**
 * A collection as a checkpoint holds it. Sections, all under {@code c<number>/}: {@code rows} (ids, document positions,
 * live bits, id order), {@code edges}, those of {@link RowIndexes}, of the vector space and of its index.
 */
record CollectionImage(
        int number,
        String name,
        CollectionSchema schema,
        CollectionSettings settings,
        int generation,
        SlotTable table,
        SlotBitmap live,
        IdTree ids,
        DocumentStore documents,
        RowIndexes rowIndexes,
        EdgeStore edges,
        @Nullable VectorSpace vectors,
        @Nullable VectorRows vectorRows,
        @Nullable HnswIndex index) {
    private static final String EDGES = "edges";

    /** What a section of rows is begun with at most; columns of numbers that ascend take a part of what they might. */
    private static final long LARGE_SECTION = 1 << 26;

    /** Appends the fixed part to the catalog section and writes the rest as sections of their own. */
    void save(BinaryWriter catalog, CheckpointWriter out) {
        catalog.writeVarInt(number).writeString(name).writeVarInt(generation);
        ChangeCodec.writeSchema(schema, catalog);
        settings.save(catalog);
        catalog.writeVarInt(table.size()).writeVarLong(documents.length());

        String prefix = prefix(number);
        BinaryWriter rows = new BinaryWriter((int) Math.min(LARGE_SECTION, table.size() * 20L + 64));
        LongColumn.write(rows, table.ids(), table.size());
        LongColumn.write(rows, table.positions(), table.size());
        int words = (table.size() + 63) >>> 6;
        rows.writeLongs(live.words(), 0, words);
        if (vectorRows != null) {
            VectorRows.View view = vectorRows.view();
            for (int slot = 0; slot < table.size(); slot++) {
                rows.writeBoolean(view.number(slot) != VectorRows.NONE);
            }
        }
        rows.writeVarInt(ids.size());
        for (IdTree.Cursor cursor = ids.first(); cursor.next(); ) {
            rows.writeInt(cursor.slot());
        }
        out.section(prefix + "rows", rows.array(), rows.length());

        rowIndexes.save(out, prefix);
        BinaryWriter edgeBytes = new BinaryWriter();
        edges.save(edgeBytes);
        out.section(prefix + EDGES, edgeBytes.array(), edgeBytes.length());
        if (vectors != null) {
            vectors.save(out, prefix + "vectors/");
        }
        if (index != null) {
            index.save(out, prefix + "graph/");
        }
    }

    /** Reads back what {@link #save} wrote. Derived structures that do not hold are rebuilt from rows and vectors. */
    static CollectionImage load(BinaryReader catalog, CheckpointReader in, Platform platform) {
        int number = catalog.readVarInt();
        String name = catalog.readString();
        int generation = catalog.readVarInt();
        CollectionSchema schema = ChangeCodec.readSchema(catalog);
        CollectionSettings settings = CollectionSettings.load(catalog);
        int slots = catalog.readVarInt();
        long documentBytes = catalog.readVarLong();
        if (number < 1 || generation < 0 || slots < 0 || documentBytes < 0) {
            throw catalog.damaged("collection " + number + ": generation " + generation + ", slots " + slots
                    + ", document bytes " + documentBytes);
        }

        String prefix = prefix(number);
        BinaryReader rows = new BinaryReader(in.section(prefix + "rows"), ErrorCode.STORAGE, prefix + "rows");
        long[] slotIds = LongColumn.read(rows, slots);
        long[] positions = LongColumn.read(rows, slots);
        for (long position : positions) {
            if (position < SlotTable.NO_DOCUMENT || position >= documentBytes) {
                throw rows.damaged("document position " + position + " of " + documentBytes + " bytes");
            }
        }
        int words = (slots + 63) >>> 6;
        SlotBitmap live = SlotBitmap.ofWords(rows.readLongs(words), words);
        boolean optional = schema.hasVectors() && !schema.requiresVector();
        VectorRows vectorRows = optional ? readVectorRows(rows, slots) : null;
        IdTree ids = readIds(rows, slotIds, live, slots);
        SlotTable table = new SlotTable(slotIds, positions, slots);

        StoreId store = new StoreId(number, generation);
        DocumentStore documents = platform.openDocuments(store, documentBytes);
        RowIndexes rowIndexes = RowIndexes.load(in, prefix, name, schema.text(), table, live, documents, platform);
        EdgeStore edges =
                EdgeStore.load(new BinaryReader(in.section(prefix + EDGES), ErrorCode.STORAGE, prefix + EDGES));
        Metric metric = schema.metric();
        HnswParameters parameters = schema.hnsw();
        VectorSpace vectors = null;
        HnswIndex index = null;
        if (metric != null && parameters != null) {
            int dimension = schema.dimension();
            int size = vectorRows == null ? slots : vectorRows.count();
            String vectorPrefix = prefix + "vectors/";
            try {
                vectors = QuantizedVectorSpace.open(
                        platform.openVectors(store, dimension, metric, size, in, vectorPrefix),
                        schema.storage(),
                        schema.quantization(),
                        platform.codes(),
                        in,
                        vectorPrefix);
                index = HnswIndex.load(platform, parameters, vectors, in, prefix + "graph/")
                        .waiting(schema.building().buffer());
            } catch (VelesException damage) {
                refuseUnlessDamaged(damage);
                vectors = withoutDerived(
                        platform.openVectors(store, dimension, metric, size, new PrimarySections(in), vectorPrefix),
                        schema,
                        VectorRows.live(vectorRows, live),
                        platform);
                index = HnswIndex.create(
                        platform, parameters, vectors, schema.building().buffer());
                index.insert(
                        vectorRows == null
                                ? table::id
                                : vector -> table.id(vectorRows.view().slot(vector)));
                platform.diagnostics().rebuilt("vector index of collection '" + name + "'", damage);
            }
        }
        return new CollectionImage(
                number,
                name,
                schema,
                settings,
                generation,
                table,
                live,
                ids,
                documents,
                rowIndexes,
                edges,
                vectors,
                vectorRows,
                index);
    }

    /** The vectors of this state in its vector space. */
    int vectorCount() {
        return vectorRows == null ? table.size() : vectorRows.count();
    }

    /** What was trained explicitly is trained again, on the rows that live now. */
    private static VectorSpace withoutDerived(
            VectorSpace exact, CollectionSchema schema, int[] live, Platform platform) {
        if (schema.storage() == StorageMode.FULL || !schema.quantization().explicit() || live.length == 0) {
            return QuantizedVectorSpace.over(exact, schema.storage(), schema.quantization(), platform.codes());
        }
        return QuantizedVectorSpace.trained(
                exact, schema.storage(), schema.quantization(), live, platform.codes(), platform.concurrency());
    }

    /** Only damage is mended here: a full disk or a newer format must reach the caller. */
    static void refuseUnlessDamaged(VelesException failure) {
        if (failure.code() != ErrorCode.STORAGE && failure.code() != ErrorCode.INDEX_CORRUPTED) {
            throw failure;
        }
    }

    private static VectorRows readVectorRows(BinaryReader rows, int slots) {
        VectorRows read = new VectorRows();
        for (int slot = 0; slot < slots; slot++) {
            read.append(rows.readBoolean());
        }
        return read;
    }

    private static IdTree readIds(BinaryReader rows, long[] slotIds, SlotBitmap live, int slots) {
        int count = rows.readCount(Integer.BYTES);
        int[] slotsById = rows.readInts(count);
        rows.expectEnd();
        if (count != live.cardinality()) {
            throw rows.damaged(count + " ids for " + live.cardinality() + " live rows");
        }
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) {
            int slot = slotsById[i];
            if (slot < 0 || slot >= slots || !live.contains(slot)) {
                throw rows.damaged("slot " + slot + " of " + slots);
            }
            sorted[i] = slotIds[slot];
            if (i > 0 && Long.compareUnsigned(sorted[i - 1], sorted[i]) >= 0) {
                throw rows.damaged("ids out of order");
            }
        }
        return IdTree.ofSorted(sorted, slotsById, count);
    }

    private static String prefix(int number) {
        return "c" + number + "/";
    }
}
