package io.velesdb.cli.quickstart;

import io.velesdb.Hit;
import io.velesdb.HybridHit;
import io.velesdb.HybridRequest;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.cli.console.Display;
import io.velesdb.cli.console.Terminal;
import io.velesdb.embedder.Embedder;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a question found, and how long it took.
 *
 * @param question what was asked
 * @param request the search in all entries
 * @param embedMillis to turn the question into a vector
 * @param plain what the search found
 * @param filtered what it found within the question's filter
 * @param matching entries for which the filter holds
 * @param hybrid what a search by meaning and words at once found
 * @param kinds what kind of thing an entry near the question is
 * @param neighbours what relations connect to what is near the question
 */
public record Answer(
        Question question,
        SearchRequest request,
        double embedMillis,
        Found plain,
        Found filtered,
        long matching,
        Timed<List<HybridHit>> hybrid,
        Timed<Relations.Kinds> kinds,
        Timed<List<Relations.Neighbour>> neighbours) {
    /** The longest name of a lexicographer file is verb.communication. */
    private static final int LEXFILE_WIDTH = 18;

    private static final int FOUND_BY_WIDTH = "meaning".length();

    private static final int LEAST_TEXT = 20;

    /** The searches beside the first one show so many entries at most. */
    private static final int FEW = 3;

    /**
     * The result of one search.
     *
     * @param hits best first
     * @param millis the time it took
     */
    public record Found(List<Hit> hits, double millis) {}

    /**
     * Something found.
     *
     * @param value what it is
     * @param millis the time it took
     */
    public record Timed<T>(T value, double millis) {
        private static <T> Timed<T> of(Supplier<T> work) {
            long start = System.nanoTime();
            T value = work.get();
            return new Timed<>(value, (System.nanoTime() - start) / 1e6);
        }
    }

    /** Embeds the question and asks it in every way. */
    public static Answer to(Question question, VectorCollection entries, Embedder embedder, int k) {
        long start = System.nanoTime();
        float[] vector = embedder.embed(question.text());
        double embedMillis = (System.nanoTime() - start) / 1e6;
        SearchRequest request = SearchRequest.nearest(vector, k);
        int few = Math.min(k, FEW);
        return new Answer(
                question,
                request,
                embedMillis,
                search(entries, request),
                search(entries, request.where(question.filter())),
                entries.count(question.filter()),
                Timed.of(() ->
                        entries.hybridSearch(HybridRequest.top(few).near(vector).matching(question.text()))),
                Timed.of(() -> Relations.kinds(entries, request)),
                Timed.of(() -> Relations.neighbours(entries, request, few)));
    }

    private static Found search(VectorCollection entries, SearchRequest request) {
        long start = System.nanoTime();
        List<Hit> hits = entries.search(request);
        return new Found(hits, (System.nanoTime() - start) / 1e6);
    }

    /** The search within the question's filter. */
    SearchRequest filteredRequest() {
        return request.where(question.filter());
    }

    /** The answer as JSON. */
    public Obj json() {
        return Obj.of(
                "question", question.text(),
                "embed_ms", WarmPace.rounded(embedMillis),
                "search", json(plain),
                "filter", question.filter().toJson(),
                "filter_matches", matching,
                "filtered_search", json(filtered),
                "hybrid_search",
                        Obj.of(
                                "ms", WarmPace.rounded(hybrid.millis),
                                "hits",
                                        Arr.of(hybrid.value.stream()
                                                .map(Answer::json)
                                                .toList())),
                "kinds", kinds.value.json().with("ms", WarmPace.rounded(kinds.millis)),
                "neighbours",
                        Obj.of(
                                "ms", WarmPace.rounded(neighbours.millis),
                                "hits",
                                        Arr.of(neighbours.value.stream()
                                                .map(Relations.Neighbour::json)
                                                .toList())));
    }

    private static Obj json(HybridHit hit) {
        return Obj.of(
                "id",
                Ids.toValue(hit.id()),
                "score",
                Double.parseDouble(Float.toString(hit.score())),
                "found_by",
                foundBy(hit),
                "payload",
                hit.payload() == null ? Value.NULL : hit.payload());
    }

    private static String foundBy(HybridHit hit) {
        boolean meaning = hit.parts().get(0) > 0;
        return meaning && hit.parts().get(1) > 0 ? "both" : meaning ? "meaning" : "words";
    }

    private static Obj json(Found found) {
        return Obj.of(
                "ms", WarmPace.rounded(found.millis),
                "hits", Arr.of(found.hits.stream().map(Answer::json).toList()));
    }

    private static Obj json(Hit hit) {
        return Obj.of(
                "id", Ids.toValue(hit.id()),
                "score", Double.parseDouble(Float.toString(hit.score())),
                "payload", hit.payload() == null ? Value.NULL : hit.payload());
    }

    /** The answer for people. */
    public void print(PrintWriter out, Terminal terminal, long entries) {
        int width = terminal.columns() == 0 ? Integer.MAX_VALUE : terminal.columns();
        out.println(terminal.bold(Display.plain(question.text())));
        print(out, terminal, width, String.format(Locale.ROOT, "nearest of %,d entries", entries), plain);
        print(
                out,
                terminal,
                width,
                String.format(Locale.ROOT, "%s (%,d entries)", question.restriction(), matching),
                filtered);
        out.println("  " + terminal.faint("by meaning and by words at once (hybrid)"));
        for (HybridHit hit : hybrid.value) {
            line(out, terminal, width, Display.left(foundBy(hit), FOUND_BY_WIDTH), hit.payload());
        }
        printKinds(out, terminal, width);
        printNeighbours(out, terminal, width);
        out.println(terminal.faint(String.format(
                Locale.ROOT,
                "  embedded in %.1f ms, searched in %.1f and %.1f ms, hybrid %.1f ms,",
                embedMillis,
                plain.millis,
                filtered.millis,
                hybrid.millis)));
        out.println(terminal.faint(String.format(
                Locale.ROOT, "  walked in %.1f ms, neighbours in %.1f ms", kinds.millis, neighbours.millis)));
        out.println();
    }

    private void printKinds(PrintWriter out, Terminal terminal, int width) {
        List<Point> way = kinds.value.entries();
        if (way.isEmpty()) {
            return;
        }
        out.println("  " + terminal.faint("what kind of thing is it? (along hypernym edges)"));
        out.println("    " + Display.cut(lemmas(way, " → "), Math.max(LEAST_TEXT, width - 4)));
    }

    private void printNeighbours(PrintWriter out, Terminal terminal, int width) {
        if (neighbours.value.isEmpty()) {
            return;
        }
        out.println("  " + terminal.faint("neighbours of neighbours in the graph, nearest first"));
        for (Relations.Neighbour neighbour : neighbours.value) {
            String start =
                    String.format(Locale.ROOT, "    %.3f  ", neighbour.hit().score());
            out.println(
                    start + Display.cut(lemmas(neighbour.way(), " – "), Math.max(LEAST_TEXT, width - start.length())));
        }
    }

    private static String lemmas(List<Point> way, String between) {
        return Display.plain(
                way.stream().map(entry -> Relations.lemma(entry.payload())).collect(Collectors.joining(between)));
    }

    private static void print(PrintWriter out, Terminal terminal, int width, String heading, Found found) {
        out.println("  " + terminal.faint(heading));
        if (found.hits.isEmpty()) {
            out.println("    nothing");
        }
        for (Hit hit : found.hits) {
            line(out, terminal, width, String.format(Locale.ROOT, "%.3f", hit.score()), hit.payload());
        }
    }

    private static void line(PrintWriter out, Terminal terminal, int width, String first, @Nullable Obj entry) {
        String start = "    " + first + "  ";
        Obj payload = entry == null ? Obj.EMPTY : entry;
        String lexfile = Display.left(Display.plain(String.valueOf(payload.text("lexfile"))), LEXFILE_WIDTH) + "  ";
        String text = Display.plain(String.valueOf(payload.text("text")));
        out.println(start
                + terminal.faint(lexfile)
                + Display.cut(text, Math.max(LEAST_TEXT, width - start.length() - lexfile.length())));
    }
}
