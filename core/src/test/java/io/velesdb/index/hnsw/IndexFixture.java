package io.velesdb.index.hnsw;

import io.velesdb.host.Cancellation;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An index with its space and live rows, as an engine holds them; ids are slots. */
final class IndexFixture {
    final Platform platform;
    VectorSpace space;
    HnswIndex index;
    long[] live = {};
    int liveCount;

    IndexFixture(Platform platform, int dimension, Metric metric, HnswParameters parameters) {
        this.platform = platform;
        space = platform.createVectors(new StoreId(1, 0), dimension, metric);
        index = HnswIndex.create(platform, parameters, space);
    }

    /** Appends rows [from, to) in changes of {@code step} rows. */
    void insert(Points points, int from, int to, int step) {
        for (int at = from; at < to; at += step) {
            int end = Math.min(to, at + step);
            space.reserve(end - at);
            for (int row = at; row < end; row++) {
                int slot = space.append(points.all(), row * points.dimension());
                if (slot >> 6 >= live.length) {
                    live = Arrays.copyOf(live, 2 * live.length + 1);
                }
                live[slot >> 6] |= 1L << slot;
                liveCount++;
            }
            index.insert(slot -> slot);
        }
    }

    void delete(int slot) {
        if ((live[slot >> 6] >>> slot & 1) != 0) {
            live[slot >> 6] &= ~(1L << slot);
            liveCount--;
        }
    }

    boolean isLive(int slot) {
        return (live[slot >> 6] >>> slot & 1) != 0;
    }

    /** As the engine does it: maintenance finds no row waiting. */
    void repair(int from, int to) {
        index.linkWaiting(slot -> slot);
        index.repair(from, to, live);
    }

    void compact() {
        index.linkWaiting(slot -> slot);
        int[] kept = new int[liveCount];
        int n = 0;
        for (int slot = 0; slot < space.size(); slot++) {
            if (isLive(slot)) {
                kept[n++] = slot;
            }
        }
        VectorSpace next = platform.createVectors(new StoreId(1, 1), space.dimension(), space.metric());
        next.reserve(n);
        index = index.compact(platform, kept, n, next);
        space = next;
        live = new long[(n + 63) / 64];
        for (int slot = 0; slot < n; slot++) {
            live[slot >> 6] |= 1L << slot;
        }
    }

    /** Slots and scores, as text that shows every bit of both. */
    String answer(float[] query, int k, Effort effort) {
        SearchScratch scratch = search(query, k, effort, liveCount == space.size() ? null : live, liveCount);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < scratch.hits(); i++) {
            text.append(scratch.slot(i))
                    .append('=')
                    .append(Float.floatToIntBits(scratch.score(i)))
                    .append(' ');
        }
        index.release(scratch);
        return text.toString();
    }

    SearchScratch search(float[] query, int k, Effort effort, long @Nullable [] accept, int acceptCount) {
        SearchScratch scratch = index.acquire();
        index.search(index.view(), query, k, effort, accept, acceptCount, slot -> slot, Cancellation.NONE, scratch);
        return scratch;
    }

    /**
     * The share of the k nearest that a search finds. A hit counts when it is as near as the k-th of the truth: of rows
     * at equal distance any will do.
     */
    double recall(Points queries, int k, Effort effort) {
        return recall(queries, k, effort, liveCount == space.size() ? null : live, liveCount);
    }

    double recall(Points queries, int k, Effort effort, long @Nullable [] accept, int acceptCount) {
        int good = 0;
        int all = 0;
        boolean high = space.metric().higherIsBetter();
        for (int q = 0; q < queries.count(); q++) {
            float[] query = queries.get(q);
            SearchScratch truth = search(query, k, Effort.PERFECT, accept, acceptCount);
            float last = truth.score(truth.hits() - 1);
            all += truth.hits();
            index.release(truth);
            SearchScratch found = search(query, k, effort, accept, acceptCount);
            for (int i = 0; i < found.hits(); i++) {
                good += (high ? found.score(i) >= last : found.score(i) <= last) ? 1 : 0;
            }
            index.release(found);
        }
        return (double) good / all;
    }

    /** Everything that a checkpoint would hold, by section. */
    Map<String, byte[]> sections() {
        Sections sections = new Sections();
        space.save(sections, "vectors/");
        index.save(sections, "graph/");
        return sections.bytes;
    }

    /** A checkpoint in memory. */
    static final class Sections implements CheckpointWriter, CheckpointReader {
        final Map<String, byte[]> bytes = new HashMap<>();

        Sections() {}

        Sections(Map<String, byte[]> bytes) {
            this.bytes.putAll(bytes);
        }

        @Override
        public void section(String name, byte[] from, int length) {
            bytes.put(name, Arrays.copyOf(from, length));
        }

        @Override
        public boolean has(String name) {
            return bytes.containsKey(name);
        }

        @Override
        public byte[] section(String name) {
            return bytes.get(name);
        }
    }
}
