package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.journal.Payload;
import io.velesdb.journal.SparseVectors;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the document store keeps of one row: the payload as compact JSON, which begins with a brace; or, where the row has
 * sparse vectors, a zero byte, those, and then the payload or nothing.
 */
final class RowDocument {
    private static final int WITH_SPARSE = 0;

    private RowDocument() {}

    /** The bytes to store; null when there is nothing to store. */
    static byte @Nullable [] encode(@Nullable Payload payload, Map<String, SparseVector> sparse) {
        if (sparse.isEmpty()) {
            return payload == null ? null : payload.json();
        }
        byte[] json = payload == null ? new byte[0] : payload.json();
        BinaryWriter out = new BinaryWriter((int) Math.min(1 << 20, bytes(payload, sparse)));
        out.writeByte(WITH_SPARSE);
        SparseVectors.write(sparse, out);
        out.writeBytes(json, 0, json.length);
        return out.toByteArray();
    }

    /** The size of {@link #encode}'s result as an upper bound. */
    static long bytes(@Nullable Payload payload, Map<String, SparseVector> sparse) {
        long json = payload == null ? 0 : payload.json().length;
        return sparse.isEmpty() ? json : 1 + json + SparseVectors.bytes(sparse);
    }

    static @Nullable Obj payload(byte[] document) {
        if (!hasSparse(document)) {
            return Json.parsePayload(document, 0, document.length);
        }
        BinaryReader in = sparseReader(document);
        SparseVectors.read(in);
        int json = in.remaining();
        return json == 0 ? null : Json.parsePayload(document, document.length - json, document.length);
    }

    static Map<String, SparseVector> sparse(byte[] document) {
        return hasSparse(document) ? SparseVectors.read(sparseReader(document)) : Map.of();
    }

    private static boolean hasSparse(byte[] document) {
        return document.length > 0 && document[0] == WITH_SPARSE;
    }

    private static BinaryReader sparseReader(byte[] document) {
        BinaryReader in = new BinaryReader(document, ErrorCode.STORAGE, "sparse vectors of a row");
        in.readByte();
        return in;
    }
}
