package io.velesdb.embedded.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.ScalarKernels;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.TwoBitQuantizer;
import io.velesdb.vector.quantize.CodeRows;
import io.velesdb.vector.quantize.HeapCodes;
import io.velesdb.vector.quantize.PlaneKernel;
import io.velesdb.vector.quantize.PlaneLayout;
import io.velesdb.vector.quantize.QueryTable;
import io.velesdb.vector.quantize.TableKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel returns the bits of its definition, for lengths that fill registers and lengths that do not. */
class KernelIdentityTest {
    private static final int ROWS = 9;
    private static final FloatKernels[] KERNELS = {
        new FloatKernels512(), new FloatKernels256(), new FloatKernels128(), new FloatKernelsScalar()
    };

    static IntStream dimensions() {
        return IntStream.concat(
                IntStream.rangeClosed(1, 100), IntStream.of(128, 192, 193, 256, 384, 385, 448, 512, 768, 1000, 1536));
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void floatKernelsReturnTheBitsOfTheDefinition(int n) {
        Random random = new Random(n);
        float[] query = new float[n];
        float[] rows = new float[ROWS * n];
        for (Values values : Values.values()) {
            values.fill(random, query);
            values.fill(random, rows);
            MemorySegment segment = MemorySegment.ofArray(rows);
            for (FloatKernels kernels : KERNELS) {
                for (int count = 0; count <= ROWS; count++) {
                    compare(kernels, segment, rows, query, count, values + ", " + count + " rows");
                }
            }
        }
    }

    private static void compare(
            FloatKernels kernels, MemorySegment segment, float[] rows, float[] query, int count, String what) {
        int n = query.length;
        int[] slots = new int[count + Scorer.PADDING];
        for (int i = 0; i < count; i++) {
            slots[i] = (i * 5 + 2) % ROWS;
        }
        float[] lanes = new float[ScalarKernels.LANES];
        float[] dots = new float[slots.length];
        float[] distances = new float[slots.length];
        float[] minima = new float[slots.length];
        float[] maxima = new float[slots.length];
        kernels.dot(segment, query, n, slots, count, dots);
        kernels.squaredDistance(segment, query, n, slots, count, distances);
        kernels.jaccard(segment, query, n, slots, count, minima, maxima);
        for (int i = 0; i < count; i++) {
            int at = slots[i] * n;
            String where = kernels.getClass().getSimpleName() + ", " + what + ", row " + i;
            same(dots[i], ScalarKernels.dot(query, 0, rows, at, n, lanes), "dot, " + where);
            same(distances[i], ScalarKernels.squaredDistance(query, 0, rows, at, n, lanes), "distance, " + where);
            same(minima[i], ScalarKernels.sumOfMinima(query, 0, rows, at, n, lanes), "minima, " + where);
            same(maxima[i], ScalarKernels.sumOfMaxima(query, 0, rows, at, n, lanes), "maxima, " + where);
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void sumsOverArraysReturnTheBitsOfTheDefinition(int n) {
        int padded = (n + 63) & -64;
        Random random = new Random(n);
        float[] a = new float[padded];
        float[] b = new float[padded];
        float[] lanes = new float[ScalarKernels.LANES];
        for (Values values : Values.values()) {
            values.fill(random, a);
            values.fill(random, b);
            for (FloatKernels kernels : KERNELS) {
                String where = kernels.getClass().getSimpleName() + ", " + values;
                same(kernels.dot(a, b, padded), ScalarKernels.dot(a, 0, b, 0, padded, lanes), "dot, " + where);
                same(kernels.sum(a, padded), ScalarKernels.sum(a, padded, lanes), "sum, " + where);
                for (float t : new float[] {0f, 0.3f, 1e30f}) {
                    same(
                            kernels.sumOfMagnitudesAbove(t, a, padded),
                            ScalarKernels.sumOfMagnitudesAbove(t, a, padded, lanes),
                            "magnitudes, " + where);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void codeKernelsReturnTheBitsOfTheDefinition(int n) {
        CodeLayout layout = CodeLayout.of(n);
        Random random = new Random(n);
        int stride = layout.stride();
        MemorySegment codes = NativeMemory.allocate(8L * ROWS * stride + CodeKernel.SLACK);
        for (int row = 0; row < ROWS; row++) {
            for (int w = 0; w < stride; w++) {
                boolean plane = w < layout.words() || w >= layout.low() && w < layout.low() + layout.words();
                boolean last = w == layout.words() - 1 || w == layout.low() + layout.words() - 1;
                long mask = last && n % 64 != 0 ? (1L << n % 64) - 1 : -1L;
                long floats = Float.floatToRawIntBits(random.nextFloat())
                        | (long) Float.floatToRawIntBits(random.nextFloat()) << 32;
                codes.set(NativeMemory.LONG, 8L * (row * stride + w), plane ? random.nextLong() & mask : floats);
            }
        }
        QueryCode query = new QueryCode(layout);
        for (int i = 0; i < query.planes.length; i++) {
            boolean last = i % layout.words() == layout.words() - 1;
            query.planes[i] = random.nextLong() & (last && n % 64 != 0 ? (1L << n % 64) - 1 : -1L);
        }
        query.step = 0.0123f;
        query.sum = -1.7f;
        query.low = -0.9f;
        query.half = 0.4f;
        int[] slots = {4, 0, 8, 8, 3, 0, 0, 0};
        long[] words = codes.asSlice(0, 8L * ROWS * stride).toArray(NativeMemory.LONG);
        for (int planes = 0; planes <= QueryCode.PLANES; planes++) {
            CodeKernel[] kernels = planes == 0
                    ? new CodeKernel[] {CodeKernel.of(layout), new CodeKernelsScalar.Full(layout)}
                    : new CodeKernel[] {CodeKernel.coarse(layout, planes), new CodeKernelsScalar.Coarse(layout, planes)
                    };
            for (CodeKernel kernel : kernels) {
                float[] found = new float[slots.length];
                kernel.query(query);
                kernel.score(codes, slots, 5, found);
                for (int i = 0; i < 5; i++) {
                    int at = slots[i] * stride;
                    float expected = planes == 0
                            ? TwoBitQuantizer.estimate(layout, query, words, at)
                            : TwoBitQuantizer.coarseEstimate(layout, query, planes, words, at);
                    same(found[i], expected, kernel.getClass().getSimpleName() + ", " + planes + ", row " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void planeKernelsReturnTheBitsOfTheDefinition(int n) {
        Random random = new Random(n);
        QueryCode query = new QueryCode(CodeLayout.of(n));
        int words = (n + 63) >> 6;
        long last = n % 64 == 0 ? -1L : (1L << n % 64) - 1;
        for (int i = 0; i < query.planes.length; i++) {
            query.planes[i] = random.nextLong() & (i % words == words - 1 ? last : -1L);
        }
        query.step = 0.0123f;
        query.sum = -1.7f;
        query.low = -0.9f;
        query.half = 0.4f;
        for (int planes = 1; planes <= 8; planes++) {
            PlaneLayout layout = PlaneLayout.of(n, planes);
            CodeRows scalarRows = HeapCodes.HOST.createCodes(layout.stride());
            CodeRows nativeRows = NativeCodes.HOST.createCodes(layout.stride());
            scalarRows.ensure(ROWS);
            nativeRows.ensure(ROWS);
            long[] row = new long[layout.stride()];
            for (int r = 0; r < ROWS; r++) {
                for (int b = 0; b < planes; b++) {
                    for (int w = 0; w < words; w++) {
                        row[layout.plane(b) + w] = random.nextLong() & (w == words - 1 ? last : -1L);
                    }
                }
                for (int f = 0; f < 2; f++) {
                    row[layout.factors() + f] = Float.floatToRawIntBits(random.nextFloat() - 0.5f) & 0xFFFFFFFFL
                            | (long) Float.floatToRawIntBits(random.nextFloat()) << 32;
                }
                scalarRows.write(r, row);
                nativeRows.write(r, row);
            }
            int[] slots = {4, 0, 8, 8, 3, 0, 0, 0};
            PlaneKernel definition = HeapCodes.HOST.planes(layout);
            float[] expected = new float[slots.length];
            float[] refined = new float[slots.length];
            definition.query(query);
            definition.score(scalarRows.view(), slots, 5, expected);
            definition.scoreAll(scalarRows.view(), slots, 5, refined);
            for (PlaneKernel kernel : new PlaneKernel[] {PlaneKernels.of(layout), new PlaneKernels.Scalar(layout)}) {
                float[] found = new float[slots.length];
                kernel.query(query);
                float[] all = new float[slots.length];
                kernel.score(nativeRows.view(), slots, 5, found);
                kernel.scoreAll(nativeRows.view(), slots, 5, all);
                for (int i = 0; i < 5; i++) {
                    same(all[i], refined[i], kernel.getClass().getSimpleName() + ", all of " + planes + ", " + i);
                    same(found[i], expected[i], kernel.getClass().getSimpleName() + ", " + planes + " planes, " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void tableSumsReturnTheBitsOfTheDefinition(int parts) {
        Random random = new Random(parts);
        QueryTable table = new QueryTable(parts);
        random.nextBytes(table.entries);
        table.base = 0.37f;
        table.step = 0.0021f;
        int stride = ((parts + 7) >> 3) <= 2 ? (parts + 7) >> 3 : ((parts + 7) >> 3) + 3 & -4;
        CodeRows scalarRows = HeapCodes.HOST.createCodes(stride);
        CodeRows nativeRows = NativeCodes.HOST.createCodes(stride);
        scalarRows.ensure(ROWS);
        nativeRows.ensure(ROWS);
        long[] row = new long[stride];
        for (int r = 0; r < ROWS; r++) {
            for (int w = 0; w < stride; w++) {
                row[w] = random.nextLong();
            }
            scalarRows.write(r, row);
            nativeRows.write(r, row);
        }
        int[] slots = {8, 1, 1, 5, 0, 0, 0};
        float[] expected = new float[slots.length];
        float[] found = new float[slots.length];
        TableKernel definition = HeapCodes.HOST.tables(parts);
        TableKernel kernel = NativeCodes.HOST.tables(parts);
        definition.query(table);
        kernel.query(table);
        definition.score(scalarRows.view(), slots, 4, expected);
        kernel.score(nativeRows.view(), slots, 4, found);
        for (int i = 0; i < 4; i++) {
            same(found[i], expected[i], parts + " parts, row " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void centroidKernelsReturnTheBitsOfTheDefinition(int k) {
        Random random = new Random(k);
        float[] points = new float[40];
        float[] book = new float[9 * k];
        for (Values values : Values.values()) {
            values.fill(random, points);
            values.fill(random, book);
            float[] expected = new float[k];
            float[] found = new float[k];
            float least = HeapCodes.HOST.distances(points, 11, 3, 9, book, k, expected);
            same(NativeCodes.HOST.distances(points, 11, 3, 9, book, k, found), least, values + ", least");
            for (int c = 0; c < k; c++) {
                same(found[c], expected[c], values + ", centroid " + c);
            }
            same(
                    NativeCodes.HOST.greatest(points, 3, Math.min(k, 37)),
                    HeapCodes.HOST.greatest(points, 3, Math.min(k, 37)),
                    values + ", greatest");
        }
        float[] above = new float[k + 2];
        for (int c = 0; c < above.length; c++) {
            above[c] = 3f + random.nextFloat();
        }
        byte[] expected = new byte[k + 5];
        byte[] found = new byte[k + 5];
        HeapCodes.HOST.quantise(above, 2, k, 3f, 255f, expected, 5);
        NativeCodes.HOST.quantise(above, 2, k, 3f, 255f, found, 5);
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void bitKernelsCountWhatTheDefinitionCounts(int n) {
        Random random = new Random(n);
        int stride = HammingKernel.stride(n);
        int words = (n + 63) >> 6;
        float[] vector = new float[n];
        long[] row = new long[stride];
        long[] query = new long[stride];
        MemorySegment rows = NativeMemory.allocate(8L * ROWS * stride);
        long[] all = new long[ROWS * stride];
        for (int r = 0; r < ROWS; r++) {
            Values.PLAIN.fill(random, vector);
            ScalarKernels.binarise(vector, 0, n, row, 0);
            MemorySegment.copy(row, 0, rows, ValueLayout.JAVA_LONG, 8L * r * stride, stride);
            System.arraycopy(row, 0, all, r * stride, stride);
        }
        Values.PLAIN.fill(random, vector);
        ScalarKernels.binarise(vector, 0, n, query, 0);
        int[] slots = {8, 1, 1, 5};
        float[] out = new float[4];
        HammingKernel.score(rows, query, stride, slots, 4, out);
        for (int i = 0; i < 4; i++) {
            assertThat(out[i]).isEqualTo(ScalarKernels.hamming(query, 0, all, slots[i] * stride, words));
        }
    }

    private static void same(float found, float expected, String where) {
        assertThat(Float.floatToIntBits(found)).as(where).isEqualTo(Float.floatToIntBits(expected));
    }

    private enum Values {
        PLAIN {
            @Override
            float next(Random random) {
                return (float) random.nextGaussian();
            }
        },
        TINY {
            @Override
            float next(Random random) {
                return random.nextInt(3) == 0 ? 0f : Float.intBitsToFloat(random.nextInt(1 << 23)) * 1e3f;
            }
        },
        HUGE {
            @Override
            float next(Random random) {
                return (random.nextFloat() - 0.5f) * Float.MAX_VALUE;
            }
        },
        MIXED {
            @Override
            float next(Random random) {
                return switch (random.nextInt(6)) {
                    case 0 -> 0f;
                    case 1 -> -0f;
                    case 2 -> Float.MIN_VALUE;
                    case 3 -> -1e-20f;
                    case 4 -> 1e18f * random.nextFloat();
                    default -> (float) random.nextGaussian();
                };
            }
        };

        abstract float next(Random random);

        void fill(Random random, float[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = next(random);
            }
        }
    }
}
