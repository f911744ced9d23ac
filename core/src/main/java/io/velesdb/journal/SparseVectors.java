package io.velesdb.journal;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sparse vectors of a row in binary: the number of names, then per name, in code point order, the name, the number of
 * entries, indices and weights.
 */
public final class SparseVectors {
    private SparseVectors() {}

    /** Appends {@code vectors} to {@code out}. */
    public static void write(Map<String, SparseVector> vectors, BinaryWriter out) {
        out.writeVarInt(vectors.size());
        for (Map.Entry<String, SparseVector> entry : new TreeMap<>(vectors).entrySet()) {
            SparseVector vector = entry.getValue();
            out.writeString(entry.getKey()).writeVarInt(vector.size());
            for (int i = 0; i < vector.size(); i++) {
                out.writeInt(vector.index(i));
            }
            for (int i = 0; i < vector.size(); i++) {
                out.writeFloat(vector.weight(i));
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws VelesException the code of {@code in} for anything else
     */
    public static Map<String, SparseVector> read(BinaryReader in) {
        int count = in.readCount(2);
        Map<String, SparseVector> vectors = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            int entries = in.readCount(2 * Integer.BYTES);
            int[] indices = in.readInts(entries);
            float[] weights = in.readFloats(entries);
            SparseVector vector;
            try {
                vector = SparseVector.of(indices, weights);
            } catch (VelesException unsound) {
                throw unsound.code() == ErrorCode.SPARSE_INDEX
                        ? in.damaged("sparse vector '" + name + "' is unsound: " + unsound)
                        : unsound;
            }
            if (vectors.put(name, vector) != null) {
                throw in.damaged("sparse vector '" + name + "' twice in one row");
            }
        }
        return vectors;
    }

    /** An array for the sparse vectors of so many rows. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
    public static Map<String, SparseVector>[] rows(int count) {
        return new Map[count];
    }

    /** Bytes that {@link #write} takes, as an upper bound. */
    public static long bytes(Map<String, SparseVector> vectors) {
        long bytes = 5;
        for (Map.Entry<String, SparseVector> entry : vectors.entrySet()) {
            bytes += 10L + 4L * entry.getKey().length() + 8L * entry.getValue().size();
        }
        return bytes;
    }
}
