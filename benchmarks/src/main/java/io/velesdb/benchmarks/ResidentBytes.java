package io.velesdb.benchmarks;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an opened database holds, in bytes per row: {@code --dir D --rows N --ef 128} opens what the peer benchmark built in D,
 * searches it a thousand times and prints a line of JSON. {@code heap} is what the collector leaves, less what was there
 * before; {@code checkpoint} and {@code vectors} the mapped files, whole
 * and as far as pages have been touched. Linux only: it reads {@code /proc/self/smaps}.
 */
public final class ResidentBytes {
    private static final int ROUNDS = 3;

    private ResidentBytes() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Arguments options = new Arguments(args);
        Path folder = Path.of(options.text("--dir", "database"));
        int rows = options.number("--rows", 100_000);
        int ef = options.number("--ef", 128);
        float[][] queries = WordNet.of(options).queries();
        long heap = heap();
        try (MeasuredDatabase database = MeasuredDatabase.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (float[] query : queries) {
                    database.search(query, ef, null);
                }
            }
            Obj checkpoint = mapped("checkpoint-", rows);
            Obj vectors = mapped("vectors-", rows);
            System.out.println(Json.write(
                    Obj.of("heap", (double) (heap() - heap) / rows, "checkpoint", checkpoint, "vectors", vectors)));
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The mappings of the files whose names contain {@code name}. */
    private static Obj mapped(String name, int rows) throws IOException {
        long whole = 0;
        long touched = 0;
        boolean ours = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.contains("/" + name);
            } else if (ours && line.startsWith("Size:")) {
                whole += bytes(line);
            } else if (ours && line.startsWith("Rss:")) {
                touched += bytes(line);
            }
        }
        return Obj.of("mapped", (double) whole / rows, "touched", (double) touched / rows);
    }

    private static long bytes(String line) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }
}
