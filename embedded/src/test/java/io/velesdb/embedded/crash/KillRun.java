package io.velesdb.embedded.crash;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.Page;
import io.velesdb.embedded.CheckReport;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.host.Diagnostics;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills a real process at random moments of a load by several threads, as {@code kill -9} does, and verifies what it left:
 * every step that it had acknowledged, at most one more of each writer, nothing else, and {@code check} finds nothing. The
 * next process goes on with the same folder. Each round has a configuration of its own; after {@value #ROUNDS_PER_FOLDER}
 * rounds there is a new folder.
 */
final class KillRun {
    private static final int ROUNDS_PER_FOLDER = 10;
    private static final Options VERIFYING = Options.DEFAULTS.withoutBackground();

    private final SplittableRandom random;
    private final Path parent;
    private final List<KillWriter> writers = new ArrayList<>();
    private long seed;
    private long begin;
    private Path folder;
    private long acknowledged;
    private int whileOpening;
    private int verifiedInPlace;

    /** Leases that were there after a kill and had expired after a later one. */
    private long expired;

    private Map<Long, State.Row> leases = Map.of();

    private KillRun(long seed, Path parent) {
        random = new SplittableRandom(seed);
        this.parent = parent;
    }

    /**
     * Runs so many rounds and prints what happened.
     *
     * @return 0 when no promise was broken
     */
    static int run(int rounds, long from) throws IOException, InterruptedException {
        Path parent = Files.createTempDirectory("velesdb-kill");
        KillRun run = new KillRun(from, parent);
        int done = 0;
        try {
            for (; done < rounds; done++) {
                if (done % ROUNDS_PER_FOLDER == 0) {
                    run.begin(done);
                }
                run.round();
                if ((done + 1) % ROUNDS_PER_FOLDER == 0) {
                    System.out.println((done + 1) + " rounds done, " + run.acknowledged + " writes acknowledged");
                }
            }
        } catch (AssertionError e) {
            System.out.println("BROKEN in round " + (done + 1) + " from " + from + ": " + e.getMessage());
            System.out.println("The folder is left as it is found now: " + run.folder);
            return 1;
        }
        delete(parent);
        System.out.println("Killed before the database was open: " + run.whileOpening
                + "; opened by the next process as they were left: " + (rounds - run.verifiedInPlace));
        System.out.println(
                "Rows that were there after a kill and had expired by the clock after a later one: " + run.expired);
        System.out.println(
                rounds + " rounds, " + run.acknowledged + " writes acknowledged, 0 acknowledged writes lost");
        return 0;
    }

    private void begin(int round) throws IOException {
        if (folder != null) {
            delete(folder);
        }
        folder = parent.resolve("db-" + round);
        seed = random.nextLong();
        begin = System.currentTimeMillis() / 1_000;
        leases = Map.of();
        writers.clear();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            writers.add(new KillWriter(seed, i, begin));
        }
        try (Database database = VelesDb.open(folder, VERIFYING)) {
            KillWriter.shared().collections().forEach((name, rows) -> {
                database.createCollection(name, rows.schema());
                rows.indexes().forEach(database.collection(name)::createIndex);
            });
        }
    }

    private void round() throws IOException, InterruptedException {
        // the promise for the end of a process is the same under both
        LogMode mode = random.nextInt(4) == 0 ? LogMode.OS : LogMode.FSYNC;
        long checkpointBytes = 2_000L << random.nextInt(12);
        String configuration =
                "log mode " + mode + ", checkpoints of " + checkpointBytes + " bytes, " + writers.size() + " writers";
        List<String> said = killed(mode, checkpointBytes, 1 + random.nextInt(4));
        for (String line : said) {
            if (line.startsWith("failed")) {
                throw new AssertionError(configuration + ": the load " + line);
            }
            if (line.equals("open")) {
                continue;
            }
            int space = line.indexOf(' ');
            writers.get(Integer.parseInt(line.substring(0, space)))
                    .advanceTo(Long.parseLong(line.substring(space + 1)), System.currentTimeMillis() / 1_000);
            acknowledged++;
        }
        if (said.isEmpty()) {
            whileOpening++;
        }
        verify(configuration);
    }

    /** What a process said before it was killed. */
    private List<String> killed(LogMode mode, long checkpointBytes, int threads)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KillLoad.class.getName(),
                folder.toString(),
                Long.toString(seed),
                Long.toString(begin),
                mode.name(),
                Long.toString(checkpointBytes),
                Integer.toString(threads)));
        writers.forEach(writer -> command.add(Long.toString(writer.taken())));
        boolean early = random.nextInt(6) == 0;
        long patience = early ? 200 + random.nextInt(800) : random.nextInt(1_800);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        try (BufferedReader out = process.inputReader()) {
            if (!early) {
                String first = out.readLine();
                if (first == null) {
                    throw new AssertionError("the process ended by itself: " + command);
                }
                said.add(first);
            }
            Thread listener = Thread.ofPlatform().start(() -> out.lines().forEach(said::add));
            process.waitFor(patience, TimeUnit.MILLISECONDS);
            // Process.destroyForcibly would close the pipe with what the process has said in it
            process.toHandle().destroyForcibly();
            listener.join();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said;
    }

    private void verify(String configuration) throws IOException {
        boolean inPlace = random.nextBoolean();
        Path verified = folder;
        if (inPlace) {
            verifiedInPlace++;
        } else {
            verified = parent.resolve("copy");
            copy(folder, verified);
        }
        CheckReport report = VelesDb.check(verified);
        if (!report.isClean()) {
            throw new AssertionError(configuration + ": check found " + report.findings());
        }
        // the clock stands still while answers are compared
        long millis = System.currentTimeMillis();
        try (Database database =
                VelesDb.open(new LocalFileSystem(), verified, VERIFYING, () -> millis, Diagnostics.SILENT)) {
            for (int number = 0; number < writers.size(); number++) {
                settle(database, writers.get(number), millis / 1_000, configuration + ": writer " + number);
            }
            State together = KillWriter.together(writers, millis / 1_000);
            Map<Long, State.Row> left =
                    together.collections().get(KillWriter.LEASES).rows();
            expired += leases.entrySet().stream()
                    .filter(lease -> !left.containsKey(lease.getKey()))
                    .filter(lease -> lease.getValue().isExpired(millis / 1_000))
                    .count();
            leases = left;
            String difference = together.differenceFrom(database);
            if (difference == null) {
                difference = new DerivedAnswers(together, random.split()).differenceFrom(database);
            }
            if (difference != null) {
                throw new AssertionError(configuration + ": " + difference);
            }
        }
        if (!inPlace) {
            delete(verified);
        }
    }

    /** Finds out whether the step that a writer was at has come true. */
    private static void settle(Database database, KillWriter writer, long seconds, String what) {
        String difference = difference(database, writer, writer.state().at(seconds));
        if (difference == null) {
            return;
        }
        String other = difference(database, writer, writer.stateAfterNext().at(seconds));
        if (other != null) {
            throw new AssertionError(what + " after step " + writer.taken() + ": " + difference
                    + "; with the next step, " + writer.next() + ": " + other);
        }
        writer.advance();
    }

    private static String difference(Database database, KillWriter writer, State state) {
        State.Rows own = state.collections().get(writer.own());
        if (database.hasCollection(writer.own()) != (own != null)) {
            return own == null ? "its collection is there" : "its collection is missing";
        }
        if (own != null && !database.collection(writer.own()).schema().equals(own.schema())) {
            return "its collection has another schema";
        }
        if (own != null && !State.indexes(database.collection(writer.own())).equals(own.indexes())) {
            return "its collection has other indexes";
        }
        if (own != null) {
            String ofStatistics = State.differenceOfStatistics(database.collection(writer.own()), own);
            if (ofStatistics != null) {
                return "its collection has other " + ofStatistics;
            }
        }
        for (Map.Entry<String, State.Rows> entry : state.collections().entrySet()) {
            Map<Long, State.Row> found = rows(database.collection(entry.getKey()), writer);
            Map<Long, State.Row> expected = entry.getValue().rows();
            if (!found.equals(expected)) {
                return "collection '" + entry.getKey() + "' has other rows: " + found.size() + " of " + expected.size();
            }
            Map<Long, Edge> edges = new TreeMap<>();
            database.collection(entry.getKey()).edges(null).stream()
                    .filter(edge -> writer.owns(entry.getKey(), edge.source()))
                    .forEach(edge -> edges.put(edge.id(), edge));
            if (!edges.equals(entry.getValue().edges())) {
                return "collection '" + entry.getKey() + "' has other edges: " + edges.size() + " of "
                        + entry.getValue().edges().size();
            }
        }
        return null;
    }

    private static Map<Long, State.Row> rows(Collection collection, KillWriter writer) {
        Map<Long, State.Row> found = new TreeMap<>();
        Long after = null;
        do {
            Page page = collection.scroll(after, 1_000, null);
            page.points().stream()
                    .filter(point -> writer.owns(collection.name(), point.id()))
                    .forEach(point -> found.put(point.id(), State.row(point)));
            after = page.next();
        } while (after != null);
        return found;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Path target = to.resolve(from.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(entry, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
