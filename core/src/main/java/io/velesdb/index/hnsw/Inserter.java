package io.velesdb.index.hnsw;

import io.velesdb.host.Concurrency;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;

/**
 * Links new slots into the graph, one batch at a time: every row of a batch searches the graph as it was before the batch,
 * in parallel, and scans the rows of the batch before it; then outgoing links are written in slot order; then each row
 * that was linked to takes its new links, alone and so in parallel again. The same graph for any number of workers.
 */
final class Inserter {
    /** Nearest rows by estimate that get an exact distance. */
    private static final int KEEP = 100;

    private static final int SEARCH_GRAIN = 4;
    private static final int LINK_GRAIN = 16;
    private static final int SOURCE_BITS = 20;

    private final GraphWriter graph;
    private final HnswParameters parameters;
    private final Concurrency concurrency;
    final Linker[] linkers;
    final boolean estimates;

    Inserter(GraphWriter graph, HnswParameters parameters, VectorSpace space, Concurrency concurrency) {
        this.graph = graph;
        this.parameters = parameters;
        this.concurrency = concurrency;
        estimates = space.coded();
        linkers = new Linker[concurrency.workers()];
        for (int w = 0; w < linkers.length; w++) {
            linkers[w] = new Linker(space, parameters.m0());
        }
    }

    /**
     * Inserts the slots [base, base + levels.length) of the view, at most 2^20.
     *
     * @param levels the level of each
     */
    void insert(VectorSpace.View view, int base, int[] levels) {
        int batch = levels.length;
        for (Linker linker : linkers) {
            linker.attach(view);
        }
        int[][] found = new int[batch][];
        if (base > 0) {
            Graph before = graph.view();
            concurrency.forEach(batch, SEARCH_GRAIN, (worker, from, to) -> {
                for (int i = from; i < to; i++) {
                    found[i] = search(linkers[worker], before, base, base + i, levels[i]);
                }
            });
        }
        for (int level : levels) {
            graph.add(level);
        }
        if (base > 0) {
            link(base, levels, found);
        }
        for (int i = 0; i < batch; i++) {
            graph.offerEntry(base + i, levels[i]);
        }
    }

    /** The chosen neighbours of a slot: from its level down to 0, a count and so many slots. */
    private int[] search(Linker linker, Graph before, int base, int slot, int level) {
        int m = parameters.m();
        int[] found = new int[(level + 1) * (m + 1)];
        int n = Math.max(0, level - before.topLevel()); // no neighbours above the top
        long start = linker.descend(before, slot, level, parameters.efConstruction());
        for (int l = Math.min(level, before.topLevel()); l > 0; l--) {
            start = linker.searchUpper(before, l, start, parameters.efConstruction(), KEEP);
            linker.choose(slot, m);
            n = append(linker, found, n);
        }
        linker.searchLevel0(before, Walker.toSlot(before, start), parameters.efConstruction(), KEEP);
        linker.addNearer(base, slot);
        linker.choose(slot, m);
        n = append(linker, found, n);
        return n == found.length ? found : Arrays.copyOf(found, n);
    }

    private static int append(Linker linker, int[] found, int at) {
        found[at++] = linker.chosenCount;
        System.arraycopy(linker.chosen, 0, found, at, linker.chosenCount);
        return at + linker.chosenCount;
    }

    /** Writes the links of the new slots, then the links back to them. */
    private void link(int base, int[] levels, int[][] found) {
        int total = 0;
        for (int[] f : found) {
            total += f.length;
        }
        long[] back = new long[total];
        int n = 0;
        int[] row = new int[parameters.m0()];
        for (int i = 0; i < levels.length; i++) {
            int at = 0;
            int own = levels[i] > 0 ? graph.upperNumber(base + i) : -1;
            for (int level = levels[i]; level >= 0; level--) {
                int count = found[i][at++];
                Arrays.fill(row, -1);
                for (int j = 0; j < count; j++) {
                    int target = found[i][at++];
                    row[j] = level == 0 ? target : graph.upperNumber(target);
                    back[n++] = (long) level << 31 + SOURCE_BITS | (long) target << SOURCE_BITS | i;
                }
                if (level == 0) {
                    graph.level0.write(base + i, row);
                } else {
                    graph.upper.write(graph.upperRow(own, level), row);
                }
            }
        }
        Arrays.sort(back, 0, n);
        int[] starts = new int[n + 1];
        int groups = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || back[i] >>> SOURCE_BITS != back[i - 1] >>> SOURCE_BITS) {
                starts[groups++] = i;
            }
        }
        starts[groups] = n;
        concurrency.forEach(groups, LINK_GRAIN, (worker, from, to) -> {
            for (int g = from; g < to; g++) {
                linkBack(linkers[worker], base, back, starts[g], starts[g + 1]);
            }
        });
    }

    /** Adds the sources of one target at one level to its links; where they do not fit, chooses anew among all. */
    private void linkBack(Linker linker, int base, long[] back, int from, int to) {
        int level = (int) (back[from] >>> 31 + SOURCE_BITS);
        int target = (int) (back[from] >>> SOURCE_BITS) & Integer.MAX_VALUE;
        IntRows rows = level == 0 ? graph.level0 : graph.upper;
        int at = level == 0 ? target : graph.upperRow(graph.upperNumber(target), level);
        int[] row = linker.row;
        int most = rows.stride();
        rows.read(at, row);
        int n = Graph.valid(row, most, level == 0 ? graph.slots() : graph.upperCount());
        Arrays.fill(row, n, row.length, -1);
        if (n + to - from <= most) {
            for (int i = from; i < to; i++) {
                row[n++] = node(level, source(base, back[i]));
            }
            rows.write(at, row);
            return;
        }
        linker.room(n + to - from);
        for (int i = 0; i < n; i++) {
            linker.slots[i] = level == 0 ? row[i] : graph.slotOfUpper(row[i]);
        }
        for (int i = from; i < to; i++) {
            linker.slots[n++] = source(base, back[i]);
        }
        linker.chooseAmong(target, n, most);
        for (int i = 0; i < most; i++) {
            row[i] = i < linker.chosenCount ? node(level, linker.chosen[i]) : -1;
        }
        rows.write(at, row);
    }

    private static int source(int base, long back) {
        return base + (int) (back & (1 << SOURCE_BITS) - 1);
    }

    private int node(int level, int slot) {
        return level == 0 ? slot : graph.upperNumber(slot);
    }
}
