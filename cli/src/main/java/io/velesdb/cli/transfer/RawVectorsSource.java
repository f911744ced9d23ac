package io.velesdb.cli.transfer;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format VRB1: ids and vectors as plain numbers, without payloads. Little-endian: {@code VRB1}, the number of points
 * (32 bits, unsigned), their dimension (32 bits), the width of an id (a byte, 8), three zero bytes; then all ids (64 bits
 * each), then all vectors (32-bit floats, row by row). The points count as lines from 1.
 *
 * <p>Ids stand before the vectors and the file is read through once, so all ids are held: 8 bytes a point, as many as the
 * file really has.
 */
final class RawVectorsSource implements PointSource {
    private static final int HEADER = 16;
    private static final int MOST_COMPONENTS = 65_536;
    private static final int IDS_AT_ONCE = 8_192;

    private final InputStream in;
    private final CountingStream bytes;
    private final boolean lineIds;
    private final int dimension;
    private final long[][] ids;
    private final long count;
    private final ByteBuffer row;
    private long number;

    /** @param size the bytes that the file has unpacked, or -1 when that is not known yet */
    RawVectorsSource(InputStream in, CountingStream bytes, Columns columns, long size) throws IOException {
        lineIds = columns.lineIds();
        this.in = in;
        this.bytes = bytes;
        ByteBuffer header = read(HEADER, "its header");
        if (header.get() != 'V' || header.get() != 'R' || header.get() != 'B' || header.get() != '1') {
            throw wrong("it does not begin with VRB1");
        }
        count = Integer.toUnsignedLong(header.getInt());
        dimension = header.getInt();
        if (dimension < 1 || dimension > MOST_COMPONENTS) {
            throw wrong("its dimension is " + Integer.toUnsignedString(dimension) + ", not 1 to " + MOST_COMPONENTS);
        }
        if (header.getInt() != 8) {
            throw wrong("bytes 12 to 15 are not 8, 0, 0, 0, the width of an id");
        }
        long expected = HEADER + count * (8 + 4L * dimension);
        if (size >= 0 && size != expected) {
            throw wrong("it has " + size + " bytes, and " + count + " points of dimension " + dimension + " make "
                    + expected);
        }
        ids = ids();
        row = ByteBuffer.allocate(4 * dimension).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** In pieces, made as they are read: a count that is a lie allocates nothing. */
    private long[][] ids() throws IOException {
        List<long[]> pieces = new ArrayList<>();
        for (long left = count; left > 0; left -= IDS_AT_ONCE) {
            long[] piece = new long[(int) Math.min(left, IDS_AT_ONCE)];
            read(8 * piece.length, "the ids").asLongBuffer().get(piece);
            pieces.add(piece);
        }
        return pieces.toArray(long[][]::new);
    }

    @Override
    public @Nullable ImportLine next() throws IOException {
        if (number == count) {
            if (in.read() >= 0) {
                throw wrong("it goes on after the last of its " + count + " points");
            }
            return null;
        }
        fill(row.array(), "point " + (number + 1));
        float[] vector = new float[dimension];
        row.clear().asFloatBuffer().get(vector);
        long id = ids[(int) (number / IDS_AT_ONCE)][(int) (number % IDS_AT_ONCE)];
        number++;
        return ImportLine.of(number, new Point(lineIds ? number : id, vector, null));
    }

    private ByteBuffer read(int length, String what) throws IOException {
        byte[] found = new byte[length];
        fill(found, what);
        return ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void fill(byte[] target, String what) throws IOException {
        if (in.readNBytes(target, 0, target.length) < target.length) {
            throw wrong("it ends within " + what);
        }
    }

    private static VelesException wrong(String what) {
        return new VelesException(ErrorCode.SERIALIZATION, "the file is not in the format VRB1 (.vrb1, .bin): " + what);
    }

    @Override
    public long position() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
