package io.velesdb.embedded.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Memory that Linux is asked to back with pages of 2 MiB. A walk jumps about in codes and links: with pages of 4 KiB nearly
 * every jump has to look its page up first, which took a seventh of a search in 100,000 rows. Elsewhere, without native
 * access, and where the kernel does not want to, there is none of it.
 */
final class HugePages {
    private static final long PAGE = 2L << 20;

    /** Less is not worth the memory that is lost to whole pages. */
    private static final long LEAST = 2 * PAGE;

    private static final int READ_WRITE = 1 | 2;
    private static final int PRIVATE_ANONYMOUS = 0x02 | 0x20;
    private static final int ADVISE_HUGE = 14;
    private static final long FAILED = -1;
    private static final @Nullable Calls CALLS = Calls.find();

    private HugePages() {}

    /** Zeroed memory, freed when it can no longer be reached; null where there is none of this kind. */
    @SuppressWarnings("restricted") // this class exists only for it, and is left alone where it is not granted
    static @Nullable MemorySegment allocate(long bytes) {
        if (CALLS == null || bytes < LEAST) {
            return null;
        }
        long length = (bytes + PAGE - 1) / PAGE * PAGE + PAGE;
        long base = CALLS.map(length);
        if (base == FAILED) {
            return null;
        }
        long start = (base + PAGE - 1) / PAGE * PAGE;
        // the kernel may refuse: then these are ordinary pages
        CALLS.advise(start, length - PAGE);
        Calls calls = CALLS;
        return MemorySegment.ofAddress(start).reinterpret(bytes, Arena.ofAuto(), gone -> calls.unmap(base, length));
    }

    /** The three functions of the C library. */
    private record Calls(MethodHandle mmap, MethodHandle madvise, MethodHandle munmap) {
        static @Nullable Calls find() {
            boolean linux =
                    System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
            // the numbers of flags differ on other machines' kernels
            String machine = System.getProperty("os.arch", "");
            if (!linux || !(machine.equals("amd64") || machine.equals("aarch64")) || !NativeMemory.hasNativeAccess()) {
                return null;
            }
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            MemorySegment map = library.find("mmap").orElse(null);
            MemorySegment advise = library.find("madvise").orElse(null);
            MemorySegment unmap = library.find("munmap").orElse(null);
            if (map == null || advise == null || unmap == null) {
                return null;
            }
            return new Calls(
                    linker.downcallHandle(
                            map,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG)),
                    linker.downcallHandle(
                            advise,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT)),
                    linker.downcallHandle(
                            unmap,
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG)));
        }

        long map(long length) {
            try {
                return (long) mmap.invokeExact(0L, length, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            } catch (Throwable e) {
                throw new AssertionError("mmap does not throw", e);
            }
        }

        void advise(long start, long length) {
            try {
                int ignored = (int) madvise.invokeExact(start, length, ADVISE_HUGE);
            } catch (Throwable e) {
                throw new AssertionError("madvise does not throw", e);
            }
        }

        void unmap(long start, long length) {
            try {
                int ignored = (int) munmap.invokeExact(start, length);
            } catch (Throwable e) {
                throw new AssertionError("munmap does not throw", e);
            }
        }
    }
}
