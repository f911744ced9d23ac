package io.velesdb.cli.shell;

import io.velesdb.IndexDefinition;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.SearchableCollection;
import io.velesdb.StatementText;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How statements run and how fast, and the indexes that help them. */
final class AnalysisCommands {
    private static final String GROUP = "Plans and indexes";

    private AnalysisCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        GROUP,
                        ".explain",
                        "STATEMENT",
                        "how a statement would run",
                        1,
                        Command.ANY,
                        (s, w) -> s.explain(w.rest(1), false)),
                new Command(
                        GROUP,
                        ".explain-analyze",
                        "STATEMENT",
                        "runs it and shows what was measured",
                        1,
                        Command.ANY,
                        (s, w) -> s.explain(w.rest(1), true)),
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
                new Command(GROUP, ".indexes", "NAME", "the declared indexes", 1, 1, AnalysisCommands::indexes),
                new Command(
                        GROUP,
                        ".create-index",
                        "NAME FIELD [--type T] [--label L]",
                        "indexes a member of the payloads",
                        2,
                        6,
                        (s, w) -> {
                            IndexDefinition definition = definition(w);
                            boolean made = s.collection(w.get(1)).createIndex(definition);
                            s.say(made ? "index created" : "the index is there already");
                        }),
                new Command(
                        GROUP,
                        ".drop-index",
                        "NAME FIELD [--type T] [--label L]",
                        "removes such an index",
                        2,
                        6,
                        (s, w) -> {
                            IndexDefinition definition = definition(w);
                            boolean dropped = s.collection(w.get(1)).dropIndex(definition);
                            s.say(dropped ? "index dropped" : "there is no such index");
                        }));
    }

    private static void indexes(Session session, Words words) {
        session.show(session.collection(words.get(1)).indexes().stream()
                .map(index -> Obj.of(
                        "field", index.definition().field().toString(),
                        "type", index.definition().kind().canonicalName(),
                        "label", index.definition().label(),
                        "entries", index.entries(),
                        "waiting", index.waiting(),
                        "cardinality", index.cardinality(),
                        "bytes", index.memoryBytes()))
                .toList());
    }

    private static IndexDefinition definition(Words words) {
        String type = words.option("--type");
        String label = words.option("--label");
        if (words.size() != 3) {
            throw Session.wrong("name one collection and one field: see .help " + words.get(0));
        }
        String field = words.get(2);
        return switch (type == null ? "secondary" : type.toLowerCase(Locale.ROOT)) {
            case "secondary" -> IndexDefinition.secondary(field);
            case "trigram" -> IndexDefinition.trigram(field);
            case "geo" -> IndexDefinition.geo(field);
            case "property" -> IndexDefinition.property(needed(label), field);
            case "range" -> IndexDefinition.range(needed(label), field);
            default ->
                throw Session.wrong(
                        "there is no type of index '" + type + "': use secondary, trigram, geo, property or range");
        };
    }

    private static String needed(@Nullable String label) {
        if (label == null) {
            throw Session.wrong("such an index is over the nodes of a label: add --label LABEL");
        }
        return label;
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
