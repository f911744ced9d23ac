package io.velesdb.index.sparse;

import io.velesdb.SparseVector;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.index.TopSlots;
import io.velesdb.index.hnsw.SlotIds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One search: the lists of the query's indices side by side, window by window. */
final class InnerProducts {
    private static final int WINDOW = 4096;

    /** Sums of bounds may be rounded the other way than sums of products, by far less than this. */
    private static final double SLACK = 1e-9;

    private final int slots;
    private final long @Nullable [] allowed;
    private final Cancellation cancellation;

    private final int terms;
    private final WeightList.Entries[] lists;
    private final double[] weights;

    /** By list, the first entry that was not passed yet. */
    private final int[] next;

    private final double[] sums = new double[WINDOW];
    private final long[] touched = new long[WINDOW / 64];

    InnerProducts(
            NamedLists lists, SparseVector query, int slots, long @Nullable [] allowed, Cancellation cancellation) {
        this.slots = slots;
        this.allowed = allowed;
        this.cancellation = cancellation;
        this.lists = new WeightList.Entries[query.size()];
        weights = new double[query.size()];
        next = new int[query.size()];
        int count = 0;
        for (int i = 0; i < query.size(); i++) {
            WeightList list = lists.find(query.index(i));
            if (list != null) {
                this.lists[count] = list.entries();
                weights[count++] = query.weight(i);
            }
        }
        terms = count;
    }

    ScoredSlots best(int k, SlotIds ids) {
        TopSlots top = new TopSlots(k, ids);
        for (int from = firstSlot(); from < slots; from = firstSlot()) {
            cancellation.check();
            int start = from & ~(WINDOW - 1);
            int end = Math.min(slots, start + WINDOW);
            if (bound(end) < top.competitive()) {
                for (int t = 0; t < terms; t++) {
                    next[t] = lists[t].find(next[t], end);
                }
            } else {
                add(start, end);
                collect(start, top);
            }
        }
        return top.sorted();
    }

    private int firstSlot() {
        int first = Integer.MAX_VALUE;
        for (int t = 0; t < terms; t++) {
            first = Math.min(first, lists[t].slots()[next[t]]);
        }
        return first;
    }

    /** More than any row below {@code end} that was not passed yet can score. */
    private double bound(int end) {
        double bound = 0;
        for (int t = 0; t < terms; t++) {
            WeightList.Entries list = lists[t];
            double most = 0;
            int block = next[t] / WeightList.BLOCK;
            while (block < list.greatest().length && list.slots()[Math.max(next[t], block * WeightList.BLOCK)] < end) {
                double least = weights[t] * list.least()[block];
                double greatest = weights[t] * list.greatest()[block];
                most = Math.max(most, Math.max(least, greatest));
                block++;
            }
            bound += most;
        }
        return bound + bound * SLACK;
    }

    /** Adds the products of all rows of the window, by ascending index. */
    private void add(int start, int end) {
        for (int t = 0; t < terms; t++) {
            int[] at = lists[t].slots();
            float[] values = lists[t].weights();
            double weight = weights[t];
            int i = next[t];
            for (int slot = at[i]; slot < end; slot = at[++i]) {
                int place = slot - start;
                sums[place] += weight * values[i];
                touched[place >>> 6] |= 1L << place;
            }
            next[t] = i;
        }
    }

    private void collect(int start, TopSlots top) {
        double competitive = top.competitive();
        for (int w = 0; w < touched.length; w++) {
            long bits = touched[w];
            if (bits == 0) {
                continue;
            }
            long wanted = allowed == null ? bits : bits & allowed[(start >>> 6) + w];
            for (; wanted != 0; wanted &= wanted - 1) {
                int place = (w << 6) + Long.numberOfTrailingZeros(wanted);
                if (sums[place] >= competitive && top.offer(round(sums[place]), start + place)) {
                    competitive = top.competitive();
                }
            }
            touched[w] = 0;
            Arrays.fill(sums, w << 6, (w << 6) + 64, 0);
        }
    }

    /** To the nearest float, within the finite ones; zero has no sign, so that it ties with zero. */
    private static float round(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)) + 0f;
    }
}
