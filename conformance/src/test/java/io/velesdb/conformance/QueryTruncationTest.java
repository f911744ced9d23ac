package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is left of every case when it is cut anywhere is refused or answered, and nothing else. */
final class QueryTruncationTest {
    private static final Path FOLDER = Path.of("velesql");

    @Test
    void everyTruncationOfEveryCaseEndsInRowsOrInARefusal() throws IOException {
        QueryDataset dataset = QueryDataset.parse(Files.readString(FOLDER.resolve("dataset.json")));
        Arr cases = (Arr) Json.parse(Files.readString(FOLDER.resolve("cases.json")));
        int refused = 0;
        for (Value value : cases) {
            Obj testCase = (Obj) value;
            String query = Objects.requireNonNull(testCase.text("query"));
            Obj parameters = testCase.get("params") instanceof Obj given ? given : Obj.EMPTY;
            DatabaseQuerySurface surface = DatabaseQuerySurface.holding(dataset, () -> 1_750_000_000_000L);
            for (int end = Math.min(query.length(), 500); end >= 0; end--) {
                String cut = query.substring(0, end);
                try {
                    surface.query(cut, parameters);
                } catch (VelesException refusal) {
                    refused++;
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError(testCase.text("id") + " cut to: " + cut, e);
                }
            }
        }
        assertThat(refused).isGreaterThan(cases.size());
    }
}
