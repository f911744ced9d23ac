package io.velesdb.cli.sample;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads float16 vectors, row by row, out of a file in NumPy's format 1.0 (little-endian, rows one after the other). Each is
 * widened to float and scaled to unit length: rounding to float16 moved its length by up to one part in a thousand.
 */
final class HalfVectors implements Closeable {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f2', 'fortran_order': False, 'shape': \\(([0-9]{1,9}), ([0-9]{1,5})\\), \\}\\s*");

    private final InputStream in;
    private final int rows;
    private final int dimension;
    private final ByteBuffer row;
    private int read;

    HalfVectors(InputStream in) throws IOException {
        this.in = in;
        ByteBuffer start = ByteBuffer.wrap(take(MAGIC.length + 2)).order(ByteOrder.LITTLE_ENDIAN);
        if (start.mismatch(ByteBuffer.wrap(MAGIC)) < MAGIC.length) {
            throw new IOException("not a NumPy file of version 1.0");
        }
        String header =
                new String(take(Short.toUnsignedInt(start.getShort(MAGIC.length))), StandardCharsets.ISO_8859_1);
        Matcher shape = HEADER.matcher(header);
        if (!shape.matches()) {
            throw new IOException("not two-dimensional float16: " + header.strip());
        }
        rows = Integer.parseInt(shape.group(1));
        dimension = Integer.parseInt(shape.group(2));
        row = ByteBuffer.allocate(dimension * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    int rows() {
        return rows;
    }

    int dimension() {
        return dimension;
    }

    /** The next row in a fresh array. */
    float[] next() throws IOException {
        if (in.readNBytes(row.array(), 0, row.capacity()) < row.capacity()) {
            throw new EOFException("the file ends in row " + read + " of " + rows);
        }
        float[] vector = new float[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            vector[i] = Float.float16ToFloat(row.getShort(i * Short.BYTES));
            squares += (double) vector[i] * vector[i];
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IOException("row " + read + " has no direction");
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        read++;
        return vector;
    }

    private byte[] take(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the file ends in its header");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
