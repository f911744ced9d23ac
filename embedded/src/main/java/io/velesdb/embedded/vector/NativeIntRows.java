package io.velesdb.embedded.vector;

import io.velesdb.embedded.file.SectionChecks;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows of ints outside the heap, opened as a private mapping of a checkpoint's section. */
public final class NativeIntRows implements IntRows {
    private static final ValueLayout.OfInt INT = NativeMemory.INT;

    private final int stride;
    private final long size;
    private final boolean wide;
    private MemorySegment segment;

    /** Of the section that {@link #segment} is a mapping of; all verified before it is replaced. */
    private SectionChecks checks;

    private int rows;

    private NativeIntRows(int stride, MemorySegment segment, SectionChecks checks) {
        this.stride = stride;
        this.size = 4L * stride;
        wide = stride % 16 == 0 && VectorApi.PRESENT && VectorApi.preferredFloats() >= 16;
        this.segment = segment;
        this.checks = checks;
        rows = (int) Math.min(Integer.MAX_VALUE, segment.byteSize() / size);
    }

    /** Empty rows of {@code stride} ints. */
    public static NativeIntRows create(int stride) {
        return new NativeIntRows(stride, NativeMemory.EMPTY, SectionChecks.NONE);
    }

    /** The rows that {@link #save} wrote to a section. */
    public static NativeIntRows open(CheckpointReader in, String name, int stride) {
        SegmentSections.Walked section = Sections.mapForWalks(in, name);
        return new NativeIntRows(stride, section.bytes(), section.checks());
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void ensure(int needed) {
        if (needed > rows) {
            verify();
            MemorySegment grown = NativeMemory.grow(segment, rows * size, needed * size);
            int room = (int) Math.min(Integer.MAX_VALUE, grown.byteSize() / size);
            grown.asSlice(rows * size).fill((byte) -1);
            segment = grown;
            rows = room;
        }
    }

    @Override
    public void read(int row, int[] into) {
        require(row);
        if (wide) {
            Wide.read(segment, row * size, into, stride);
        } else {
            MemorySegment.copy(segment, INT, row * size, into, 0, stride);
        }
    }

    /** A few loads and stores, where a copy is a call; a class of its own, for a JVM without the Vector API. */
    private static final class Wide {
        private static final VectorSpecies<Integer> S = IntVector.SPECIES_512;

        static void read(MemorySegment rows, long at, int[] into, int stride) {
            for (int i = 0; i < stride; i += 16) {
                IntVector.fromMemorySegment(S, rows, at + 4L * i, ByteOrder.LITTLE_ENDIAN)
                        .intoArray(into, i);
            }
        }
    }

    @Override
    public void write(int row, int[] from) {
        require(row);
        MemorySegment.copy(from, 0, segment, INT, row * size, stride);
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
    public void save(CheckpointWriter out, String name, int count) {
        verify();
        Sections.write(out, name, segment, count * size);
    }
}
