package io.velesdb.memory;

import io.velesdb.DatabaseView;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one kind of memory at one moment, and its form in bytes.
 *
 * @param points by ascending unsigned id
 * @param edges by ascending unsigned id, each between two of the points
 * @param expiries when memories are forgotten by {@link MemoryStore#setTtl}
 */
record StoreImage(List<Point> points, List<Edge> edges, List<Expiries.Entry> expiries) {
    private static final String LETTERS = "VMST";
    private static final int VERSION = 1;

    /** The least bytes of a point beside its vector, of a sparse vector, of an entry of it, of an edge, of an expiry. */
    private static final int LEAST_POINT = 10;

    private static final int LEAST_SPARSE = 2;
    private static final int SPARSE_ENTRY = 8;
    private static final int LEAST_EDGE = 26;
    private static final int EXPIRY = 16;

    /** What a store holds in a view of its database, less what is to be forgotten by now. */
    static StoreImage of(MemoryRows rows, DatabaseView view) {
        String collection = rows.kind().collectionName();
        long now = rows.nowSeconds();
        List<Point> points = new ArrayList<>();
        view.forEachPoint(collection, point -> {
            if (!rows.expiries().isDue(point.id(), now)) {
                points.add(point);
            }
        });
        List<Edge> edges = new ArrayList<>();
        view.forEachEdge(collection, edge -> {
            if (has(points, edge.source()) && has(points, edge.target())) {
                edges.add(edge);
            }
        });
        List<Expiries.Entry> expiries = new ArrayList<>();
        for (Expiries.Entry entry : rows.expiries().all()) {
            if (has(points, entry.id())) {
                expiries.add(entry);
            }
        }
        return new StoreImage(points, edges, expiries);
    }

    /** The bytes of a store of this kind and dimension. */
    byte[] toBytes(MemoryKind kind, int dimension) {
        BinaryWriter out = SealedBytes.begin(LETTERS, VERSION);
        out.writeByte(kind.ordinal()).writeVarInt(dimension).writeVarInt(points.size());
        for (Point point : points) {
            write(point, dimension, out);
        }
        out.writeVarInt(edges.size());
        for (Edge edge : edges) {
            out.writeLong(edge.id()).writeLong(edge.source()).writeLong(edge.target());
            out.writeString(edge.label());
            writeObject(edge.properties(), out);
        }
        out.writeVarInt(expiries.size());
        for (Expiries.Entry entry : expiries) {
            out.writeLong(entry.id()).writeLong(entry.second());
        }
        return SealedBytes.seal(out);
    }

    private static void write(Point point, int dimension, BinaryWriter out) {
        out.writeLong(point.id());
        float[] vector = point.vector();
        out.writeFloats(vector == null ? new float[dimension] : vector, 0, dimension);
        writeObject(point.payload(), out);
        Map<String, SparseVector> sparse = new TreeMap<>(point.sparse());
        out.writeVarInt(sparse.size());
        for (Map.Entry<String, SparseVector> named : sparse.entrySet()) {
            SparseVector entries = named.getValue();
            out.writeString(named.getKey()).writeVarInt(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                out.writeInt(entries.index(i)).writeFloat(entries.weight(i));
            }
        }
    }

    /** No object is no bytes; every object has at least two. */
    private static void writeObject(@Nullable Obj object, BinaryWriter out) {
        out.writeBlob(object == null ? new byte[0] : Json.writeUtf8(object));
    }

    /**
     * What {@link #toBytes} wrote, every bit of it checked.
     *
     * @param code of the failure when it is damaged
     * @throws VelesException {@code code}, VELES-036 for a newer form, VELES-004 for another dimension than the store's
     */
    static StoreImage fromBytes(byte[] bytes, MemoryRows rows, ErrorCode code) {
        MemoryKind kind = rows.kind();
        BinaryReader in = SealedBytes.open(bytes, LETTERS, VERSION, code, kind.canonicalName() + " memory in bytes");
        try {
            return read(in, rows);
        } catch (VelesException refusal) {
            if (refusal.code() == code || refusal.code() == ErrorCode.DIMENSION_MISMATCH) {
                throw refusal;
            }
            // a checksum that holds proves nothing: what the values themselves refuse is damage as well
            throw in.damaged(String.valueOf(refusal.getMessage()));
        }
    }

    private static StoreImage read(BinaryReader in, MemoryRows rows) {
        int kind = in.readUnsignedByte();
        if (kind != rows.kind().ordinal()) {
            throw in.damaged("it holds another kind of memory (" + kind + ")");
        }
        int dimension = in.readVarInt();
        if (dimension != rows.dimension()) {
            throw new VelesException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "the bytes hold embeddings of dimension " + dimension + ", "
                            + rows.kind().canonicalName() + " memory has dimension " + rows.dimension()
                            + ": load them into a memory of theirs");
        }
        List<Point> points = new ArrayList<>();
        int count = in.readCount(LEAST_POINT + Float.BYTES * dimension);
        for (int i = 0; i < count; i++) {
            Point point = readPoint(in, rows);
            if (i > 0 && Long.compareUnsigned(points.get(i - 1).id(), point.id()) >= 0) {
                throw in.damaged("id " + Ids.format(point.id()) + " is out of order");
            }
            points.add(point);
        }
        List<Edge> edges = readEdges(in, points, rows);
        List<Expiries.Entry> expiries = new ArrayList<>();
        int timed = in.readCount(EXPIRY);
        for (int i = 0; i < timed; i++) {
            Expiries.Entry entry = new Expiries.Entry(in.readLong(), in.readLong());
            if (!has(points, entry.id())) {
                throw in.damaged("memory " + Ids.format(entry.id()) + " is to be forgotten and is not there");
            }
            expiries.add(entry);
        }
        in.expectEnd();
        return new StoreImage(points, edges, expiries);
    }

    private static Point readPoint(BinaryReader in, MemoryRows rows) {
        long id = in.readLong();
        float[] vector = in.readFloats(rows.dimension());
        for (float component : vector) {
            if (!Float.isFinite(component)) {
                throw in.damaged("the embedding of " + Ids.format(id) + " is not finite");
            }
        }
        Obj payload = readObject(in, rows);
        int names = in.readCount(LEAST_SPARSE);
        Map<String, SparseVector> sparse = new TreeMap<>();
        for (int i = 0; i < names; i++) {
            String name = in.readString();
            int size = in.readCount(SPARSE_ENTRY);
            int[] indices = new int[size];
            float[] weights = new float[size];
            for (int j = 0; j < size; j++) {
                indices[j] = in.readInt();
                weights[j] = in.readFloat();
            }
            sparse.put(name, SparseVector.of(indices, weights));
        }
        return new Point(id, vector, payload, sparse);
    }

    private static List<Edge> readEdges(BinaryReader in, List<Point> points, MemoryRows rows) {
        List<Edge> edges = new ArrayList<>();
        int count = in.readCount(LEAST_EDGE);
        for (int i = 0; i < count; i++) {
            long id = in.readLong();
            long source = in.readLong();
            long target = in.readLong();
            Edge edge = new Edge(id, source, target, in.readString(), readObject(in, rows));
            if (i > 0 && Long.compareUnsigned(edges.get(i - 1).id(), id) >= 0) {
                throw in.damaged("relation " + Ids.format(id) + " is out of order");
            }
            if (!has(points, source) || !has(points, target)) {
                throw in.damaged("relation " + Ids.format(id) + " has an end that is not there");
            }
            edges.add(edge);
        }
        return edges;
    }

    private static @Nullable Obj readObject(BinaryReader in, MemoryRows rows) {
        byte[] json = in.readBlob();
        int most = rows.database().limits().maxPayloadSize();
        if (json.length > most) {
            throw in.damaged("a payload has " + json.length + " bytes, limits.max_payload_size is " + most);
        }
        if (json.length == 0) {
            return null;
        }
        Obj object = Json.parsePayload(json, 0, json.length);
        return object == null ? null : object.checkStorable();
    }

    /** Whether the points, which are sorted, have this id. */
    private static boolean has(List<Point> points, long id) {
        int low = 0;
        int high = points.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(points.get(middle).id(), id);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
