package io.velesdb.benchmarks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the operating system forget the pages of files, so that reading them means reading the disk. Linux only. */
final class PageCache {
    private static final int READ_ONLY = 0;
    private static final int DONT_NEED = 4;

    private PageCache() {}

    /**
     * Writes back and drops the pages of all files of a folder. Pages that some process maps at the moment stay.
     *
     * @throws IOException when the operating system refuses, or is not Linux
     */
    static void forget(Path folder) throws IOException {
        for (Path file : Machine.filesOf(folder)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            adviseDontNeed(file);
        }
    }

    private static void adviseDontNeed(Path file) throws IOException {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = linker.defaultLookup();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open = linker.downcallHandle(
                    symbols.findOrThrow("open"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
            MethodHandle advise = linker.downcallHandle(
                    symbols.findOrThrow("posix_fadvise"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT));
            MethodHandle close = linker.downcallHandle(
                    symbols.findOrThrow("close"), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            MemorySegment name = arena.allocateFrom(file.toString(), StandardCharsets.UTF_8);
            int descriptor = (int) open.invokeExact(name, READ_ONLY);
            int failed = (int) advise.invokeExact(descriptor, 0L, 0L, DONT_NEED);
            int ignored = (int) close.invokeExact(descriptor);
            if (descriptor < 0 || failed != 0 || ignored != 0) {
                throw new IOException(
                        "the page cache keeps " + file + ": open gave " + descriptor + ", posix_fadvise " + failed);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a file from end to end; the bytes per second tell what the disk can do. */
    static double readMegabytesPerSecond(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        long start = System.nanoTime();
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
                bytes += n;
                buffer.clear();
            }
        }
        return bytes * 1e3 / (System.nanoTime() - start);
    }
}
