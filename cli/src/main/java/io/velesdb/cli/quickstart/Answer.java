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
import java.util.List;
import java.util.Locale;

/**
 * What a question found, and how long it took.
 *
 * @param question what was asked
 * @param request the search in all entries
 * @param embedMillis to turn the question into a vector
 * @param plain what the search found
 * @param filtered what it found within the question's filter
 * @param matching entries for which the filter holds
 */
public record Answer(
        Question question, SearchRequest request, double embedMillis, Found plain, Found filtered, long matching) {
    /** The longest name of a lexicographer file is verb.communication. */
    private static final int LEXFILE_WIDTH = 18;

    private static final int LEAST_TEXT = 20;

    /**
     * The result of one search.
     *
     * @param hits best first
     * @param millis the time it took
     */
    public record Found(List<Hit> hits, double millis) {}

    /** Embeds the question and searches twice. */
    public static Answer to(Question question, VectorCollection entries, Embedder embedder, int k) {
        long start = System.nanoTime();
        float[] vector = embedder.embed(question.text());
        double embedMillis = (System.nanoTime() - start) / 1e6;
        SearchRequest request = SearchRequest.nearest(vector, k);
        return new Answer(
                question,
                request,
                embedMillis,
                search(entries, request),
                search(entries, request.where(question.filter())),
                entries.count(question.filter()));
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
                "filtered_search", json(filtered));
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
        out.println(terminal.faint(String.format(
                Locale.ROOT,
                "  embedded in %.1f ms, searched in %.1f and %.1f ms",
                embedMillis,
                plain.millis,
                filtered.millis)));
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
            String lexfile = Display.left(Display.plain(String.valueOf(payload.text("lexfile"))), LEXFILE_WIDTH) + "  ";
            String text = Display.plain(String.valueOf(payload.text("text")));
            out.println(start
                    + terminal.faint(lexfile)
                    + Display.cut(text, Math.max(LEAST_TEXT, width - start.length() - lexfile.length())));
        }
    }
}
