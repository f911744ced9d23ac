package io.velesdb.cli.transfer;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The format VRB1: ids and vectors as plain numbers, without payloads. Little-endian: {@code VRB1}, the number of points
 * (32 bits, unsigned), their dimension (32 bits), the width of an id (a byte, 8), three zero bytes; then all ids (64 bits
 * each), then all vectors (32-bit floats, row by row). The points count as lines from 1.
 *
 * <p>The file is read in two places at once, so that one point is held at a time.
 */
final class RawVectorsSource implements PointSource {
    private static final int HEADER = 16;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream ids;
    private final InputStream vectors;
    private final boolean lineIds;
    private final long count;
    private final int dimension;
    private final byte[] id = new byte[Long.BYTES];
    private final byte[] row;
    private long number;

    private RawVectorsSource(
            Path file, InputStream ids, InputStream vectors, Columns columns, long count, int dimension) {
        this.file = file;
        this.ids = ids;
        this.vectors = vectors;
        lineIds = columns.lineIds();
        this.count = count;
        this.dimension = dimension;
        row = new byte[Float.BYTES * dimension];
    }

    /** @throws VelesException VELES-012 when the heading is not that of such a file, or announces another length */
    static RawVectorsSource open(Path file, Columns columns) throws IOException {
        InputStream ids = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        InputStream vectors = null;
        RawVectorsSource opened = null;
        try {
            byte[] heading = new byte[HEADER];
            fill(file, ids, heading, "its heading");
            ByteBuffer header = littleEndian(heading);
            if (header.get() != 'V' || header.get() != 'R' || header.get() != 'B' || header.get() != '1') {
                throw wrong(file, "it does not begin with VRB1");
            }
            long count = Integer.toUnsignedLong(header.getInt());
            long dimension = Integer.toUnsignedLong(header.getInt());
            if (dimension < 1 || dimension > CollectionSchema.MAX_DIMENSION) {
                throw wrong(file, "its dimension is " + dimension + ", not 1 to " + CollectionSchema.MAX_DIMENSION);
            }
            if (header.getInt() != Long.BYTES) {
                throw wrong(file, "bytes 12 to 15 are not 8, 0, 0, 0, the width of an id");
            }
            long firstVector = HEADER + count * Long.BYTES;
            long expected = firstVector + count * dimension * Float.BYTES;
            long size = Files.size(file);
            if (size != expected) {
                throw wrong(
                        file,
                        "it has " + size + " bytes, and " + count + " points of dimension " + dimension + " make "
                                + expected);
            }
            vectors = new BufferedInputStream(Files.newInputStream(file), BUFFER);
            vectors.skipNBytes(firstVector);
            opened = new RawVectorsSource(file, ids, vectors, columns, count, (int) dimension);
            return opened;
        } finally {
            if (opened == null) {
                ids.close();
                if (vectors != null) {
                    vectors.close();
                }
            }
        }
    }

    @Override
    public @Nullable ImportLine next() throws IOException {
        if (number == count) {
            return null;
        }
        number++;
        fill(file, ids, id, "the id of point " + number);
        fill(file, vectors, row, "the vector of point " + number);
        float[] vector = new float[dimension];
        littleEndian(row).asFloatBuffer().get(vector);
        return ImportLine.of(
                number, new Point(lineIds ? number : littleEndian(id).getLong(), vector, null));
    }

    private static void fill(Path file, InputStream in, byte[] target, String what) throws IOException {
        if (in.readNBytes(target, 0, target.length) < target.length) {
            throw wrong(file, "it ends within " + what);
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static VelesException wrong(Path file, String what) {
        return new VelesException(ErrorCode.SERIALIZATION, file + " is not in the format VRB1: " + what);
    }

    @Override
    public long position() {
        return HEADER + number * (Long.BYTES + (long) Float.BYTES * dimension);
    }

    @Override
    public void close() throws IOException {
        try (vectors) {
            ids.close();
        }
    }
}
