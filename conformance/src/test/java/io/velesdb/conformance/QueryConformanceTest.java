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
        QueryDataset dataset = QueryDataset.parse(Files.readString(FOLDER.resolve("dataset.json")));
        QueryCases cases = QueryCases.parse(Files.readString(FOLDER.resolve("cases.json")));
        assertThat(cases.size()).isGreaterThanOrEqualTo(336);
        Set<String> pending = Files.exists(PENDING) ? new TreeSet<>(Files.readAllLines(PENDING)) : Set.of();
        QueryCases.Report report = cases.run(() -> DatabaseQuerySurface.holding(dataset, () -> NOW_MILLIS));
        System.out.println(report.summary());
        Map<String, String> failures = new TreeMap<>();
        report.failures().forEach(failure -> failures.put(failure.id(), failure.report()));
        assertThat(failures.keySet()).as(failures.toString()).isEqualTo(pending);
    }
}
