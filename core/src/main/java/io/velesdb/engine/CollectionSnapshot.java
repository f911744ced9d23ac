package io.velesdb.engine;

import io.velesdb.CollectionSchema;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.Point;
import io.velesdb.ReindexAdvice;
import io.velesdb.SparseVector;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.graph.GraphView;
import io.velesdb.host.Cancellation;
import io.velesdb.host.DocumentStore;
import io.velesdb.index.column.ColumnIndex;
import io.velesdb.index.column.OrderedSlots;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.index.hnsw.SlotIds;
import io.velesdb.index.sparse.SparseIndex;
import io.velesdb.index.text.TextIndex;
import io.velesdb.persistent.IdTree;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one collection at one sequence number. Immutable in what it shows: slots at or above {@link #slots}, and
 * bits that are not set in {@link #live}, do not exist for its reader.
 */
public final class CollectionSnapshot implements SlotIds, ColumnIndex.RowReader {
    private final int number;
    private final String name;
    private final CollectionSchema schema;
    private final CollectionSettings settings;
    private final int slots;
    private final int orderedSlots;
    private final SlotBitmap live;
    private final IdTree ids;
    private final long[] slotIds;
    private final long[] positions;
    private final DocumentStore documents;
    private final RowIndexes.View rowIndexes;
    private final GraphView graph;
    private final VectorRows.@Nullable View vectorRows;
    private final @Nullable HnswIndex index;
    private final HnswIndex.@Nullable View indexView;
    private final long waitingSince;
    private volatile @Nullable Unexpired unexpired;

    CollectionSnapshot(
            int number,
            String name,
            CollectionSchema schema,
            CollectionSettings settings,
            SlotTable table,
            SlotBitmap live,
            IdTree ids,
            DocumentStore documents,
            RowIndexes.View rowIndexes,
            GraphView graph,
            VectorRows.@Nullable View vectorRows,
            @Nullable HnswIndex index,
            long waitingSince) {
        this.number = number;
        this.name = name;
        this.schema = schema;
        this.settings = settings;
        this.slots = table.size();
        this.orderedSlots = table.ordered();
        this.live = live;
        this.ids = ids;
        this.slotIds = table.ids();
        this.positions = table.positions();
        this.documents = documents;
        this.rowIndexes = rowIndexes;
        this.graph = graph;
        this.vectorRows = vectorRows == null || vectorRows.isEveryRow() ? null : vectorRows;
        this.index = index;
        this.waitingSince = waitingSince;
        indexView = index == null ? null : index.view();
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    public CollectionSchema schema() {
        return schema;
    }

    /** The indexes that are declared, and the statistics. */
    public CollectionSettings settings() {
        return settings;
    }

    /**
     * Walks selected rows in the order of one field, which pays when few are wanted of many: nothing is sorted, and a row
     * is looked at only when it is passed.
     *
     * @param selected a bit per live slot to report, at least (slots + 63) / 64 words
     * @return null when the field has no secondary index, or that cannot be used now: then sort the rows
     */
    public @Nullable OrderedScan orderedScan(
            FieldPath field, boolean ascending, long[] selected, Cancellation cancellation) {
        OrderedSlots withField = columns().ordered(field, ascending, this, selected, cancellation);
        if (withField == null) {
            return null;
        }
        int count = 0;
        for (int w = 0, n = (slots + 63) >>> 6; w < n; w++) {
            count += Long.bitCount(selected[w]);
        }
        return new OrderedScan(
                this, field, withField, selected, count - columns().countWith(field, selected), ascending);
    }

    /** Whether a field has an index that {@link #orderedScan} walks, unless that cannot be used for a while. */
    public boolean isOrdered(FieldPath field) {
        return columns().isOrdered(field);
    }

    /** About how many rows a filter selects, and how that is known. Evaluates nothing. */
    public RowEstimate estimate(Filter filter) {
        return columns().estimate(filter, rows(), settings.statistics());
    }

    /** The declared indexes with what they hold. */
    public List<IndexInfo> indexes() {
        List<IndexInfo> all = new ArrayList<>();
        for (IndexDefinition definition : settings.indexes()) {
            all.add(columns().info(definition));
        }
        return all;
    }

    /** The number of points. */
    public int rows() {
        return ids.size();
    }

    /** The number of row versions, dead ones included: every slot is below it. */
    public int slots() {
        return slots;
    }

    /** True when at least one slot is dead. */
    public boolean hasDeadSlots() {
        return ids.size() != slots;
    }

    /** A bit per live slot, at least (slots + 63) / 64 words. Shared: not to be written to. */
    public long[] liveWords() {
        return live.words();
    }

    public boolean isLive(int slot) {
        return live.contains(slot);
    }

    /** The slot of a point, or -1. */
    public int slotOf(long id) {
        return ids.get(id);
    }

    /** The point id of a slot. */
    @Override
    public long id(int slot) {
        return slotIds[slot];
    }

    /** How many of the first slots stand in the order of their ids, so that walking them is walking ids. */
    public int orderedSlots() {
        return orderedSlots;
    }

    public ColumnIndex.View columns() {
        return rowIndexes.columns();
    }

    /** The sparse vectors. */
    public SparseIndex.View sparse() {
        return rowIndexes.sparse();
    }

    /** The text of the payloads. */
    public TextIndex.View text() {
        return rowIndexes.text();
    }

    /** The edges. */
    public GraphView graph() {
        return graph;
    }

    /** False for a row without dense vector. */
    public boolean hasVector(int slot) {
        return indexView != null && (vectorRows == null || vectorRows.number(slot) != VectorRows.NONE);
    }

    /** True when slots are not the numbers by which {@link #index} knows vectors: some rows have none. */
    public boolean renumbersVectors() {
        return vectorRows != null;
    }

    /** The number of vectors, those of dead rows included. */
    public int vectors() {
        return indexView == null ? 0 : vectorRows == null ? slots : vectorRows.count();
    }

    /** The slot of the row that has a vector; only where {@link #renumbersVectors}. */
    public int slotOfVector(int vector) {
        return vectorRows == null ? vector : vectorRows.slot(vector);
    }

    /** The bitmap of slots as one of vectors, written into {@code into}: (vectors + 63) / 64 words. */
    public void renameToVectors(long[] slotWords, long[] into) {
        if (vectorRows != null) {
            vectorRows.renamed(slotWords, into);
        }
    }

    /** Null in a metadata collection. */
    public @Nullable HnswIndex index() {
        return index;
    }

    /** What {@link #index} may show to a reader of this state; null in a metadata collection. */
    public HnswIndex.@Nullable View indexView() {
        return indexView;
    }

    /** Whether the vector index should be rebuilt; null where there is none. */
    public @Nullable ReindexAdvice reindexAdvice(long nowMillis) {
        HnswIndex.View view = indexView;
        HnswParameters shape = schema.hnsw();
        if (view == null || shape == null) {
            return null;
        }
        return ReindexAdvice.of(
                view.vectors().slots(), shape, schema.dimension(), settings.reindexedMillis(), nowMillis);
    }

    /** Vectors that every search scores one by one, until they are linked into the index. */
    public int waitingVectors() {
        HnswIndex.View view = indexView;
        return view == null ? 0 : view.waiting();
    }

    /** When the first of the {@link #waitingVectors} came, in milliseconds since the Unix epoch, or somewhat before. */
    long waitingSince() {
        return waitingSince;
    }

    /**
     * The live rows that are not expired at one moment. Kept until another moment is asked for, so that the queries of one
     * second share the work.
     */
    Unexpired unexpired(long nowSeconds) {
        Unexpired known = unexpired;
        if (known != null && known.nowSeconds == nowSeconds) {
            return known;
        }
        long[] words = new long[(slots + 63) >>> 6];
        int expired = columns().evaluate(Expiry.expiredAt(nowSeconds), this, liveWords(), Cancellation.NONE, words);
        long[] alive = liveWords();
        int[] left = new int[expired];
        int found = 0;
        for (int w = 0; w < words.length; w++) {
            for (long rest = words[w]; rest != 0; rest &= rest - 1) {
                left[found++] = (w << 6) + Long.numberOfTrailingZeros(rest);
            }
            words[w] = alive[w] & ~words[w];
        }
        Unexpired made = new Unexpired(nowSeconds, words, rows() - expired, left);
        unexpired = made;
        return made;
    }

    /**
     * Live rows that are not expired at {@code nowSeconds}.
     *
     * @param words a bit per slot
     * @param count the bits that are set
     * @param expired the slots of the other live rows, ascending
     */
    record Unexpired(long nowSeconds, long[] words, int count, int[] expired) {}

    /** A copy of the exact vector of a slot; null where there is none. */
    public float @Nullable [] vector(int slot) {
        HnswIndex.View view = indexView;
        if (view == null || !hasVector(slot)) {
            return null;
        }
        float[] vector = new float[schema.dimension()];
        view.vectors().read(vectorRows == null ? slot : vectorRows.number(slot), vector, 0);
        return vector;
    }

    /** The payload of a slot, read from the documents; null for none. */
    @Override
    public @Nullable Obj payload(int slot) {
        byte[] document = document(slot);
        return document == null ? null : RowDocument.payload(document);
    }

    /** The sparse vectors of a slot by name, read from the documents. */
    public Map<String, SparseVector> sparse(int slot) {
        byte[] document = document(slot);
        return document == null ? Map.of() : RowDocument.sparse(document);
    }

    /** The whole row of a slot. */
    public Point point(int slot) {
        return point(slot, payload(slot));
    }

    /** The whole row of a slot whose payload is at hand. */
    public Point point(int slot, @Nullable Obj payload) {
        return new Point(id(slot), vector(slot), payload, sparse(slot));
    }

    /** The bytes of the stored document of a slot: payload and sparse vectors. */
    int documentBytes(int slot) {
        byte[] document = document(slot);
        return document == null ? 0 : document.length;
    }

    /**
     * Reads the documents of all live rows.
     *
     * @throws VelesException VELES-006 when one is damaged
     */
    void verifyDocuments() {
        for (int slot = 0; slot < slots(); slot++) {
            if (isLive(slot)) {
                document(slot);
            }
        }
    }

    private byte @Nullable [] document(int slot) {
        long position = positions[slot];
        return position == SlotTable.NO_DOCUMENT ? null : documents.read(position);
    }

    /** Live points in ascending id order, starting at {@code id} or just after it. */
    public RowCursor scan(long id, boolean exclusive) {
        return new RowCursor(ids.from(id, exclusive));
    }

    /** All live points in ascending id order. */
    public RowCursor scan() {
        return new RowCursor(ids.first());
    }

    /** Walks live points in ascending unsigned id order. */
    public static final class RowCursor {
        private final IdTree.Cursor cursor;

        private RowCursor(IdTree.Cursor cursor) {
            this.cursor = cursor;
        }

        /** Steps to the next point; false at the end. */
        public boolean next() {
            return cursor.next();
        }

        public long id() {
            return cursor.id();
        }

        public int slot() {
            return cursor.slot();
        }
    }
}
