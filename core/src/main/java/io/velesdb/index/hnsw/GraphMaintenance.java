package io.velesdb.index.hnsw;

import io.velesdb.host.Concurrency;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a graph good after deletes: repairs links around dead rows in place, or moves the live rows to a new graph. In
 * both, new links are chosen in parallel from the graph as it was, then written: the same ones for any number of workers.
 */
final class GraphMaintenance {
    private static final int BATCH = 1_000;
    private static final int GRAIN = 8;

    private final GraphWriter graph;
    private final Concurrency concurrency;
    private final Relinker[] relinkers;
    private final int m0;

    GraphMaintenance(GraphWriter graph, HnswParameters parameters, Linker[] linkers, Concurrency concurrency) {
        this.graph = graph;
        this.concurrency = concurrency;
        m0 = parameters.m0();
        relinkers = new Relinker[linkers.length];
        for (int w = 0; w < linkers.length; w++) {
            relinkers[w] = new Relinker(linkers[w], parameters);
        }
    }

    static void attach(Linker[] linkers, VectorSpace.View view) {
        for (Linker linker : linkers) {
            linker.attach(view);
        }
    }

    /** Replaces the links to dead rows of the live ones in [from, to), at every level, and the entry if it died. */
    void repair(int from, int to, long[] live) {
        int end = Math.min(to, graph.slots());
        for (int base = Math.max(0, from); base < end; base += BATCH) {
            int first = base;
            int count = Math.min(BATCH, end - base);
            Graph before = graph.view();
            int[][][] found = new int[count][][];
            concurrency.forEach(count, GRAIN, (worker, a, b) -> {
                for (int i = a; i < b; i++) {
                    if (Walker.contains(live, first + i)) {
                        found[i] = levels(relinkers[worker], before, live, first + i, false);
                    }
                }
            });
            for (int i = 0; i < count; i++) {
                write(graph, first + i, found[i], null);
            }
        }
        if (graph.slots() > 0 && !Walker.contains(live, graph.entrySlot())) {
            graph.chooseEntry(live);
        }
    }

    /**
     * Fills an empty graph with the live rows in slot order.
     *
     * @param kept the live slots, ascending
     */
    void compactInto(GraphWriter target, int[] kept, int count) {
        Graph before = graph.view();
        long[] live = new long[(before.slots() + 63) >> 6];
        int[] moved = new int[before.slots()];
        Arrays.fill(moved, -1);
        for (int i = 0; i < count; i++) {
            live[kept[i] >> 6] |= 1L << kept[i];
            moved[kept[i]] = i;
            int upper = before.upperNumber(kept[i]);
            target.add(upper < 0 ? 0 : before.levelOf()[upper]);
        }
        for (int base = 0; base < count; base += BATCH) {
            int first = base;
            int batch = Math.min(BATCH, count - base);
            int[][][] found = new int[batch][][];
            concurrency.forEach(batch, GRAIN, (worker, a, b) -> {
                for (int i = a; i < b; i++) {
                    found[i] = levels(relinkers[worker], before, live, kept[first + i], true);
                }
            });
            for (int i = 0; i < batch; i++) {
                write(target, first + i, found[i], moved);
            }
        }
        long[] all = new long[(count + 63) >> 6];
        Arrays.fill(all, -1L);
        target.chooseEntry(all);
    }

    /** Per level of a row its links as slots; null where they stay as they are, unless {@code always}. */
    private static int[][] levels(Relinker relinker, Graph before, long[] live, int slot, boolean always) {
        int upper = before.upperNumber(slot);
        int[][] found = new int[1 + (upper < 0 ? 0 : before.levelOf()[upper])][];
        for (int level = 0; level < found.length; level++) {
            if (relinker.relink(before, live, slot, upper, level) || always) {
                found[level] = Arrays.copyOf(relinker.chosen(), relinker.count());
            }
        }
        return found;
    }

    /** Writes links of a row, renumbered by {@code moved} where that is given. */
    private void write(GraphWriter into, int slot, int @Nullable [][] found, int @Nullable [] moved) {
        if (found == null) {
            return;
        }
        int[] row = new int[m0];
        int own = found.length > 1 ? into.upperNumber(slot) : -1;
        for (int level = 0; level < found.length; level++) {
            int[] links = found[level];
            if (links == null) {
                continue;
            }
            Arrays.fill(row, -1);
            for (int i = 0; i < links.length; i++) {
                int target = moved == null ? links[i] : moved[links[i]];
                row[i] = level == 0 ? target : into.upperNumber(target);
            }
            if (level == 0) {
                into.level0.write(slot, row);
            } else {
                into.upper.write(into.upperRow(own, level), row);
            }
        }
    }
}
