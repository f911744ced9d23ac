package io.velesdb.embedded.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;

/** Growing blocks outside the heap. The old block stays good for whoever holds it; the garbage collector frees it. */
final class NativeMemory {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final MemorySegment EMPTY = allocate(0);

    private static final int LINE = 64;
    private static final boolean NATIVE_ACCESS = NativeMemory.class.getModule().isNativeAccessEnabled();

    private NativeMemory() {}

    /** Zeroed memory that starts on a cache line. */
    static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(bytes, LINE);
    }

    /** True when the JVM grants this module what {@code --enable-native-access} is for. */
    static boolean hasNativeAccess() {
        return NATIVE_ACCESS;
    }

    /**
     * The same memory behind the class that {@link #allocate} returns. Where mapped and allocated memory meet in one JVM,
     * every access of every kernel has to tell the two classes apart, and now and then the compiler makes such code of it
     * that scoring takes twice as long. A JVM that does not grant native access goes on with the mapping itself.
     */
    @SuppressWarnings("ReachabilityFenceUsage") // no use is fenced off here: capturing the mapping is what holds it
    static MemorySegment plain(MemorySegment mapped) {
        if (!NATIVE_ACCESS || !mapped.isNative() || mapped.byteSize() == 0) {
            return mapped;
        }
        // the clean-up does nothing but hold the mapping for as long as the view of it lives
        return MemorySegment.ofAddress(mapped.address())
                .reinterpret(mapped.byteSize(), Arena.ofAuto(), view -> Reference.reachabilityFence(mapped));
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
