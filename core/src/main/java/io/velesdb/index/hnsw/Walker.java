package io.velesdb.index.hnsw;

import io.velesdb.host.Cancellation;
import io.velesdb.vector.Scorer;
import java.util.Arrays;

/**
 * Walks a graph with one scorer. Best-first search with one sorted array instead of two heaps: candidates and results
 * stand in the same pool, a mark says whose links were followed. Few of the scored rows enter the pool, and most of those
 * near its end, so insertion from the end is cheap.
 *
 * <p>The walk stops when the nearest unfollowed row is farther than d_k * (1 + gamma) + slack, d_k being the k-th distance
 * found so far, or after so many hops. Belongs to one thread; grows to what was needed once.
 */
final class Walker implements Ranking {
    private static final int HOPS_BETWEEN_CHECKS = 256;

    /** Pools longer than this are shifted with a block move. */
    private static final int LONG_POOL = 512;

    private long[] visited = {};
    private long[] pool = {};
    private int size;
    private int[] links = {};
    private int[] nodes = {};
    private int[] slots = {};
    private float[] distances = {};
    private int hops;
    private long scored;

    /** Makes room for a graph and a pool of {@code capacity} rows. */
    void prepare(Graph graph, int capacity) {
        int words = (Math.max(graph.slots(), graph.upperCount()) + 63) >> 6;
        if (visited.length < words) {
            visited = new long[words + (words >> 3)];
        }
        if (pool.length < capacity + 1) {
            pool = new long[capacity + 1];
        }
        int row = Math.max(graph.level0().stride(), graph.upper().stride());
        if (links.length < row) {
            links = new int[row];
            nodes = new int[row + Scorer.PADDING];
            slots = new int[row + Scorer.PADDING];
            distances = new float[row + Scorer.PADDING];
        }
    }

    /** Rows in the pool. */
    @Override
    public int size() {
        return size;
    }

    /** The i-th nearest of the pool, without its mark. */
    @Override
    public long key(int i) {
        return pool[i] & ~Keys.DONE;
    }

    /** Rows whose links the last walk followed. */
    int hops() {
        return hops;
    }

    /** Rows scored by the walks and descents since {@link #resetScored}. */
    long scored() {
        return scored;
    }

    void resetScored() {
        scored = 0;
    }

    /** The entry and its distance: by upper number when the graph has upper levels, else by slot. */
    long start(Graph graph, Scorer scorer) {
        slots[0] = graph.entrySlot();
        scorer.score(slots, 1, distances);
        return Keys.of(distances[0], graph.entryUpper() < 0 ? graph.entrySlot() : graph.entryUpper());
    }

    /** Goes greedily from {@code key} through the levels {@code from}, from - 1, ... above {@code to}; upper numbers. */
    long descend(Graph graph, Scorer scorer, int from, int to, long key) {
        long best = key;
        for (int level = from; level > to; level--) {
            boolean moved = true;
            while (moved) {
                moved = false;
                int n = upperLinks(graph, Keys.node(best), level);
                scorer.score(slots, n, distances);
                scored += n;
                for (int i = 0; i < n; i++) {
                    long candidate = Keys.of(distances[i], nodes[i]);
                    if (candidate < best) {
                        best = candidate;
                        moved = true;
                    }
                }
            }
        }
        return best;
    }

    /** The same place at level 0. */
    static long toSlot(Graph graph, long key) {
        return graph.entryUpper() < 0 ? key : Keys.of(Keys.distance(key), graph.slotOf()[Keys.node(key)]);
    }

    /** Gathers the links of an upper number at a level into nodes and slots; skips what this state does not have. */
    private int upperLinks(Graph graph, int node, int level) {
        graph.upper().read(graph.rowOf()[node] + level - 1, links);
        int n = 0;
        for (int i = 0, end = graph.upper().stride(); i < end; i++) {
            int target = links[i];
            if (target < 0) {
                break;
            }
            if (target < graph.upperCount() && graph.levelOf()[target] >= level) {
                nodes[n] = target;
                slots[n++] = graph.slotOf()[target];
            }
        }
        return n;
    }

    /** The nearest {@code ef} upper numbers at a level above 0, into the pool. */
    void walkUpper(Graph graph, Scorer scorer, int level, long start, int ef) {
        clearVisited(graph.upperCount());
        long[] pool = this.pool;
        pool[0] = start & ~Keys.DONE;
        mark(Keys.node(start));
        int size = 1;
        int next = 0;
        while (next < size) {
            long key = pool[next];
            if ((key & Keys.DONE) != 0) {
                next++;
                continue;
            }
            pool[next++] = key | Keys.DONE;
            int found = upperLinks(graph, Keys.node(key), level);
            int n = 0;
            for (int i = 0; i < found; i++) {
                int node = nodes[i];
                if (mark(node)) {
                    nodes[n] = node;
                    slots[n++] = slots[i];
                }
            }
            scorer.score(slots, n, distances);
            for (int i = 0; i < n; i++) {
                long candidate = Keys.of(distances[i], nodes[i]);
                if (size == ef) {
                    if (candidate >= pool[size - 1]) {
                        continue;
                    }
                    size--;
                }
                int at = insert(pool, size++, candidate);
                next = Math.min(next, at);
            }
        }
        this.size = size;
    }

