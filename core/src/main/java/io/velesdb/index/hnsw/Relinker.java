package io.velesdb.index.hnsw;

import java.util.Arrays;

/**
 * New links for rows whose neighbours died: among the neighbours that live and those that are reached through dead ones,
 * chosen as for a new row (consolidation of FreshDiskANN: Singh et al. 2021). Where deletes left too few of them, a
 * search finds more. Reads the graph and changes nothing; one per worker.
 */
final class Relinker {
    /** Dead rows that are passed through at most, and candidates that are taken at most. */
    private static final int MOST_DEAD = 64;

    private static final int MOST_CANDIDATES = 256;

    private final Linker linker;
    private final HnswParameters parameters;
    private final int[] row;
    private final int[] dead = new int[MOST_DEAD];
    private final SlotSet met = new SlotSet();

    Relinker(Linker linker, HnswParameters parameters) {
        this.linker = linker;
        this.parameters = parameters;
        row = new int[parameters.m0()];
    }

    /** Slots chosen by {@link #relink}, nearest first. */
    int[] chosen() {
        return linker.chosen;
    }

    int count() {
        return linker.chosenCount;
    }

    /**
     * Chooses the links of a live row at a level.
     *
     * @param upper its upper number; not used at level 0
     * @return false when none of its neighbours died, and {@link #chosen} are the links that it has
     */
    boolean relink(Graph graph, long[] live, int slot, int upper, int level) {
        met.clear();
        met.add(slot);
        int found = 0;
        int deadCount = 0;
        int n = read(graph, slot, upper, level);
        for (int i = 0; i < n; i++) {
            int target = row[i];
            if (met.add(target)) {
                if (Walker.contains(live, target)) {
                    linker.chosen[found++] = target;
                } else if (deadCount < MOST_DEAD) {
                    dead[deadCount++] = target;
                }
            }
        }
        linker.chosenCount = found;
        if (deadCount == 0) {
            return false;
        }
        int most = level == 0 ? parameters.m0() : parameters.m();
        linker.room(MOST_CANDIDATES);
        System.arraycopy(linker.chosen, 0, linker.slots, 0, found);
        found = throughDead(graph, live, level, deadCount, found);
        if (level == 0 && found < parameters.m() / 2) {
            found = bySearch(graph, live, slot, found);
        }
        linker.chooseAmong(slot, found, most);
        return true;
    }

    /** Goes on from the dead neighbours, in the order in which they are met. */
    private int throughDead(Graph graph, long[] live, int level, int deadNeighbours, int neighbours) {
        int deadCount = deadNeighbours;
        int found = neighbours;
        for (int d = 0; d < deadCount && found < MOST_CANDIDATES; d++) {
            int upper = level == 0 ? -1 : graph.upperNumber(dead[d]);
            int n = read(graph, dead[d], upper, level);
            for (int i = 0; i < n && found < MOST_CANDIDATES; i++) {
                int target = row[i];
                if (!met.add(target)) {
                    continue;
                }
                if (Walker.contains(live, target)) {
                    linker.slots[found++] = target;
                } else if (deadCount < MOST_DEAD) {
                    dead[deadCount++] = target;
                }
            }
        }
        return found;
    }

    /** Adds the live ones among the nearest rows of the whole graph. */
    private int bySearch(Graph graph, long[] live, int slot, int neighbours) {
        int[] kept = Arrays.copyOf(linker.slots, neighbours);
        int ef = parameters.efConstruction();
        long start = linker.descend(graph, slot, 0, ef);
        linker.searchLevel0(graph, Walker.toSlot(graph, start), ef, ef);
        int found = neighbours;
        linker.room(found + linker.count);
        System.arraycopy(kept, 0, linker.slots, 0, neighbours);
        for (int i = 0; i < linker.count; i++) {
            int candidate = Keys.node(linker.candidates[i]);
            if (Walker.contains(live, candidate) && met.add(candidate)) {
                linker.slots[found++] = candidate;
            }
        }
        return found;
    }

    /** The links of a row that exist, as slots, into {@link #row}. */
    private int read(Graph graph, int slot, int upper, int level) {
        if (level == 0) {
            graph.level0().read(slot, row);
            return Graph.valid(row, graph.level0().stride(), graph.slots());
        }
        graph.upper().read(graph.rowOf()[upper] + level - 1, row);
        int n = 0;
        int valid = Graph.valid(row, graph.upper().stride(), graph.upperCount());
        for (int i = 0; i < valid; i++) {
            if (graph.levelOf()[row[i]] >= level) {
                row[n++] = graph.slotOf()[row[i]];
            }
        }
        return n;
    }
}
