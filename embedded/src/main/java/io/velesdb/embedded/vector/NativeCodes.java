package io.velesdb.embedded.vector;

import static io.velesdb.embedded.vector.NativeMemory.LONG;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SectionChecks;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.Rotation;
import io.velesdb.vector.TwoBitQuantizer;
import io.velesdb.vector.quantize.CodeHost;
import io.velesdb.vector.quantize.CodeRows;
import io.velesdb.vector.quantize.PlaneKernel;
import io.velesdb.vector.quantize.PlaneLayout;
import io.velesdb.vector.quantize.TableKernel;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Codes outside the heap, opened as private mappings of a checkpoint's sections, and the kernels of this machine. */
public final class NativeCodes implements CodeHost {
    public static final NativeCodes HOST = new NativeCodes();

    /** Bytes that a kernel may read behind the last row. */
    static final int SLACK = 64;

    private static final boolean WIDE = VectorApi.PRESENT && VectorApi.preferredFloats() >= 16;

    private NativeCodes() {}

    @Override
    public CodeRows createCodes(int stride) {
        return new Rows(stride, NativeMemory.EMPTY, SectionChecks.NONE, 0);
    }

    @Override
    public CodeRows openCodes(CheckpointReader in, String name, int stride, int rows) {
        SegmentSections.Walked section = Sections.mapForWalks(in, name);
        MemorySegment segment = section.bytes();
        long needed = 8L * stride * rows + SLACK;
        if (segment.byteSize() < needed) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    "section " + name + " has " + segment.byteSize() + " bytes, expected " + needed
                            + ": rebuild the database with repair");
        }
        return new Rows(stride, segment, section.checks(), rows);
    }

    @Override
    public PlaneKernel planes(PlaneLayout layout) {
        return PlaneKernels.of(layout);
    }

    @Override
    public TableKernel tables(int parts) {
        return new TableSums(parts);
    }

    @Override
    public TwoBitQuantizer points(Reduction reduction, @Nullable Rotation rotation) {
        return VectorApi.PRESENT ? new SimdQuantizer(reduction, rotation) : new TwoBitQuantizer(reduction, rotation);
    }

    @Override
    public float distances(float[] points, int at, int from, int to, float[] book, int k, float[] out) {
        return WIDE
                ? CentroidKernel.distances(points, at, from, to, book, k, out)
                : CodeHost.super.distances(points, at, from, to, book, k, out);
    }

    @Override
    public float greatest(float[] values, int from, int count) {
        return WIDE ? CentroidKernel.greatest(values, from, count) : CodeHost.super.greatest(values, from, count);
    }

    @Override
    public void quantise(float[] values, int from, int count, float least, float scale, byte[] out, int to) {
        if (WIDE) {
            CentroidKernel.quantise(values, from, count, least, scale, out, to);
        } else {
            CodeHost.super.quantise(values, from, count, least, scale, out, to);
        }
    }

    /** Growing copies to a larger block; the old one stays good for the views that hold it. */
    private static final class Rows implements CodeRows {
        private final int stride;
        private final long size;
        private MemorySegment segment;
        private SectionChecks checks;
        private long used;

        Rows(int stride, MemorySegment segment, SectionChecks checks, int rows) {
            this.stride = stride;
            size = 8L * stride;
            this.segment = segment;
            this.checks = checks;
            used = rows * size;
        }

        @Override
        public int stride() {
            return stride;
        }

        @Override
        public void ensure(int rows) {
            long needed = rows * size;
            if (needed > used) {
                grow(needed);
                used = needed;
            }
        }

        private void grow(long needed) {
            verify();
            segment = NativeMemory.grow(segment, used, needed + SLACK);
            checks = SectionChecks.NONE;
        }

        @Override
        public void verify() {
            checks.requireAll(segment);
        }

        private void require(int row) {
            if (checks.pending()) {
                checks.require(segment, row * size, (row + 1) * size);
            }
        }

        @Override
        public void write(int row, long[] from) {
            require(row);
            MemorySegment.copy(from, 0, segment, LONG, row * size, stride);
        }

        @Override
        public void read(int row, long[] into) {
            require(row);
            MemorySegment.copy(segment, LONG, row * size, into, 0, stride);
        }

        @Override
        public CodeRows.View view() {
            return new NativeView(segment, checks);
        }

        @Override
        public void save(CheckpointWriter out, String name, int rows) {
            verify();
            if (segment.byteSize() < rows * size + SLACK) {
                grow(rows * size);
            }
            Sections.write(out, name, segment, rows * size + SLACK);
        }
    }

    /** The block that a reader may read, through {@link #rows}. */
    record NativeView(MemorySegment segment, SectionChecks checks) implements CodeRows.View {
        /** The block, with these rows of {@code size} bytes each verified. */
        static MemorySegment rows(CodeRows.View view, int[] slots, int count, long size) {
            NativeView codes = (NativeView) view;
            if (codes.checks.pending()) {
                codes.checks.require(codes.segment, slots, count, size);
            }
            return codes.segment;
        }
    }
}
