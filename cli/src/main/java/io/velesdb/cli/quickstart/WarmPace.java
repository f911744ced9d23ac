package io.velesdb.cli.quickstart;

import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;

/**
 * What a search takes in a JVM that has compiled it: the first ones of a process tell more about the compiler than about
 * the database.
 *
 * @param plainMillis the median without a filter
 * @param filteredMillis the median with one
 */
public record WarmPace(double plainMillis, double filteredMillis) {
    private static final int MOST = 20_000;

    /** Repeats the searches of these questions for {@code millis} milliseconds; the last half of them counts. */
    public static WarmPace measure(VectorCollection entries, List<Answer> answers, long millis) {
        double[][] taken = new double[2][MOST];
        long end = System.nanoTime() + millis * 1_000_000;
        int rounds = 0;
        do {
            Answer answer = answers.get(rounds % answers.size());
            taken[0][rounds] = millis(entries, answer.request());
            taken[1][rounds] = millis(entries, answer.filteredRequest());
            rounds++;
        } while (rounds < MOST && System.nanoTime() < end);
        return new WarmPace(median(taken[0], rounds), median(taken[1], rounds));
    }

    private static double millis(VectorCollection entries, SearchRequest request) {
        long start = System.nanoTime();
        entries.search(request);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] taken, int count) {
        double[] last = Arrays.copyOfRange(taken, count / 2, count);
        Arrays.sort(last);
        return last[last.length / 2];
    }

    /** As JSON. */
    public Obj json() {
        return Obj.of("search_ms", rounded(plainMillis), "filtered_search_ms", rounded(filteredMillis));
    }

    static double rounded(double millis) {
        return Math.round(millis * 1_000) / 1e3;
    }
}
