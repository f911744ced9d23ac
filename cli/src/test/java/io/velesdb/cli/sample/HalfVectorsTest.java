package io.velesdb.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HalfVectorsTest {
    private static final int ONE = 0x3C00;
    private static final int MINUS_TWO = 0xC000;
    private static final int SMALLEST = 0x0001; // 2^-24
    private static final int LARGEST = 0x7BFF; // 65504
    private static final int INFINITE = 0x7C00;

    @Test
    void widensAndScalesToUnitLength() throws IOException {
        HalfVectors vectors = new HalfVectors(file("<f2", "False", "(3, 2)", 3 * 2, ONE, 0, 0, MINUS_TWO, ONE, ONE));
        assertThat(vectors.rows()).isEqualTo(3);
        assertThat(vectors.dimension()).isEqualTo(2);
        assertThat(vectors.next()).containsExactly(1, 0);
        assertThat(vectors.next()).containsExactly(0, -1);
        float half = (float) Math.sqrt(0.5);
        assertThat(vectors.next()).containsExactly(half, half);
    }

    @Test
    void keepsTheDirectionOfTheSmallestAndLargestNumbers() throws IOException {
        HalfVectors vectors = new HalfVectors(file("<f2", "False", "(2, 2)", 4, SMALLEST, SMALLEST, LARGEST, LARGEST));
        float half = (float) Math.sqrt(0.5);
        assertThat(vectors.next()).containsExactly(half, half);
        assertThat(vectors.next()).containsExactly(half, half);
    }

    @Test
    void refusesARowWithoutDirection() throws IOException {
        HalfVectors vectors = new HalfVectors(file("<f2", "False", "(2, 1)", 2, 0, INFINITE));
        assertThatThrownBy(vectors::next).hasMessage("row 0 has no direction");
    }

    @Test
    void refusesOtherKindsOfFiles() throws IOException {
        assertThatThrownBy(() -> new HalfVectors(file("<f4", "False", "(1, 1)", 1, ONE)))
                .hasMessageContaining("not two-dimensional float16");
        assertThatThrownBy(() -> new HalfVectors(file("<f2", "True", "(1, 1)", 1, ONE)))
                .hasMessageContaining("not two-dimensional float16");
        assertThatThrownBy(() -> new HalfVectors(file("<f2", "False", "(1,)", 1, ONE)))
                .hasMessageContaining("not two-dimensional float16");
        assertThatThrownBy(() -> new HalfVectors(new ByteArrayInputStream(new byte[200])))
                .hasMessageContaining("not a NumPy file");
    }

    @Test
    void noticesATruncatedFileWhereverItIsCut() throws IOException {
        byte[] whole = file("<f2", "False", "(2, 2)", 4, ONE, ONE, ONE, ONE).readAllBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> {
                        HalfVectors vectors = new HalfVectors(new ByteArrayInputStream(cut));
                        vectors.next();
                        vectors.next();
                    })
                    .as("cut to %d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    private static ByteArrayInputStream file(String type, String fortran, String shape, int count, int... halves) {
        String header = "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }   \n";
        ByteBuffer file = ByteBuffer.allocate(10 + header.length() + 2 * count).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (int half : halves) {
            file.putShort((short) half);
        }
        return new ByteArrayInputStream(file.array());
    }
}
