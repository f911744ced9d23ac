package io.velesdb.cli.quickstart;

import io.velesdb.Hit;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a question found, and how long it took.
 *
 * @param question what was asked
 * @param embedMillis to turn the question into a vector
 * @param plain the search in all entries
 * @param filtered the search within the filter
 * @param matching entries for which the filter holds
 */
public record Answer(Question question, double embedMillis, Found plain, Found filtered, long matching) {
    private static final int USUAL_WIDTH = 80;
    private static final int MOST_REPEATS = 1_000;
    private static final long REPEAT_NANOS = 100_000_000;

    /**
     * The result of one search.
     *
     * @param hits best first
     * @param firstMillis the search that gave them
     * @param warmMillis the median of the same search, repeated
     */
    public record Found(List<Hit> hits, double firstMillis, double warmMillis) {}

    /** Embeds the question and searches twice. */
    public static Answer to(Question question, VectorCollection entries, Embedder embedder, int k) {
        long start = System.nanoTime();
        float[] vector = embedder.embed(question.text());
        double embedMillis = (System.nanoTime() - start) / 1e6;
        SearchRequest request = SearchRequest.nearest(vector, k);
        return new Answer(
                question,
                embedMillis,
                search(entries, request),
                search(entries, request.where(question.filter())),
                entries.count(question.filter()));
    }

    private static Found search(VectorCollection entries, SearchRequest request) {
        long start = System.nanoTime();
        List<Hit> hits = entries.search(request);
        double firstMillis = (System.nanoTime() - start) / 1e6;
        // One search in a JVM that has just started says more about its compiler than about the database.
        double[] millis = new double[MOST_REPEATS];
        long end = System.nanoTime() + REPEAT_NANOS;
        int repeats = 0;
        while (repeats < MOST_REPEATS && System.nanoTime() < end) {
            long again = System.nanoTime();
            entries.search(request);
            millis[repeats++] = (System.nanoTime() - again) / 1e6;
        }
        Arrays.sort(millis, 0, repeats);
        return new Found(hits, firstMillis, repeats == 0 ? firstMillis : millis[repeats / 2]);
    }

    /** The answer as JSON. */
    public Obj json() {
        return Obj.of(
                "question", question.text(),
                "embed_ms", rounded(embedMillis),
                "search", json(plain),
                "filter", question.filter().toJson(),
                "filter_matches", matching,
                "filtered_search", json(filtered));
    }

    private static Obj json(Found found) {
        return Obj.of(
                "first_ms", rounded(found.firstMillis),
                "warm_ms", rounded(found.warmMillis),
                "hits", Arr.of(found.hits.stream().map(Answer::json).toList()));
    }

    private static Obj json(Hit hit) {
        return Obj.of(
                "id", Ids.toValue(hit.id()),
                "score", Double.parseDouble(Float.toString(hit.score())),
                "payload", hit.payload() == null ? Value.NULL : hit.payload());
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1_000) / 1e3;
    }

    /** The answer for people. */
    public void print(PrintWriter out, Terminal terminal, long entries) {
        int width = terminal.columns() == 0 ? USUAL_WIDTH : terminal.columns();
        out.println(terminal.bold(Display.plain(question.text())));
        print(out, terminal, width, String.format(Locale.ROOT, "nearest of %,d entries", entries), plain);
        print(
                out,
                terminal,
                width,
                String.format(Locale.ROOT, "%s (%,d entries)", question.restriction(), matching),
                filtered);
        out.println(terminal.faint(String.format(
                Locale.ROOT,
                "  embedding %.1f ms; searches %.2f and %.2f ms, once warm %.3f and %.3f ms",
                embedMillis,
                plain.firstMillis,
                filtered.firstMillis,
                plain.warmMillis,
                filtered.warmMillis)));
        out.println();
    }

    private static void print(PrintWriter out, Terminal terminal, int width, String heading, Found found) {
        out.println("  " + terminal.faint(heading));
        if (found.hits.isEmpty()) {
            out.println("    nothing");
        }
        for (Hit hit : found.hits) {
            String start = String.format(Locale.ROOT, "    %.3f  ", hit.score());
            Obj payload = hit.payload() == null ? Obj.EMPTY : hit.payload();
            String lexfile = Display.left(Display.plain(String.valueOf(payload.text("lexfile"))), 18);
            String text = Display.plain(String.valueOf(payload.text("text")));
            out.println(start + terminal.faint(lexfile) + Display.cut(text, width - start.length() - 18));
        }
    }
}
