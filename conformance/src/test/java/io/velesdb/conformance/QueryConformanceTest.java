package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        Obj dataset = (Obj) Json.parse(Files.readString(FOLDER.resolve("dataset.json")));
        Arr cases = (Arr) Json.parse(Files.readString(FOLDER.resolve("cases.json")));
        assertThat(cases.size()).isGreaterThanOrEqualTo(336);
        Set<String> pending = Files.exists(PENDING) ? new TreeSet<>(Files.readAllLines(PENDING)) : Set.of();
        Set<String> failed = new TreeSet<>();
        List<String> reports = new ArrayList<>();
        for (Value value : cases) {
            Obj testCase = (Obj) value;
            String id = String.valueOf(testCase.text("id"));
            String report = report(testCase, dataset);
            if (report != null) {
                failed.add(id);
                reports.add(id + ": " + report);
            }
        }
        System.out.println(cases.size() - failed.size() + " passed, " + failed.size() + " failed");
        assertThat(failed).as(String.join("\n", reports)).isEqualTo(pending);
    }

    private static String report(Obj testCase, Obj dataset) {
        try {
            return QueryCaseRunner.run(testCase, () -> DatabaseQuerySurface.holding(dataset, () -> NOW_MILLIS));
        } catch (RuntimeException e) {
            return "threw " + e;
        }
    }
}