    /**
     * The nearest slots, into the pool.
     *
     * @param start where to begin: a slot and its distance
     * @param capacity the longest pool
     * @param k the pool's place whose distance decides when to stop
     * @param gamma how far beyond it to go, relative to it
     * @param slack how far beyond it to go besides
     * @param mostHops rows whose links are followed at most
     */
    void walk(
            Graph graph,
            Scorer scorer,
            long start,
            int capacity,
            int k,
            float gamma,
            float slack,
            int mostHops,
            Cancellation cancellation) {
        int count = graph.slots();
        clearVisited(count);
        final long[] pool = this.pool;
        final long[] visited = this.visited;
        final int[] links = this.links;
        final int[] slots = this.slots;
        final float[] distances = this.distances;
        final IntRows rows = graph.level0();
        final int stride = rows.stride();
        pool[0] = start & ~Keys.DONE;
        mark(Keys.node(start));
        int size = 1;
        int next = 0;
        int hops = 0;
        long met = 0;
        while (next < size) {
            long key = pool[next];
            if ((key & Keys.DONE) != 0) {
                next++;
                continue;
            }
            long bound = size > k ? bound(pool[k - 1], gamma, slack) : Long.MAX_VALUE;
            if (key > bound || hops == mostHops) {
                break;
            }
            pool[next++] = key | Keys.DONE;
            if ((++hops & HOPS_BETWEEN_CHECKS - 1) == 0) {
                cancellation.check();
            }
            rows.read(Keys.node(key), links);
            int n = 0;
            for (int i = 0; i < stride; i++) {
                int target = links[i];
                if (target < 0) {
                    break;
                }
                if (target < count) {
                    long word = visited[target >> 6];
                    slots[n] = target;
                    // no branch: whether a row was seen is a coin toss
                    n += (int) (~word >>> target) & 1;
                    visited[target >> 6] = word | 1L << target;
                }
            }
            if (n == 0) {
                continue;
            }
            scorer.score(slots, n, distances);
            met += n;
            for (int i = 0; i < n; i++) {
                long candidate = Keys.of(distances[i], slots[i]);
                if (candidate > bound) {
                    continue;
                }
                if (size == capacity) {
                    if (candidate >= pool[size - 1]) {
                        continue;
                    }
                    size--;
                }
                int at = insert(pool, size++, candidate);
                next = Math.min(next, at);
            }
        }
        this.size = size;
        this.hops = hops;
        scored += met;
    }

    /**
     * As {@link #walk}, but only slots in {@code accept} are results: those go to {@code results}, which must have been
     * reset, and their k-th distance decides when to stop.
     *
     * @param results receives the nearest members
     * @param members receives the k nearest members, to stop by
     * @return false when the hops ended the walk
     */
    boolean walkMembers(
            Graph graph,
            Scorer scorer,
            long start,
            int capacity,
            long[] accept,
            Nearest results,
            Nearest members,
            int k,
            float gamma,
            float slack,
            int mostHops,
            Cancellation cancellation) {
        int count = graph.slots();
        clearVisited(count);
        final long[] pool = this.pool;
        final IntRows rows = graph.level0();
        final int stride = rows.stride();
        int first = Keys.node(start);
        pool[0] = start & ~Keys.DONE;
        mark(first);
        if (contains(accept, first)) {
            results.offer(Keys.distance(start), first);
            members.offer(Keys.distance(start), first);
        }
        int size = 1;
        int next = 0;
        int hops = 0;
        while (next < size) {
            long key = pool[next];
            if ((key & Keys.DONE) != 0) {
                next++;
                continue;
            }
            long bound = members.size() == k ? bound(members.key(0), gamma, slack) : Long.MAX_VALUE;
            if (key > bound) {
                break;
            }
            if (hops == mostHops) {
                return false;
            }
            pool[next++] = key | Keys.DONE;
            if ((++hops & HOPS_BETWEEN_CHECKS - 1) == 0) {
                cancellation.check();
            }
            rows.read(Keys.node(key), links);
            int n = 0;
            for (int i = 0; i < stride; i++) {
                int target = links[i];
                if (target < 0) {
                    break;
                }
                if (target < count && mark(target)) {
                    slots[n++] = target;
                }
            }
            scorer.score(slots, n, distances);
            scored += n;
            for (int i = 0; i < n; i++) {
                long candidate = Keys.of(distances[i], slots[i]);
                if (candidate > bound) {
                    continue;
                }
                if (contains(accept, slots[i])) {
                    results.offer(distances[i], slots[i]);
                    members.offer(distances[i], slots[i]);
                }
                if (size == capacity) {
                    if (candidate >= pool[size - 1]) {
                        continue;
                    }
                    size--;
                }
                int at = insert(pool, size++, candidate);
                next = Math.min(next, at);
            }
        }
        this.size = size;
        this.hops = hops;
        return true;
    }

    static boolean contains(long[] set, int slot) {
        return slot >> 6 < set.length && (set[slot >> 6] >>> slot & 1) != 0;
    }

    /** The key beyond which nothing is worth following. Estimates can be a little below 0, where (1 + gamma) would shrink. */
    private static long bound(long kth, float gamma, float slack) {
        float distance = Keys.distance(kth);
        return Keys.of(distance + Math.abs(distance) * gamma + slack, Integer.MAX_VALUE);
    }

    private static int insert(long[] pool, int size, long key) {
        int at = size;
        if (size > LONG_POOL && pool[size - LONG_POOL] > key) {
            int low = 0;
            int high = size - LONG_POOL;
            while (low < high) {
                int middle = low + high >>> 1;
                if (pool[middle] < key) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            System.arraycopy(pool, low, pool, low + 1, size - low);
            pool[low] = key;
            return low;
        }
        while (at > 0 && pool[at - 1] > key) {
            pool[at] = pool[at - 1];
            at--;
        }
        pool[at] = key;
        return at;
    }

    /** Marks a node as visited; false when it was. */
    private boolean mark(int node) {
        long word = visited[node >> 6];
        visited[node >> 6] = word | 1L << node;
        return (word >>> node & 1) == 0;
    }

    private void clearVisited(int count) {
        Arrays.fill(visited, 0, (count + 63) >> 6, 0L);
    }
}
