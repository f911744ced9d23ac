package io.velesdb.journal;

import io.velesdb.AsyncIndexBuilder;
import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.CollectionStatistics;
import io.velesdb.DeferredIndexing;
import io.velesdb.ErrorCode;
import io.velesdb.GraphSchema;
import io.velesdb.IndexBuilding;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexKind;
import io.velesdb.Quantization;
import io.velesdb.SparseVector;
import io.velesdb.StorageMode;
import io.velesdb.TextOptions;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a change, little endian: format (1 byte), time, number of operations, operations. Self-contained:
 * an operation names collections by number and carries its vectors and payloads whole. The layout is written down in
 * docs/storage-format.md.
 */
public final class ChangeCodec {
    private static final int FORMAT = 1;
    private static final int CREATE = 1;
    private static final int DROP = 2;
    private static final int UPSERT = 3;
    private static final int DELETE = 4;
    private static final int REPAIR = 5;
    private static final int COMPACT = 6;
    private static final int TRAIN_QUANTIZER = 7;
    private static final int PUT_EDGES = 8;
    private static final int REMOVE_EDGES = 9;
    private static final int TRUNCATE = 10;
    private static final int CREATE_INDEX = 11;
    private static final int DROP_INDEX = 12;
    private static final int ANALYZE = 13;
    private static final int SET_AUTO_REINDEX = 14;
    private static final int LINK_VECTORS = 15;
    private static final int REINDEX = 16;

    /** What an upsert has beside ids and payloads. */
    private static final int HAS_VECTORLESS = 1;

    private static final int HAS_SPARSE = 2;

    private ChangeCodec() {}

    /** Appends the encoded change to {@code out}; the LSN is not part of it, the journal frames it. */
    public static void encode(Change change, BinaryWriter out) {
        out.writeByte(FORMAT);
        out.writeLong(change.timeMillis());
        out.writeVarInt(change.operations().size());
        for (Operation operation : change.operations()) {
            switch (operation) {
                case Operation.CreateCollection create -> {
                    out.writeByte(CREATE).writeVarInt(create.collection()).writeString(create.name());
                    writeSchema(create.schema(), out);
                }
                case Operation.DropCollection drop -> out.writeByte(DROP).writeVarInt(drop.collection());
                case Operation.Upsert upsert -> writeUpsert(upsert, out);
                case Operation.Delete delete ->
                    out.writeByte(DELETE)
                            .writeVarInt(delete.collection())
                            .writeVarInt(delete.ids().length)
                            .writeLongs(delete.ids(), 0, delete.ids().length);
                case Operation.PutEdges put -> writeEdges(put, out);
                case Operation.RemoveEdges remove ->
                    out.writeByte(REMOVE_EDGES)
                            .writeVarInt(remove.collection())
                            .writeVarInt(remove.ids().length)
                            .writeLongs(remove.ids(), 0, remove.ids().length);
                case Operation.Truncate truncate -> out.writeByte(TRUNCATE).writeVarInt(truncate.collection());
                case Operation.Repair repair ->
                    out.writeByte(REPAIR)
                            .writeVarInt(repair.collection())
                            .writeInt(repair.fromSlot())
                            .writeInt(repair.toSlot());
                case Operation.Compact compact -> out.writeByte(COMPACT).writeVarInt(compact.collection());
                case Operation.TrainQuantizer train -> {
                    out.writeByte(TRAIN_QUANTIZER).writeVarInt(train.collection());
                    out.writeString(train.mode().canonicalName());
                    writeQuantization(train.quantization(), out);
                }
                case Operation.CreateIndex create -> {
                    out.writeByte(CREATE_INDEX).writeVarInt(create.collection());
                    writeIndex(create.definition(), out);
                }
                case Operation.DropIndex drop -> {
                    out.writeByte(DROP_INDEX).writeVarInt(drop.collection());
                    writeIndex(drop.definition(), out);
                }
                case Operation.Analyze analyze -> {
                    out.writeByte(ANALYZE).writeVarInt(analyze.collection());
                    writeStatistics(analyze.statistics(), out);
                }
                case Operation.SetAutoReindex set ->
                    out.writeByte(SET_AUTO_REINDEX)
                            .writeVarInt(set.collection())
                            .writeBoolean(set.enabled());
                case Operation.LinkVectors link ->
                    out.writeByte(LINK_VECTORS).writeVarInt(link.collection()).writeVarInt(link.count());
                case Operation.Reindex reindex -> {
                    out.writeByte(REINDEX).writeVarInt(reindex.collection());
                    writeShape(reindex.shape(), out);
                }
            }
        }
    }

