package io.velesdb.index.hnsw;

import io.velesdb.host.Cancellation;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;

/** What one worker needs to find and choose neighbours. Distances to choose by are always exact. */
final class Linker {
    private static final int CHUNK = 8;

    final Walker walker = new Walker();
    final Scorer walking;
    final Scorer exact;
    private final boolean estimates;
    long[] candidates = new long[512];
    int count;
    final int[] chosen;
    int chosenCount;
    int[] slots = new int[512];
    float[] distances = new float[512];
    final int[] row;

    Linker(VectorSpace space, int m0) {
        exact = space.newScorer(Scorer.Kind.GRAPH);
        estimates = space.coded();
        walking = estimates ? space.newScorer(Scorer.Kind.COARSE) : space.newScorer(Scorer.Kind.GRAPH);
        chosen = new int[m0];
        row = new int[m0];
    }

    void attach(VectorSpace.View view) {
        exact.attach(view);
        walking.attach(view);
    }

    /** Starts the search for the neighbours of a slot: the way down to just above {@code level}. */
    long descend(Graph graph, int slot, int level, int efConstruction) {
        walking.query(slot);
        walker.prepare(graph, efConstruction);
        long key = walker.start(graph, walking);
        return level < graph.topLevel() ? walker.descend(graph, walking, graph.topLevel(), level, key) : key;
    }

    /** The nearest rows at a level above 0 become the candidates; returns where to go on, one level lower. */
    long searchUpper(Graph graph, int level, long start, int efConstruction, int keep) {
        walker.walkUpper(graph, walking, level, start, efConstruction);
        take(keep);
        for (int i = 0; i < count; i++) {
            candidates[i] = Keys.of(Keys.distance(candidates[i]), graph.slotOf()[Keys.node(candidates[i])]);
        }
        return walker.key(0);
    }

    /** The nearest slots become the candidates. */
    void searchLevel0(Graph graph, long start, int efConstruction, int keep) {
        walker.walk(
                graph, walking, start, efConstruction, Integer.MAX_VALUE, 0f, 0f, Integer.MAX_VALUE, Cancellation.NONE);
        take(keep);
    }

    private void take(int keep) {
        count = estimates ? Math.min(keep, walker.size()) : walker.size();
        room(count);
        for (int i = 0; i < count; i++) {
            candidates[i] = walker.key(i);
        }
    }

    /** Adds those of the slots [from, to) that are nearer than the farthest candidate. */
    void addNearer(int from, int to) {
        long worst = count > 0 ? candidates[count - 1] : Long.MAX_VALUE;
        for (int a = from; a < to; a += 256) {
            int n = Math.min(256, to - a);
            room(count + n);
            for (int i = 0; i < n; i++) {
                slots[i] = a + i;
            }
            walking.score(slots, n, distances);
            for (int i = 0; i < n; i++) {
                long key = Keys.of(distances[i], a + i);
                if (key < worst) {
                    candidates[count++] = key;
                }
            }
        }
    }

    /** Chooses at most {@code most} of the candidates for a slot. */
    void choose(int slot, int most) {
        if (estimates) {
            scoreCandidates(slot);
        }
        rank(slot);
        select(most);
    }

    /** Exact distances for the candidates. */
    private void scoreCandidates(int slot) {
        for (int i = 0; i < count; i++) {
            slots[i] = Keys.node(candidates[i]);
        }
        exact.query(slot);
        exact.score(slots, count, distances);
        for (int i = 0; i < count; i++) {
            candidates[i] = Keys.of(distances[i], slots[i]);
        }
    }

    /**
     * Orders the candidates, nearest first, and among equal distances the slots next to this one. With the lowest slots
     * preferred, all copies of a vector would link to its first few, and those, being full, to none of the later ones; so
     * they link in a chain.
     */
    private void rank(int slot) {
        for (int i = 0; i < count; i++) {
            candidates[i] = ranked(Keys.distance(candidates[i]), Keys.node(candidates[i]), slot);
        }
        Arrays.sort(candidates, 0, count);
        for (int i = 0; i < count; i++) {
            candidates[i] = Keys.of(Keys.distance(candidates[i]), unranked(candidates[i], slot));
        }
    }

    private static long ranked(float distance, int candidate, int slot) {
        int difference = candidate - slot;
        return (long) Keys.sortable(distance) << 32 | (difference << 1 ^ difference >> 31) & 0xFFFF_FFFFL;
    }

    private static int unranked(long key, int slot) {
        int zigzag = (int) key;
        return slot + (zigzag >>> 1 ^ -(zigzag & 1));
    }

    /** Takes {@code slots[0..n)} as the candidates of a slot and chooses among them. */
    void chooseAmong(int slot, int n, int most) {
        room(n);
        count = n;
        for (int i = 0; i < n; i++) {
            candidates[i] = slots[i];
        }
        scoreCandidates(slot);
        rank(slot);
        select(most);
    }

    /**
     * The heuristic of the HNSW paper: a candidate is chosen unless a chosen one is nearer to it than the row is. At most
     * half of the chosen are copies of the row, so that a crowd of copies keeps its links to the rest.
     */
    private void select(int most) {
        int n = 0;
        for (int i = 0; i < count && n < most; i++) {
            int candidate = Keys.node(candidates[i]);
            float distance = Keys.distance(candidates[i]);
            if (distance <= 0f && n >= most / 2) {
                continue;
            }
            if (n == 0 || diverse(candidate, distance, n)) {
                chosen[n++] = candidate;
            }
        }
        chosenCount = n;
    }

    private boolean diverse(int candidate, float distance, int n) {
        exact.query(candidate);
        for (int a = 0; a < n; a += CHUNK) {
            int part = Math.min(CHUNK, n - a);
            System.arraycopy(chosen, a, slots, 0, part);
            exact.score(slots, part, distances);
            for (int i = 0; i < part; i++) {
                if (distances[i] < distance) {
                    return false;
                }
            }
        }
        return true;
    }

    void room(int n) {
        if (candidates.length < n) {
            candidates = Arrays.copyOf(candidates, 2 * n);
        }
        if (slots.length < n + Scorer.PADDING) {
            slots = Arrays.copyOf(slots, 2 * n + Scorer.PADDING);
            distances = new float[slots.length];
        }
    }
}
