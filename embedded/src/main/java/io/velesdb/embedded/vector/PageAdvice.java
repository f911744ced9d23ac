package io.velesdb.embedded.vector;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells Linux how mapped vectors are going to be read. Unasked, it reads 128 KiB around every row that is not in memory: of
 * vectors that do not fit, each search then pushes out what the next one needs. On other systems, and in a JVM that does not
 * grant native access, nothing is said.
 */
final class PageAdvice {
    /** Of the smallest page; where pages are larger, advice for less than one of them is refused, which does no harm. */
    private static final long PAGE = 4_096;

    private static final int RANDOM = 1;
    private static final int WILL_NEED = 3;
    private static final @Nullable MethodHandle ADVISE = find();

    private PageAdvice() {}

    @SuppressWarnings("restricted") // not called where it is not granted
    private static @Nullable MethodHandle find() {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        if (!linux || !NativeMemory.hasNativeAccess()) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("madvise")
                .map(function -> linker.downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT)))
                .orElse(null);
    }

    /** Rows of this mapping are read here and there. Returns the mapping. */
    static MemorySegment random(MemorySegment mapping) {
        if (mapping.isMapped() && mapping.byteSize() > 0) {
            advise(mapping.address(), mapping.byteSize(), RANDOM);
        }
        return mapping;
    }

    /** The bytes [from, to) of mapped memory are read next, all of them. */
    static void soon(MemorySegment mapping, long from, long to) {
        if (mapping.isNative()) {
            long start = mapping.address() + from & -PAGE;
            advise(start, mapping.address() + to - start, WILL_NEED);
        }
    }

    private static void advise(long address, long length, int advice) {
        MethodHandle call = ADVISE;
        if (call == null) {
            return;
        }
        try {
            // it is advice: that it was not taken changes nothing
            int _ = (int) call.invokeExact(address, length, advice);
        } catch (Throwable e) {
            throw new AssertionError("madvise does not throw", e);
        }
    }
}
