package io.velesdb.embedded.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Growing blocks outside the heap. The old block stays good for whoever holds it; the garbage collector frees it. */
final class NativeMemory {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final MemorySegment EMPTY = allocate(0);

    private static final int LINE = 64;

    private NativeMemory() {}

    /** Zeroed memory that starts on a cache line. */
    static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(bytes, LINE);
    }

    /** A block of at least {@code needed} bytes with the first {@code used} bytes of {@code old}; that one if it suffices. */
    static MemorySegment grow(MemorySegment old, long used, long needed) {
        if (needed <= old.byteSize()) {
            return old;
        }
        MemorySegment grown = allocate(Math.max(needed, used + (used >> 1)));
        MemorySegment.copy(old, 0, grown, 0, used);
        return grown;
    }
}
