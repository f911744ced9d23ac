package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.host.Clock;
import io.velesdb.host.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every statement case through the public Java API: in memory, and on what a folder gives back that was closed before. */
final class QueryConformanceTest {
    private static final Path FOLDER = Path.of("velesql");

    /** Cases that do not pass; the list may only become shorter. */
    private static final Path PENDING = FOLDER.resolve("pending.txt");

    /** What is written is read back by the same process, so that nothing has to reach the disk. */
    private static final Options OPTIONS =
            Options.DEFAULTS.withThreads(1).withoutBackground().withLogMode(LogMode.NONE);

    @TempDir
    Path home;

    @Test
    void everyCaseThatIsNotPendingPassesAndNoPendingOneDoes() throws IOException {
        QueryDataset dataset = dataset("dataset.json");
        assertThat(failures("cases.json", () -> inMemory(dataset)).keySet()).isEqualTo(pending());
    }

    @Test
    void everyCaseOfOurOwnPasses() throws IOException {
        QueryDataset dataset = dataset("own-cases-dataset.json");
        assertThat(failures("own-cases.json", () -> inMemory(dataset))).isEmpty();
    }

    @Test
    void everyCaseThatIsNotPendingPassesOnAFolder() throws IOException {
        QueryDataset dataset = dataset("dataset.json");
        store(dataset);
        assertThat(failures("cases.json", () -> onAFolder(dataset)).keySet()).isEqualTo(pending());
    }

    @Test
    void everyCaseOfOurOwnPassesOnAFolder() throws IOException {
        QueryDataset dataset = dataset("own-cases-dataset.json");
        store(dataset);
        assertThat(failures("own-cases.json", () -> onAFolder(dataset))).isEmpty();
    }

    private static Set<String> pending() throws IOException {
        return Files.exists(PENDING) ? new TreeSet<>(Files.readAllLines(PENDING)) : Set.of();
    }

    private static QueryDataset dataset(String file) throws IOException {
        return QueryDataset.parse(Files.readString(FOLDER.resolve(file)));
    }

    private static QuerySurface inMemory(QueryDataset dataset) {
        return DatabaseQuerySurface.holding(dataset, dataset.clock(System::currentTimeMillis));
    }

    // ---- a folder that is written once; every case opens a copy

    private void store(QueryDataset dataset) {
        try (Database database = open(home.resolve("stored"), dataset)) {
            dataset.load(database);
        }
    }

    private static Database open(Path folder, QueryDataset dataset) {
        Clock clock = dataset.clock(System::currentTimeMillis);
        return VelesDb.open(new LocalFileSystem(), folder, OPTIONS, clock, Diagnostics.SILENT);
    }

    private QuerySurface onAFolder(QueryDataset dataset) {
        Path copy = home.resolve("copy");
        try {
            delete(copy);
            try (Stream<Path> files = Files.walk(home.resolve("stored"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(home.resolve("stored").relativize(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DatabaseQuerySurface.over(open(copy, dataset));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Map<String, String> failures(String file, Supplier<QuerySurface> surfaces) throws IOException {
        QueryCases cases = QueryCases.parse(Files.readString(FOLDER.resolve(file)));
        assertThat(cases.size()).isGreaterThanOrEqualTo(file.equals("cases.json") ? 336 : 844);
        QueryCases.Report report = cases.run(surfaces);
        System.out.println(file + ": " + report.summary());
        Map<String, String> failures = new TreeMap<>();
        report.failures().forEach(failure -> failures.put(failure.id(), failure.report()));
        if (!failures.isEmpty()) {
            System.out.println(failures);
        }
        return failures;
    }
}
