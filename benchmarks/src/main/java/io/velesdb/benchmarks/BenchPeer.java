package io.velesdb.benchmarks;

import io.velesdb.StorageMode;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * VelesDB as one of several measured processes. Reads a JSON request per line from standard input and answers with a
 * line:
 *
 * <pre>
 * {"op":"build","dir":D,"n":N}                          {"seconds":..,"cpu_seconds":..}
 * {"op":"open","dir":D,"n":N,"effort":E}                {"open_ms":..,"first_ms":..,"anon_mb":..,"file_mb":..}
 * {"op":"search","effort":E,"where":W,"from":A,"to":B}  {"ids":[[..]..],"times_us":[..],"cpu_us":..}
 * {"op":"parallel","effort":E,"threads":T,"to":B}       {"qps":..}
 * {"op":"insert","from":A,"to":B,"batch":S}             {"per_s":..,"p50_us":..}
 * {"op":"delete","ids":[..]}                            {"per_s":..}
 * {"op":"memory"}                                       {"anon_mb":..,"file_mb":..,"heap_mb":..}
 * {"op":"close"}                                        {} and the process ends
 * </pre>
 *
 * W is null or {@code {"column":..,"value":..}}; the effort is ef; row ids are row numbers. A failed request is answered
 * with {@code {"error":..}}.
 */
public final class BenchPeer {
    private final WordNet data;
    private final StorageMode storage;
    private final float[][] queries;
    private float[][] vectors = {};
    private List<Obj> payloads = List.of();
    private int n;
    private @Nullable MeasuredDatabase database;

    private BenchPeer(WordNet data, StorageMode storage) throws IOException {
        this.data = data;
        this.storage = storage;
        queries = data.queries();
    }

    /**
     * Serves requests until {@code close}; {@code --data DIR} or BENCH_DATA names the data set, {@code --storage MODE} what
     * memory holds.
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Arguments options = new Arguments(args);
        BenchPeer peer = new BenchPeer(WordNet.of(options), StorageMode.parse(options.text("--storage", "full")));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Obj request = (Obj) Json.parse(line);
            String op = text(request, "op");
            Obj reply;
            try {
                reply = peer.answer(op, request);
            } catch (Exception | LinkageError e) { // the driver records it and goes on with the other peers
                e.printStackTrace();
                reply = Obj.of("error", e.toString());
            }
            answers.println(Json.write(reply));
            if (op.equals("close")) {
                System.exit(0);
            }
        }
    }

    private Obj answer(String op, Obj request) throws Exception {
        return switch (op) {
            case "build" -> build(request);
            case "open" -> open(request);
            case "search" -> search(request);
            case "parallel" -> parallel(request);
            case "insert" -> insert(request);
            case "delete" -> delete(request);
            case "memory" -> memory();
            case "close" -> close();
            default -> throw new IllegalArgumentException("unknown op " + op);
        };
    }

    private Obj build(Obj request) throws IOException {
        n = number(request, "n");
        needRows();
        long start = System.nanoTime();
        double cpu = Machine.cpuSeconds();
        MeasuredDatabase.build(
                Path.of(text(request, "dir")), Arrays.copyOf(vectors, n), payloads.subList(0, n), storage);
        return Obj.of("seconds", secondsSince(start), "cpu_seconds", Machine.cpuSeconds() - cpu);
    }

    private Obj open(Obj request) throws IOException {
        n = number(request, "n");
        Obj before = Machine.memory();
        long start = System.nanoTime();
        MeasuredDatabase opened = MeasuredDatabase.open(Path.of(text(request, "dir")));
        database = opened;
        double open = secondsSince(start) * 1e3;
        opened.search(queries[0], number(request, "effort"), null);
        double total = secondsSince(start) * 1e3;
        Obj after = Machine.memory();
        return Obj.of(
                "open_ms",
                open,
                "first_ms",
                total - open,
                "anon_mb",
                decimal(after, "anon_mb") - decimal(before, "anon_mb"),
                "file_mb",
                decimal(after, "file_mb") - decimal(before, "file_mb"));
    }

    private Obj search(Obj request) {
        MeasuredDatabase open = database();
        int from = number(request, "from");
        int to = number(request, "to");
        int effort = number(request, "effort");
        Filter filter = request.get("where") instanceof Obj where
                ? MeasuredDatabase.filter(text(where, "column"), text(where, "value"))
                : null;
        long[] nanos = new long[to - from];
        long[][] ids = new long[to - from][];
        double cpu = Machine.cpuSeconds();
        for (int i = from; i < to; i++) {
            long start = System.nanoTime();
            ids[i - from] = open.search(queries[i], effort, filter);
            nanos[i - from] = System.nanoTime() - start;
        }
        cpu = Machine.cpuSeconds() - cpu;
        List<Value> micros = new ArrayList<>();
        List<Value> found = new ArrayList<>();
        for (int i = 0; i < nanos.length; i++) {
            micros.add(Value.of(nanos[i] / 1e3));
            found.add(Value.of(ids[i]));
        }
        return Obj.of("cpu_us", cpu / nanos.length * 1e6, "times_us", Arr.of(micros), "ids", Arr.of(found));
    }

    private Obj parallel(Obj request) throws Exception {
        MeasuredDatabase open = database();
        int to = number(request, "to");
        int effort = number(request, "effort");
        int threads = number(request, "threads");
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                parts.add(pool.submit(() -> {
                    for (int i = first; i < to; i += threads) {
                        open.search(queries[i], effort, null);
                    }
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        }
        return Obj.of("qps", to / secondsSince(start));
    }

    private Obj insert(Obj request) throws IOException {
        needRows();
        MeasuredDatabase open = database();
        int to = number(request, "to");
        int batch = number(request, "batch");
        List<Double> seconds = new ArrayList<>();
        int written = 0;
        for (int i = number(request, "from"); i < to; i += batch) {
            int end = Math.min(to, i + batch);
            long start = System.nanoTime();
            open.insert(i, Arrays.copyOfRange(vectors, i, end), payloads.subList(i, end));
            seconds.add(secondsSince(start));
            written += end - i;
        }
        double[] sorted = seconds.stream().mapToDouble(x -> x).sorted().toArray();
        return Obj.of("per_s", written / Arrays.stream(sorted).sum(), "p50_us", sorted[sorted.length / 2] * 1e6);
    }

    private Obj delete(Obj request) {
        Arr asked = (Arr) Objects.requireNonNull(request.get("ids"));
        long[] ids = new long[asked.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) ((Value.Num) asked.get(i)).doubleValue();
        }
        long start = System.nanoTime();
        database().delete(ids);
        return Obj.of("per_s", ids.length / secondsSince(start));
    }

    private static Obj memory() throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
        return Machine.memory().with("heap_mb", heap);
    }

    private Obj close() {
        if (database != null) {
            database.close();
        }
        return Obj.EMPTY;
    }

    private void needRows() throws IOException {
        if (vectors.length == 0) {
            vectors = data.insertable(n);
            payloads = data.payloads(n);
        }
    }

    private MeasuredDatabase database() {
        return Objects.requireNonNull(database, "no database is open: send an open request first");
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String text(Obj request, String name) {
        return Objects.requireNonNull(request.text(name), name);
    }

    private static int number(Obj request, String name) {
        return (int) decimal(request, name);
    }

    private static double decimal(Obj request, String name) {
        return ((Value.Num) Objects.requireNonNull(request.get(name), name)).doubleValue();
    }
}
