package io.velesdb.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Measures several ways to do something in turn, so that what disturbs one disturbs the others. Each item counts with its
 * quickest round.
 */
final class InTurn {
    private static final long WARM_UP = 2_000_000_000;

    private record Way(String name, IntToDoubleFunction micros, double[] best) {}

    private final List<Way> ways = new ArrayList<>();

    /** @param micros does an item and says how long that took */
    void add(String name, int items, IntToDoubleFunction micros) {
        double[] best = new double[items];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        ways.add(new Way(name, micros, best));
    }

    /** Adds a way that is timed here. */
    void time(String name, int items, Item item) {
        add(name, items, i -> {
            long start = System.nanoTime();
            item.run(i);
            return (System.nanoTime() - start) / 1e3;
        });
    }

    /** What is timed. */
    interface Item {
        void run(int item);
    }

    /** First each way for itself until it is warm, then all of them round by round. */
    void run(int rounds) {
        for (Way way : ways) {
            long end = System.nanoTime() + WARM_UP;
            for (int i = 0; System.nanoTime() < end; i = (i + 1) % way.best.length) {
                var _ = way.micros.applyAsDouble(i);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways) {
                for (int i = 0; i < way.best.length; i++) {
                    way.best[i] = Math.min(way.best[i], way.micros.applyAsDouble(i));
                }
            }
        }
    }

    /** The median item, in microseconds. */
    double p50(String name) {
        for (Way way : ways) {
            if (way.name.equals(name)) {
                double[] sorted = way.best.clone();
                Arrays.sort(sorted);
                int middle = sorted.length / 2;
                return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            }
        }
        throw new IllegalArgumentException("nothing measured is called '" + name + "'");
    }
}
