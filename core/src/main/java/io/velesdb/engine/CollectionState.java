package io.velesdb.engine;

import io.velesdb.CollectionSchema;
import io.velesdb.SparseVector;
import io.velesdb.graph.EdgeStore;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.index.column.FieldIndexes;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.index.hnsw.SlotIds;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.persistent.IdTree;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import io.velesdb.vector.quantize.QuantizedVectorSpace;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One collection as its single writer changes it. Readers never touch it: they hold the {@link CollectionSnapshot} that
 * {@link #publish} made last.
 */
final class CollectionState {
    private final Platform platform;
    private final int number;
    private final String name;
    private CollectionSchema schema;
    private CollectionSettings settings;
    private int generation;
    private SlotTable table;
    private SlotBitmap live;
    private IdTree ids;
    private DocumentStore documents;
    private RowIndexes rowIndexes;

    /** Of this generation of rows: slots are renumbered in the next one. */
    private FieldIndexes fieldIndexes = FieldIndexes.NONE;

    private EdgeStore edges;
    private @Nullable VectorSpace vectors;

    /** Which rows have a dense vector; null where all or none have. */
    private @Nullable VectorRows vectorRows;

    private @Nullable HnswIndex index;

    /** When the first of the vectors came that wait to be linked, in milliseconds; unknown ones came long ago. */
    private long waitingSince;

    private IdTree.@Nullable Editor idEdit;
    private SlotBitmap.@Nullable Editor liveEdit;

    /** What truncations and compactions that are reserved and not applied yet will fill, in their order. */
    private final ArrayDeque<Generation> nextGenerations = new ArrayDeque<>();

    private CollectionSnapshot snapshot;

    /** Stores that a compaction fills. */
    private record Generation(
            StoreId id, DocumentStore documents, @Nullable VectorSpace vectors) {}

    /**
     * What the operations of one record have reserved up to some point, and where what follows them goes.
     *
     * @param rows vectors that they append there
     * @param live rows that there can be at most
     * @param bytes of the documents that they append there
     * @param pieces number of those
     */
    record Room(DocumentStore documents, @Nullable VectorSpace vectors, int rows, int live, long bytes, int pieces) {}

    CollectionState(Platform platform, int number, String name, CollectionSchema schema) {
        this.platform = platform;
        this.number = number;
        this.name = name;
        this.schema = schema;
        settings = CollectionSettings.INITIAL;
        table = new SlotTable();
        live = SlotBitmap.EMPTY;
        ids = IdTree.EMPTY;
        Generation first = createGeneration(0);
        documents = first.documents();
        vectors = first.vectors();
        index = vectors == null ? null : createIndex(vectors);
        rowIndexes = RowIndexes.create(schema.text(), platform);
        edges = new EdgeStore();
        vectorRows = newVectorRows();
        snapshot = makeSnapshot();
    }

    CollectionState(Platform platform, CollectionImage image) {
        this.platform = platform;
        number = image.number();
        name = image.name();
        schema = image.schema();
        settings = image.settings();
        generation = image.generation();
        table = image.table();
        live = image.live();
        ids = image.ids();
        documents = image.documents();
        rowIndexes = image.rowIndexes();
        fieldIndexes = FieldIndexes.of(settings.indexes(), FieldIndexes.NONE);
        edges = image.edges();
        vectors = image.vectors();
        vectorRows = image.vectorRows();
        index = image.index();
        snapshot = makeSnapshot();
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    CollectionSnapshot snapshot() {
        return snapshot;
    }

    /** Everything that a checkpoint writes. */
    CollectionImage image() {
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

    /** What is taken before the first operation of a record. */
    Room room() {
        return new Room(documents, vectors, 0, ids.size(), 0, 0);
    }

    /**
     * Takes the space that {@code operation} needs, so that applying it after it was journaled cannot run out of it.
     *
     * @param taken what the operations before it in the same record took
     * @return what is taken with it
     */
    Room reserve(Operation operation, Room taken) {
        if (index != null && worksOnIndex(operation)) {
            index.verify();
        }
        if (operation instanceof Operation.Upsert upsert) {
            return reserve(upsert, taken);
        }
        if (operation instanceof Operation.Truncate) {
            Generation next = addGeneration();
            return new Room(next.documents(), next.vectors(), 0, 0, 0, 0);
        }
        if (operation instanceof Operation.Compact) {
            Generation next = addGeneration();
            // the old length and what is about to follow it are an upper bound of the live documents
            long bytes = taken.documents().length() + taken.bytes() + 16L * taken.pieces();
            Room room = new Room(next.documents(), next.vectors(), taken.live(), taken.live(), bytes, taken.live());
            reserve(room);
            return room;
        }
        return taken;
    }

    /**
     * Verifies what applying the operation will read: met only then, damage would leave it half applied, and writes refused.
     * Not for a change that is in the journal already: there it would find more than applying meets.
     *
     * @param arriving rows of earlier operations of the record, which are inserted together with those of this one
     * @throws VelesException VELES-006
     */
    void verify(Operation operation, int arriving) {
        if (index != null
                && worksOnIndex(operation)
                // several rows are linked at once, and links are chosen by vectors
                && (!(operation instanceof Operation.Upsert upsert)
                        || index.readsVectorsFor(arriving + upsert.ids().length))) {
            index.verifyVectors();
        }
        switch (operation) {
            case Operation.Upsert upsert -> verifyDocuments(upsert.ids());
            case Operation.Delete delete -> verifyDocuments(delete.ids());
            case Operation.RemoveEdges remove -> {
                for (long id : remove.ids()) {
                    edges.connects(id, node -> isThere(node, 0));
                }
            }
            default -> {}
        }
    }

    /** Those of the row versions that will be dead. */
    private void verifyDocuments(long[] rowIds) {
        if (ids.size() == 0) {
            return;
        }
        for (long id : rowIds) {
            int slot = ids.get(id);
            long position = slot == IdTree.ABSENT ? SlotTable.NO_DOCUMENT : table.positions()[slot];
            if (position != SlotTable.NO_DOCUMENT) {
                documents.read(position);
            }
        }
    }

    private static boolean worksOnIndex(Operation operation) {
        return operation instanceof Operation.Upsert
                || operation instanceof Operation.Repair
                || operation instanceof Operation.Compact
                || operation instanceof Operation.TrainQuantizer
                || operation instanceof Operation.LinkVectors
                || operation instanceof Operation.Reindex;
    }

    private static Room reserve(Operation.Upsert upsert, Room taken) {
        long bytes = taken.bytes();
        int pieces = taken.pieces();
        int count = upsert.ids().length;
        for (int row = 0; row < count; row++) {
            Payload payload = upsert.payloads()[row];
            Map<String, SparseVector> sparse = upsert.sparseOf(row);
            if (payload != null || !sparse.isEmpty()) {
                bytes += RowDocument.bytes(payload, sparse);
                pieces++;
            }
        }
        Room room =
                new Room(taken.documents(), taken.vectors(), taken.rows() + count, taken.live() + count, bytes, pieces);
        reserve(room);
        return room;
    }

    private static void reserve(Room room) {
        if (room.vectors() != null) {
            room.vectors().reserve(room.rows());
        }
        room.documents().reserve(room.bytes(), room.pieces());
    }

    /** Gives back the stores of generations that were reserved and will not come to be. */
    void release() {
        while (!nextGenerations.isEmpty()) {
            platform.discard(nextGenerations.removeLast().id());
        }
    }

    private Generation addGeneration() {
        Generation next = createGeneration(generation + 1 + nextGenerations.size());
        nextGenerations.addLast(next);
        return next;
    }

    private Generation nextGeneration() {
        Generation next = nextGenerations.pollFirst();
        return next == null ? createGeneration(generation + 1) : next;
    }

    /**
     * Appends rows without indexing them yet; {@link #index} follows at the end of the change. A row that replaces an expired
     * one begins without edges, as it would after a sweep.
     */
    int apply(Operation.Upsert upsert, long timeMillis) {
        IdTree.Editor idEditor = idEditor();
        SlotBitmap.Editor liveEditor = liveEditor();
        long[] rowIds = upsert.ids();
        float[] rowVectors = upsert.vectors();
        boolean[] vectorless = upsert.vectorless();
        for (int row = 0; row < rowIds.length; row++) {
            Payload payload = upsert.payloads()[row];
            Map<String, SparseVector> sparse = upsert.sparseOf(row);
            byte[] document = RowDocument.encode(payload, sparse);
            long position = document == null ? SlotTable.NO_DOCUMENT : documents.append(document, 0, document.length);
            boolean hasVector = rowVectors != null && (vectorless == null || !vectorless[row]);
            if (vectors != null && rowVectors != null && hasVector) {
                vectors.append(rowVectors, row * schema.dimension());
            }
            int slot = table.append(rowIds[row], position);
            if (vectorRows != null) {
                vectorRows.append(hasVector);
            }
            rowIndexes.append(slot, payload == null ? null : payload.value(), sparse);
            liveEditor.add(slot);
            int before = idEditor.put(rowIds[row], slot);
            if (before != IdTree.ABSENT) {
                liveEditor.remove(before);
                if (edges.size() > 0 && isExpired(before, timeMillis)) {
                    edges.removeNode(rowIds[row]);
                }
                died(before);
            }
        }
        return rowIds.length;
    }

    /** Returns how many of the rows could be seen: the expired ones go too, and nobody misses them. */
    int apply(Operation.Delete delete, long timeMillis) {
        IdTree.Editor idEditor = idEditor();
        SlotBitmap.Editor liveEditor = liveEditor();
        int deleted = 0;
        for (long id : delete.ids()) {
            int slot = idEditor.remove(id);
            if (slot != IdTree.ABSENT) {
                deleted += isExpired(slot, timeMillis) ? 0 : 1;
                liveEditor.remove(slot);
                died(slot);
                edges.removeNode(id);
            }
        }
        return deleted;
    }

    /** Whether the row version in {@code slot} is expired at the time of the change: that is recorded, so a replay agrees. */
    private boolean isExpired(int slot, long timeMillis) {
        long position = table.positions()[slot];
        return position != SlotTable.NO_DOCUMENT
                && rowIndexes.columns().mayHave(Expiry.PATH)
                && Expiry.isExpired(RowDocument.payload(documents.read(position)), Math.floorDiv(timeMillis, 1000L));
    }

    private boolean isThere(long id, long timeMillis) {
        int slot = idEdit == null ? ids.get(id) : idEdit.get(id);
        return slot != IdTree.ABSENT && !isExpired(slot, timeMillis);
    }

    /** Statistics of some indexes are those of the live rows. */
    private void died(int slot) {
        long position = table.positions()[slot];
        if (position != SlotTable.NO_DOCUMENT) {
            rowIndexes.remove(slot, documents.read(position));
        }
    }

    int apply(Operation.PutEdges put) {
        for (int i = 0; i < put.ids().length; i++) {
            edges.put(put.ids()[i], put.sources()[i], put.targets()[i], put.labels()[i], put.properties()[i]);
        }
        return put.ids().length;
    }

    /** Returns how many of the edges could be seen: not those of expired rows. */
    int apply(Operation.RemoveEdges remove, long timeMillis) {
        int removed = 0;
        for (long id : remove.ids()) {
            removed += edges.connects(id, node -> isThere(node, timeMillis)) ? 1 : 0;
            edges.remove(id);
        }
        return removed;
    }

    /** Drops every row and edge; the old generation stays readable for whoever still holds a snapshot. */
    int apply(Operation.Truncate truncate) {
        finishEdits();
        Generation next = nextGeneration();
        int dropped = ids.size() + edges.size();
        generation++;
        table = new SlotTable();
        live = SlotBitmap.EMPTY;
        vectorRows = newVectorRows();
        ids = IdTree.EMPTY;
        documents = next.documents();
        fieldIndexes = FieldIndexes.of(settings.indexes(), FieldIndexes.NONE);
        rowIndexes = RowIndexes.create(schema.text(), platform);
        edges = new EdgeStore();
        vectors = next.vectors();
        index = vectors == null ? null : createIndex(vectors);
        return dropped;
    }

    void apply(Operation.Repair repair) {
        finishEdits();
        if (index != null) {
            indexAll();
            index.repair(repair.fromSlot(), repair.toSlot(), liveVectors());
        }
    }

    /** Learns the codes from the live rows; the exact vectors and the graph stay. Returns how many rows there are. */
    int apply(Operation.TrainQuantizer train) {
        finishEdits();
        indexAll();
        int[] live = VectorRows.live(vectorRows, this.live);
        if (index == null || vectors == null || live.length == 0) {
            return 0;
        }
        schema = schema.withStorage(train.mode(), train.quantization());
        QuantizedVectorSpace trained = QuantizedVectorSpace.trained(
                vectors, train.mode(), train.quantization(), live, platform.codes(), platform.concurrency());
        vectors = trained;
        index = index.over(trained);
        return live.length;
    }

    /** Returns 1 when the index was not there. */
    int apply(Operation.CreateIndex create) {
        if (settings.indexes().contains(create.definition())) {
            return 0;
        }
        settings = settings.with(create.definition());
        fieldIndexes = FieldIndexes.of(settings.indexes(), fieldIndexes);
        return 1;
    }

    /** Returns 1 when the index was there. */
    int apply(Operation.DropIndex drop) {
        if (!settings.indexes().contains(drop.definition())) {
            return 0;
        }
        settings = settings.without(drop.definition());
        fieldIndexes = FieldIndexes.of(settings.indexes(), fieldIndexes);
        return 1;
    }

    void apply(Operation.Analyze analyze) {
        settings = settings.with(analyze.statistics());
    }

    void apply(Operation.SetAutoReindex set) {
        settings = settings.withAutoReindex(set.enabled());
    }

    /** Moves the live rows into a new generation; the old one stays readable for whoever still holds a snapshot. */
    int apply(Operation.Compact compact) {
        finishEdits();
        indexAll();
        Generation next = nextGeneration();
        int rows = live.cardinality();
        int[] kept = new int[rows];
        int count = 0;
        for (int slot = 0; slot < table.size(); slot++) {
            if (live.contains(slot)) {
                kept[count++] = slot;
            }
        }
        SlotTable newTable = new SlotTable();
        SlotBitmap.Editor newLive = SlotBitmap.EMPTY.edit();
        VectorRows newVectorRows = newVectorRows();
        int[] keptVectors = vectorRows == null ? kept : new int[rows];
        int vectorCount = vectorRows == null ? rows : 0;
        IdTree.Editor newIds = ids.edit();
        for (int slot : kept) {
            long position = table.positions()[slot];
            if (position != SlotTable.NO_DOCUMENT) {
                byte[] document = documents.read(position);
                position = next.documents().append(document, 0, document.length);
            }
            int moved = newTable.append(table.ids()[slot], position);
            newLive.add(moved);
            if (vectorRows != null && newVectorRows != null) {
                int vector = vectorRows.view().number(slot);
                newVectorRows.append(vector != VectorRows.NONE);
                if (vector != VectorRows.NONE) {
                    keptVectors[vectorCount++] = vector;
                }
            }
            newIds.put(table.ids()[slot], moved);
        }
        int dropped = table.size() - rows;
        if (index != null && next.vectors() != null) {
            index = index.compact(platform, keptVectors, vectorCount, next.vectors());
        }
        rowIndexes = rowIndexes.compact(kept, rows);
        fieldIndexes = FieldIndexes.of(settings.indexes(), FieldIndexes.NONE);
        edges.compact();
        vectorRows = newVectorRows;
        generation++;
        table = newTable;
        live = newLive.bitmap();
        ids = newIds.tree();
        documents = next.documents();
        vectors = next.vectors();
        return dropped;
    }

    /** Indexes every slot that a change of this time appended. */
    void index(long timeMillis) {
        if (index != null) {
            boolean waited = index.waiting() > 0;
            index.insert(vectorIds());
            if (!waited) {
                waitingSince = timeMillis;
            }
        }
    }

    /** The codes stay. */
    void apply(Operation.Reindex reindex, long timeMillis) {
        if (index != null) {
            indexAll();
            schema = schema.withHnsw(reindex.shape());
            settings = settings.reindexedAt(timeMillis);
            index = index.rebuilt(platform, reindex.shape(), vectorIds());
        }
    }

    void apply(Operation.LinkVectors link) {
        if (index != null) {
            SlotIds vectorIds = vectorIds();
            index.insert(vectorIds);
            index.linkNext(vectorIds, link.count());
        }
    }

    /** As {@link #index}, and leaves no slot waiting: for what works on the graph as a whole. */
    private void indexAll() {
        if (index != null) {
            SlotIds vectorIds = vectorIds();
            index.insert(vectorIds);
            index.linkWaiting(vectorIds);
        }
    }

    /** The ids of the vectors by their slots in the vector space. */
    private SlotIds vectorIds() {
        VectorRows rows = vectorRows;
        SlotTable appended = table;
        return rows == null ? appended::id : vector -> appended.id(rows.view().slot(vector));
    }

    /** A bit per live vector. */
    private long[] liveVectors() {
        return vectorRows == null ? live.words() : vectorRows.renamed(live.words());
    }

    private @Nullable VectorRows newVectorRows() {
        return schema.hasVectors() && !schema.requiresVector() ? new VectorRows() : null;
    }

    /** Ends the edits of a change and makes its result the snapshot that readers get. */
    void publish() {
        finishEdits();
        snapshot = makeSnapshot();
    }

    private void finishEdits() {
        if (idEdit != null) {
            ids = idEdit.tree();
            idEdit = null;
        }
        if (liveEdit != null) {
            live = liveEdit.bitmap();
            liveEdit = null;
        }
    }

    private IdTree.Editor idEditor() {
        if (idEdit == null) {
            idEdit = ids.edit();
        }
        return idEdit;
    }

    private SlotBitmap.Editor liveEditor() {
        if (liveEdit == null) {
            liveEdit = live.edit();
        }
        return liveEdit;
    }

    private Generation createGeneration(int wanted) {
        StoreId id = new StoreId(number, wanted);
        Metric metric = schema.metric();
        try {
            return new Generation(id, platform.createDocuments(id), metric == null ? null : createVectors(id, metric));
        } catch (RuntimeException | Error failure) {
            platform.discard(id);
            throw failure;
        }
    }

    private VectorSpace createVectors(StoreId id, Metric metric) {
        return QuantizedVectorSpace.over(
                platform.createVectors(id, schema.dimension(), metric),
                schema.storage(),
                schema.quantization(),
                platform.codes());
    }

    private HnswIndex createIndex(VectorSpace space) {
        HnswParameters parameters = schema.hnsw();
        return HnswIndex.create(
                platform,
                parameters == null ? HnswParameters.forDimension(schema.dimension()) : parameters,
                space,
                schema.building().buffer());
    }

    private CollectionSnapshot makeSnapshot() {
        return new CollectionSnapshot(
                number,
                name,
                schema,
                settings,
                table,
                live,
                ids,
                documents,
                rowIndexes.view(fieldIndexes),
                edges.publish(),
                vectorRows == null ? null : vectorRows.view(),
                index,
                waitingSince);
    }
}
