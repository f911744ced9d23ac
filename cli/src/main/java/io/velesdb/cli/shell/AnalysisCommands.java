package io.velesdb.cli.shell;

import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.SearchableCollection;
import io.velesdb.StatementText;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How statements run and how fast, and the indexes that help them. */
final class AnalysisCommands {
    private static final String GROUP = "Plans and indexes";

    private AnalysisCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        GROUP,
                        ".explain",
                        "SELECT ...",
                        "how a statement would run",
                        1,
                        Command.ANY,
                        (s, w) -> s.show("EXPLAIN " + w.rest(1), Obj.EMPTY)),
                new Command(
                        GROUP,
                        ".explain-analyze",
                        "SELECT ...",
                        "runs it and shows what was measured",
                        1,
                        Command.ANY,
                        (s, w) -> s.show("EXPLAIN ANALYZE " + w.rest(1), Obj.EMPTY)),
                new Command(
                        GROUP,
                        ".analyze",
                        "NAME",
                        "computes the statistics of a collection",
                        1,
                        1,
                        (s, w) -> s.show("ANALYZE " + StatementText.name(w.get(1)), Obj.EMPTY)),
                new Command(
                        GROUP,
                        ".bench",
                        "NAME [N [K]]",
                        "N searches for the K nearest of stored rows",
                        1,
                        3,
                        (s, w) -> bench(s, w.get(1), w.count(2, 100), w.count(3, 10))),
                new Command(
                        GROUP,
                        ".create-index",
                        "NAME FIELD",
                        "indexes a member of the payloads",
                        2,
                        2,
                        (s, w) -> s.show("CREATE INDEX ON " + indexed(w), Obj.EMPTY)),
                new Command(
                        GROUP,
                        ".drop-index",
                        "NAME FIELD",
                        "removes such an index",
                        2,
                        2,
                        (s, w) -> s.show("DROP INDEX ON " + indexed(w), Obj.EMPTY)));
    }

    private static String indexed(Words words) {
        StringBuilder path = new StringBuilder();
        for (String segment : words.get(2).split("\\.", -1)) {
            path.append(path.isEmpty() ? "" : ".").append(StatementText.name(segment));
        }
        return StatementText.name(words.get(1)) + " (" + path + ")";
    }

    /** Searches for vectors that are stored, spread over the collection. */
    static void bench(Session session, String name, int searches, int k) {
        if (!(session.collection(name) instanceof SearchableCollection collection)) {
            throw Session.wrong("collection '" + name + "' holds no vectors to search for");
        }
        List<float[]> questions = collection.scroll(1_000).points().stream()
                .map(Point::vector)
                .filter(vector -> vector != null)
                .toList();
        if (questions.isEmpty()) {
            throw Session.wrong("collection '" + name + "' has no rows with vectors to search for");
        }
        long[] nanos = new long[searches];
        for (int i = 0; i < searches; i++) {
            session.signal().check();
            long start = System.nanoTime();
            collection.search(SearchRequest.nearest(questions.get(i % questions.size()), k));
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        double total = Arrays.stream(nanos).sum() / 1e9;
        session.show(List.of(Obj.of(
                "searches", searches,
                "k", k,
                "p50_ms", millis(nanos[searches / 2]),
                "p95_ms", millis(nanos[(int) (searches * 0.95)]),
                "p99_ms", millis(nanos[(int) (searches * 0.99)]),
                "per_second", String.format(Locale.ROOT, "%.0f", searches / total))));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