    /**
     * Reads a change that {@link #encode} wrote.
     *
     * @throws VelesException VELES-006 for anything else
     */
    public static Change decode(long lsn, byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, "journal record " + lsn);
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new VelesException(
                    ErrorCode.INCOMPATIBLE_SCHEMA_VERSION,
                    "journal record " + lsn + " has format " + format + ", this version reads up to " + FORMAT
                            + ": open it with a newer version");
        }
        long time = in.readLong();
        int count = in.readCount(2);
        List<Operation> operations = new ArrayList<>(Math.min(count, 1_024));
        for (int i = 0; i < count; i++) {
            operations.add(readOperation(in));
        }
        in.expectEnd();
        return new Change(lsn, time, operations);
    }

    /** What an operation's own checks refuse was never written by us: it is damage, not bad input. */
    private static Operation readOperation(BinaryReader in) {
        try {
            return readAllowedOperation(in);
        } catch (VelesException refusal) {
            if (refusal.code() == ErrorCode.STORAGE || refusal.code() == ErrorCode.INCOMPATIBLE_SCHEMA_VERSION) {
                throw refusal;
            }
            throw in.damaged("an operation: " + refusal.getMessage());
        }
    }

    private static Operation readAllowedOperation(BinaryReader in) {
        int type = in.readUnsignedByte();
        int collection = in.readVarInt();
        return switch (type) {
            case CREATE -> {
                String name = in.readString();
                yield new Operation.CreateCollection(collection, name, readSchema(in));
            }
            case DROP -> new Operation.DropCollection(collection);
            case UPSERT -> readUpsert(collection, in);
            case DELETE -> new Operation.Delete(collection, in.readLongs(in.readCount(Long.BYTES)));
            case PUT_EDGES -> readEdges(collection, in);
            case REMOVE_EDGES -> new Operation.RemoveEdges(collection, in.readLongs(in.readCount(Long.BYTES)));
            case TRUNCATE -> new Operation.Truncate(collection);
            case REPAIR -> new Operation.Repair(collection, in.readInt(), in.readInt());
            case COMPACT -> new Operation.Compact(collection);
            case TRAIN_QUANTIZER -> {
                StorageMode mode = StorageMode.parse(in.readString());
                yield new Operation.TrainQuantizer(collection, mode, readQuantization(in));
            }
            case CREATE_INDEX -> new Operation.CreateIndex(collection, readIndex(in));
            case DROP_INDEX -> new Operation.DropIndex(collection, readIndex(in));
            case ANALYZE -> new Operation.Analyze(collection, readStatistics(in));
            case SET_AUTO_REINDEX -> new Operation.SetAutoReindex(collection, in.readBoolean());
            case REINDEX -> new Operation.Reindex(collection, readShape(in));
            case LINK_VECTORS -> {
                int count = in.readVarInt();
                if (count < 1) {
                    throw in.damaged("links of " + count + " vectors");
                }
                yield new Operation.LinkVectors(collection, count);
            }
            default -> throw in.damaged("unknown operation " + type);
        };
    }

    private static void writeUpsert(Operation.Upsert upsert, BinaryWriter out) {
        int rows = upsert.ids().length;
        float[] vectors = upsert.vectors();
        boolean[] vectorless = upsert.vectorless();
        Map<String, SparseVector>[] sparse = upsert.sparse();
        out.writeByte(UPSERT).writeVarInt(upsert.collection());
        out.writeByte((vectorless == null ? 0 : HAS_VECTORLESS) | (sparse == null ? 0 : HAS_SPARSE));
        out.writeVarInt(rows).writeVarInt(vectors == null || rows == 0 ? 0 : vectors.length / rows);
        out.writeLongs(upsert.ids(), 0, rows);
        if (vectors != null) {
            out.writeFloats(vectors, 0, vectors.length);
        }
        if (vectorless != null) {
            for (boolean none : vectorless) {
                out.writeBoolean(none);
            }
        }
        for (Payload payload : upsert.payloads()) {
            // 0 marks "no payload": a stored document is never empty
            if (payload == null) {
                out.writeVarInt(0);
            } else {
                out.writeBlob(payload.json());
            }
        }
        if (sparse != null) {
            for (Map<String, SparseVector> row : sparse) {
                SparseVectors.write(row, out);
            }
        }
    }

    private static Operation readUpsert(int collection, BinaryReader in) {
        int flags = in.readUnsignedByte();
        if ((flags & ~(HAS_VECTORLESS | HAS_SPARSE)) != 0) {
            throw in.damaged("unknown flags " + flags + " of an upsert");
        }
        int rows = in.readCount(Long.BYTES);
        int dimension = in.readVarInt();
        if (dimension < 0 || dimension > CollectionSchema.MAX_DIMENSION) {
            throw in.damaged("dimension " + dimension);
        }
        long[] ids = in.readLongs(rows);
        long components = (long) rows * dimension;
        if (components * Float.BYTES > in.remaining()) {
            throw in.damaged(components + " vector components in " + in.remaining() + " bytes");
        }
        float[] vectors = dimension == 0 ? null : in.readFloats((int) components);
        boolean[] vectorless = null;
        if ((flags & HAS_VECTORLESS) != 0) {
            vectorless = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                vectorless[i] = in.readBoolean();
            }
        }
        @Nullable Payload[] payloads = new Payload[rows];
        for (int i = 0; i < rows; i++) {
            byte[] json = in.readBlob();
            if (json.length > 0) {
                Obj value = Json.parsePayload(json, 0, json.length);
                payloads[i] = value == null ? null : new Payload(json, value);
            }
        }
        Map<String, SparseVector>[] sparse = null;
        if ((flags & HAS_SPARSE) != 0) {
            sparse = SparseVectors.rows(rows);
            for (int i = 0; i < rows; i++) {
                sparse[i] = SparseVectors.read(in);
            }
        }
        return new Operation.Upsert(collection, ids, vectors, vectorless, payloads, sparse);
    }

    private static void writeEdges(Operation.PutEdges put, BinaryWriter out) {
        int count = put.ids().length;
        out.writeByte(PUT_EDGES).writeVarInt(put.collection()).writeVarInt(count);
        out.writeLongs(put.ids(), 0, count).writeLongs(put.sources(), 0, count).writeLongs(put.targets(), 0, count);
        for (int i = 0; i < count; i++) {
            out.writeString(put.labels()[i]);
            byte[] properties = put.properties()[i];
            if (properties == null) {
                out.writeVarInt(0);
            } else {
                out.writeBlob(properties);
            }
        }
    }

    private static Operation readEdges(int collection, BinaryReader in) {
        int count = in.readCount(3 * Long.BYTES + 2);
        long[] ids = in.readLongs(count);
        long[] sources = in.readLongs(count);
        long[] targets = in.readLongs(count);
        String[] labels = new String[count];
        byte[] @Nullable [] properties = new byte[count][];
        for (int i = 0; i < count; i++) {
            labels[i] = in.readString();
            byte[] json = in.readBlob();
            if (json.length > 0) {
                Json.parsePayload(json, 0, json.length);
                properties[i] = json;
            }
        }
        return new Operation.PutEdges(collection, ids, sources, targets, labels, properties);
    }

    /** Appends a schema; also used by checkpoints. */
    public static void writeSchema(CollectionSchema schema, BinaryWriter out) {
        out.writeString(schema.kind().canonicalName());
        out.writeVarInt(schema.dimension());
        out.writeString(schema.storage().canonicalName());
        writeQuantization(schema.quantization(), out);
        schema.text().write(out);
        if (schema.kind() == CollectionKind.GRAPH) {
            GraphSchema types = schema.graphSchema();
            out.writeString(types.schemaless() ? "" : Json.write(types.toJson()));
        }
        Metric metric = schema.metric();
        HnswParameters hnsw = schema.hnsw();
        if (metric != null && hnsw != null) {
            out.writeString(metric.canonicalName());
            writeShape(hnsw, out);
            writeBuilding(schema.building(), out);
        }
    }

    private static void writeShape(HnswParameters hnsw, BinaryWriter out) {
        out.writeVarInt(hnsw.m()).writeVarInt(hnsw.efConstruction()).writeVarInt(hnsw.maxLayers());
    }

    private static HnswParameters readShape(BinaryReader in) {
        return new HnswParameters(in.readVarInt(), in.readVarInt(), in.readVarInt());
    }

    private static void writeBuilding(IndexBuilding building, BinaryWriter out) {
        DeferredIndexing deferred = building.deferred();
        out.writeBoolean(deferred.enabled())
                .writeVarInt(deferred.mergeThreshold())
                .writeVarLong(deferred.maxBufferAgeMillis());
        AsyncIndexBuilder async = building.async();
        Integer segments = async == null ? null : async.segmentCount();
        out.writeVarInt(async == null ? 0 : async.mergeThreshold()).writeVarInt(segments == null ? 0 : segments);
    }

    private static IndexBuilding readBuilding(BinaryReader in) {
        DeferredIndexing deferred = new DeferredIndexing(in.readBoolean(), in.readVarInt(), in.readVarLong());
        int threshold = in.readVarInt();
        int segments = in.readVarInt();
        AsyncIndexBuilder async = threshold == 0
                ? null
                : new AsyncIndexBuilder(threshold, segments == 0 ? null : Integer.valueOf(segments));
        return new IndexBuilding(deferred, async);
    }

    /**
     * Reads what {@link #writeSchema} wrote.
     *
     * @throws VelesException with the code of {@code in} for anything else
     */
    public static CollectionSchema readSchema(BinaryReader in) {
        try {
            return readAllowedSchema(in);
        } catch (VelesException refusal) {
            throw in.damaged("a schema: " + refusal.getMessage());
        }
    }

    private static CollectionSchema readAllowedSchema(BinaryReader in) {
        String kindName = in.readString();
        CollectionKind kind = CollectionKind.find(kindName);
        if (kind == null) {
            throw in.damaged("unknown collection kind '" + kindName + "'");
        }
        int dimension = in.readVarInt();
        StorageMode storage = StorageMode.parse(in.readString());
        Quantization quantization = readQuantization(in);
        TextOptions text = TextOptions.read(in);
        GraphSchema types = GraphSchema.SCHEMALESS;
        if (kind == CollectionKind.GRAPH) {
            String json = in.readString();
            types = json.isEmpty() ? types : GraphSchema.parse(Json.parse(json));
        }
        if (kind == CollectionKind.METADATA) {
            return CollectionSchema.metadata().withQuantization(quantization).withText(text);
        }
        if (dimension == 0 && kind == CollectionKind.GRAPH) {
            return CollectionSchema.graph()
                    .withQuantization(quantization)
                    .withGraphSchema(types)
                    .withText(text);
        }
        if (dimension < 1 || dimension > CollectionSchema.MAX_DIMENSION) {
            throw in.damaged("dimension " + dimension);
        }
        Metric metric = Metric.parse(in.readString());
        HnswParameters hnsw = readShape(in);
        return new CollectionSchema(
                kind, dimension, metric, storage, hnsw, quantization, types, text, readBuilding(in));
    }

    private static void writeQuantization(Quantization q, BinaryWriter out) {
        out.writeVarInt(q.oversampling()).writeVarInt(q.threshold()).writeBoolean(q.explicit());
        out.writeVarInt(q.bits())
                .writeVarInt(q.parts())
                .writeVarInt(q.centroids())
                .writeBoolean(q.rotated());
        out.writeVarInt(q.sample()).writeLong(q.seed());
    }

    private static Quantization readQuantization(BinaryReader in) {
        int oversampling = in.readVarInt();
        int threshold = in.readVarInt();
        boolean explicit = in.readBoolean();
        int bits = in.readVarInt();
        int parts = in.readVarInt();
        int centroids = in.readVarInt();
        boolean rotated = in.readBoolean();
        int sample = in.readVarInt();
        return new Quantization(
                oversampling, threshold, explicit, bits, parts, centroids, rotated, sample, in.readLong());
    }

    /** Appends the definition of an index; also used by checkpoints. */
    public static void writeIndex(IndexDefinition definition, BinaryWriter out) {
        out.writeString(definition.kind().canonicalName()).writeString(definition.label());
        out.writeVarInt(definition.field().names().size());
        for (String name : definition.field().names()) {
            out.writeString(name);
        }
    }

    /**
     * Reads what {@link #writeIndex} wrote.
     *
     * @throws VelesException with the code of {@code in} for anything else
     */
    public static IndexDefinition readIndex(BinaryReader in) {
        try {
            IndexKind kind = IndexKind.parse(in.readString());
            String label = in.readString();
            List<String> names = new ArrayList<>();
            for (int left = in.readCount(1); left > 0; left--) {
                names.add(in.readString());
            }
            return new IndexDefinition(kind, label, new FieldPath(names));
        } catch (VelesException refusal) {
            throw in.damaged("an index: " + refusal.getMessage());
        }
    }

    /** Appends statistics; also used by checkpoints. */
    public static void writeStatistics(CollectionStatistics statistics, BinaryWriter out) {
        out.writeBlob(Json.writeUtf8(statistics.toJson()));
    }

    /**
     * Reads what {@link #writeStatistics} wrote.
     *
     * @throws VelesException with the code of {@code in} for anything else
     */
    public static CollectionStatistics readStatistics(BinaryReader in) {
        byte[] json = in.readBlob();
        try {
            return CollectionStatistics.fromJson(Json.parse(json, 0, json.length));
        } catch (VelesException refusal) {
            throw in.damaged("statistics: " + refusal.getMessage());
        }
    }
}
