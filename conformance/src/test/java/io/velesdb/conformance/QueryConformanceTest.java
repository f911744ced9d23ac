package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every statement case through the public Java API. */
final class QueryConformanceTest {
    private static final Path FOLDER = Path.of("velesql");
    private static final long NOW_MILLIS = 1_750_000_000_000L;

    /** Cases that do not pass; the list may only become shorter. */
    private static final Path PENDING = FOLDER.resolve("pending.txt");

    @Test
    void everyCaseThatIsNotPendingPassesAndNoPendingOneDoes() throws IOException {
        Set<String> pending = Files.exists(PENDING) ? new TreeSet<>(Files.readAllLines(PENDING)) : Set.of();
        assertThat(failures("cases.json", "dataset.json").keySet()).isEqualTo(pending);
    }

    @Test
    void everyCaseOfOurOwnPasses() throws IOException {
        assertThat(failures("own-cases.json", "own-cases-dataset.json")).isEmpty();
    }

    private static Map<String, String> failures(String file, String data) throws IOException {
        QueryDataset dataset = QueryDataset.parse(Files.readString(FOLDER.resolve(data)));
        QueryCases cases = QueryCases.parse(Files.readString(FOLDER.resolve(file)));
        assertThat(cases.size()).isGreaterThanOrEqualTo(336);
        QueryCases.Report report = cases.run(() -> DatabaseQuerySurface.holding(dataset, () -> NOW_MILLIS));
        System.out.println(file + ": " + report.summary());
        Map<String, String> failures = new TreeMap<>();
        report.failures().forEach(failure -> failures.put(failure.id(), failure.report()));
        if (!failures.isEmpty()) {
            System.out.println(failures);
        }
        return failures;
    }
}
