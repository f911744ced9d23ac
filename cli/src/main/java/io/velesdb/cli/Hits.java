package io.velesdb.cli;

import io.velesdb.Hit;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import java.util.Locale;

/** How searches show what they found. */
final class Hits {
    private Hits() {}

    /** Prints hits best first; a table says on standard error how many there are and how long it took. */
    static void show(Output output, List<Hit> hits, double millis) {
        if (output.json()) {
            output.json(Arr.of(hits.stream().map(Hits::json).toList()));
            return;
        }
        output.table(hits.stream().map(Hits::row).toList(), "There are no such points.");
        took(output, hits.size(), millis);
    }

    static void took(Output output, int found, double millis) {
        output.err().printf(Locale.ROOT, "%n%d found in %.2f ms%n", found, millis);
    }

    static Value score(float score) {
        return Value.of(String.format(Locale.ROOT, "%.4f", score));
    }

    private static Obj json(Hit hit) {
        return Obj.of(
                "id",
                Ids.toValue(hit.id()),
                "score",
                Output.number(hit.score()),
                "payload",
                Arguments.payload(hit.payload()));
    }

    private static Obj row(Hit hit) {
        Obj.Builder row = Obj.builder().put("score", score(hit.score())).put("id", Ids.toValue(hit.id()));
        return Arguments.merge(row, hit.payload()).build();
    }
}
