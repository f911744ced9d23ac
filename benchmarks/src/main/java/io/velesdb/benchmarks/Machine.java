package io.velesdb.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the operating system tells about this process and its files. */
final class Machine {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path IO = Path.of("/proc/self/io");

    private Machine() {}

    /** CPU seconds of all threads since the process began. */
    static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** Resident memory in MiB: {@code anon_mb} of the process's own, {@code file_mb} of mapped files. */
    static Obj memory() throws IOException {
        return Obj.of("anon_mb", residentMegabytes("RssAnon:"), "file_mb", residentMegabytes("RssFile:"));
    }

    private static double residentMegabytes(String field) throws IOException {
        if (Files.exists(STATUS)) {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        }
        return 0;
    }

    /** Bytes that this process has made the disk read; 0 where the operating system does not tell. */
    static long bytesRead() throws IOException {
        if (Files.exists(IO)) {
            for (String line : Files.readAllLines(IO)) {
                if (line.startsWith("read_bytes:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return 0;
    }

    static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    /** Removes a folder with all that is in it; a missing one is fine. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> all = new ArrayList<>(found.toList());
            all.sort(Comparator.reverseOrder());
            for (Path path : all) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
