package io.velesdb.index.hnsw;

import io.velesdb.host.Cancellation;
import io.velesdb.host.Concurrency;
import io.velesdb.host.Platform;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.vector.Metric;
import io.velesdb.vector.Scorer;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The nearest-neighbour index of one collection; the package says how it works.
 *
 * <p>One writer appends vectors to the space, calls {@link #insert}, and publishes {@link #view}. Any thread searches a
 * view that was published to it:
 *
 * <pre>{@code
 * SearchScratch scratch = index.acquire();
 * try {
 *     index.search(view, query, 10, Effort.BALANCED, null, 0, ids, Cancellation.NONE, scratch);
 *     for (int i = 0; i < scratch.hits(); i++) {
 *         use(scratch.slot(i), scratch.score(i));
 *     }
 * } finally {
 *     index.release(scratch);
 * }
 * }</pre>
 */
public final class HnswIndex {
    private static final int LARGEST_BATCH = 1_000;
    private static final int BATCH_SHARE = 20;
    private static final int POOLED = 16;
    private static final int BLOCKS_BETWEEN_CHECKS = 16;

    private final HnswParameters parameters;
    private final VectorSpace space;
    private final Concurrency concurrency;
    private final Levels levels;
    private final GraphWriter graph;
    private final LinkBuffer buffer;

    /** Slots at which the codes are learned; the first of them also starts the graph. */
    private final int[] thresholds;

    private @Nullable Inserter inserter;

    /** Slots that {@link #insert} has seen. */
    private int inserted;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final AtomicReference<@Nullable SearchScratch>[] pool = new AtomicReference[POOLED];

    private HnswIndex(
            HnswParameters parameters,
            VectorSpace space,
            Concurrency concurrency,
            GraphWriter graph,
            LinkBuffer buffer) {
        this.parameters = parameters;
        this.buffer = buffer;
        this.space = space;
        this.concurrency = concurrency;
        this.graph = graph;
        levels = new Levels(parameters);
        thresholds = space.trainings();
        for (int i = 0; i < POOLED; i++) {
            pool[i] = new AtomicReference<>();
        }
    }

    /** An index over an empty space. */
    public static HnswIndex create(Platform platform, HnswParameters parameters, VectorSpace space) {
        return create(platform, parameters, space, LinkBuffer.PROMPT);
    }

    /** The same where slots wait otherwise. */
    public static HnswIndex create(Platform platform, HnswParameters parameters, VectorSpace space, LinkBuffer buffer) {
        GraphWriter graph = new GraphWriter(platform.createRows(parameters.m0()), platform.createRows(parameters.m()));
        return new HnswIndex(parameters, space, platform.concurrency(), graph, buffer);
    }

    /**
     * The index that {@link #save} wrote, over the space that was saved with it.
     *
     * @throws io.velesdb.VelesException VELES-006 when what is there does not fit
     */
    public static HnswIndex load(
            Platform platform, HnswParameters parameters, VectorSpace space, CheckpointReader in, String prefix) {
        GraphWriter graph = new GraphWriter(
                platform.openRows(in, prefix + "links0", parameters.m0()),
                platform.openRows(in, prefix + "links", parameters.m()));
        graph.load(in, prefix, space.size());
        return new HnswIndex(parameters, space, platform.concurrency(), graph, LinkBuffer.PROMPT).having(space.size());
    }

    /** Writes the graph as sections that start with {@code prefix}. The space is saved by itself. */
    public void save(CheckpointWriter out, String prefix) {
        graph.save(out, prefix);
    }

    /** The same graph over another space with the same vectors. This index stays as it is, for the views that readers hold. */
    public HnswIndex over(VectorSpace other) {
        return new HnswIndex(parameters, other, concurrency, graph, buffer).having(inserted);
    }

    /**
     * A new graph of another shape over the same space. This index stays as it is, for the views that readers hold.
     *
     * @param ids the ids of every slot
     */
    public HnswIndex rebuilt(Platform platform, HnswParameters shape, SlotIds ids) {
        GraphWriter fresh = new GraphWriter(platform.createRows(shape.m0()), platform.createRows(shape.m()));
        HnswIndex index = new HnswIndex(shape, space, concurrency, fresh, buffer).having(inserted);
        if (graph.slots() > 0) {
            index.link(ids, inserted);
        }
        return index;
    }

    /** The same graph whose new slots wait otherwise. Not to be used beside this index. */
    public HnswIndex waiting(LinkBuffer other) {
        return new HnswIndex(parameters, space, concurrency, graph, other).having(inserted);
    }

    private HnswIndex having(int slots) {
        inserted = slots;
        return this;
    }

    public HnswParameters parameters() {
        return parameters;
    }

    /**
     * The slots of the space that are linked, from 0 on: none while there are too few for a graph, then all but the last
     * few, which every search scores one by one.
     */
    public int linked() {
        return graph.slots();
    }

    /** Slots that wait to be linked; 0 while there are too few for a graph. */
    public int waiting() {
        return graph.slots() == 0 ? 0 : inserted - graph.slots();
    }

    /**
     * Inserts the slots [{@link VectorSpace#size} at the last call, now). Cheap below 1,500 slots; the call that reaches
     * 1,500, 10,000 or 100,000 also learns the codes and makes all of them anew.
     *
     * <p>Some are not linked yet, as the {@link LinkBuffer} says: the writer of a single row would wait for a walk by one
     * thread, while several rows are linked by all threads at once. What is linked depends on the numbers of slots per call
     * alone.
     *
     * @param ids the ids of every slot
     */
    public void insert(SlotIds ids) {
        int end = space.size();
        int arrived = end - inserted;
        int done = graph.slots() == 0 ? 0 : inserted;
        inserted = end;
        if (end < thresholds[0] || arrived == 0) {
            return;
        }
        if (done == 0) {
            space.train(thresholds[0], concurrency);
        }
        while (done < end) {
            // never across a threshold, so that what the codes learn depends on the sequence of vectors alone
            int bound = Math.min(end, nextThreshold(done));
            if (done >= thresholds[0]) {
                space.encode(done, bound, concurrency);
            }
            done = bound;
            link(ids, done < end ? done : buffer.end(graph.slots(), done, arrived));
            if (done > thresholds[0] && Arrays.binarySearch(thresholds, done) >= 0) {
                space.train(done, concurrency);
            }
        }
    }

    /**
     * Verifies the links and codes that opening left to be verified as they are used. Call it before a change is recorded: one
     * that met damage when it is applied could not be applied at all.
     *
     * @throws io.velesdb.VelesException VELES-008 when they are damaged
     */
    public void verify() {
        graph.level0.verify();
        graph.upper.verify();
        space.verify();
    }

    /**
     * Whether {@link #insert} of so many more slots would look at the vectors of others: for links, or to learn codes. Where
     * it is not known for sure, true.
     */
    public boolean readsVectorsFor(int arriving) {
        int end = space.size() + arriving;
        return end >= thresholds[0]
                && (graph.slots() == 0
                        || nextThreshold(inserted) <= end
                        || buffer.end(graph.slots(), end, arriving) > graph.slots());
    }

    /**
     * As {@link #verify}, of the vectors themselves.
     *
     * @throws io.velesdb.VelesException VELES-006 when they are damaged
     */
    public void verifyVectors() {
        space.verifyVectors();
    }

    /** The first threshold behind {@code slots}; the largest int behind the last. */
    private int nextThreshold(int slots) {
        for (int threshold : thresholds) {
            if (slots < threshold) {
                return threshold;
            }
        }
        return Integer.MAX_VALUE;
    }

    /**
     * Links the slots that {@link #insert} left waiting; for maintenance, which expects to find all of them in the graph.
     *
     * @param ids the ids of every slot
     */
    public void linkWaiting(SlotIds ids) {
        if (graph.slots() > 0) {
            link(ids, inserted);
        }
    }

    /**
     * Links the next of the slots that {@link #insert} left waiting.
     *
     * @param ids the ids of every slot
     * @param count at most so many
     */
    public void linkNext(SlotIds ids, int count) {
        if (graph.slots() > 0) {
            link(ids, (int) Math.min(inserted, (long) graph.slots() + count));
        }
    }

    /** Links the slots below {@code end} that are not linked yet. */
    private void link(SlotIds ids, int end) {
        VectorSpace.View view = space.view();
        for (int done = graph.slots(); done < end; done = graph.slots()) {
            int batch = Math.min(Math.max(1, Math.min(LARGEST_BATCH, done / BATCH_SHARE)), end - done);
            int[] batchLevels = new int[batch];
            for (int i = 0; i < batch; i++) {
                batchLevels[i] = levels.of(ids.id(done + i));
            }
            inserter().insert(view, done, batchLevels);
        }
    }

    /**
     * Replaces links to dead rows by links between live ones. Costs about as much per row as inserting it, and nothing for
     * rows without dead neighbours. Searches of earlier views go on.
     *
     * @param from the first slot whose links are looked at
     * @param to the slot behind the last one; may lie beyond the end
     * @param live the slots that are alive, as a bit set
     */
    public void repair(int from, int to, long[] live) {
        if (graph.slots() > 0) {
            maintenance().repair(from, to, live);
        }
    }

    /**
     * The index of a new space that takes the live rows, renumbered in slot order. Links and codes move with them; only
     * links to dead rows are chosen anew. This index stays as it is, for the views that readers hold. No slot may wait to be
     * linked.
     *
     * @param kept the live slots, ascending, {@code count} of them
     * @param target an empty space of the same kind with room for them
     */
    public HnswIndex compact(Platform platform, int[] kept, int count, VectorSpace target) {
        HnswIndex compacted = create(platform, parameters, target, buffer);
        boolean indexed = count >= thresholds[0] && graph.slots() > 0;
        target.copyFrom(space, kept, count, indexed);
        if (indexed) {
            maintenance().compactInto(compacted.graph, kept, count);
        }
        return compacted.having(count);
    }

    private GraphMaintenance maintenance() {
        Linker[] linkers = inserter().linkers;
        GraphMaintenance.attach(linkers, space.view());
        return new GraphMaintenance(graph, parameters, linkers, concurrency);
    }

    private Inserter inserter() {
        Inserter present = inserter;
        if (present == null || present.estimates != space.coded()) {
            present = new Inserter(graph, parameters, space, concurrency);
            inserter = present;
        }
        return present;
    }

    /** The state after the last {@link #insert}. */
    public View view() {
        return new View(space.view(), graph.view());
    }

    /**
     * A published state of the index. Immutable; safe for any thread.
     *
     * @param vectors the vectors, for reading too
     */
    public record View(VectorSpace.View vectors, Graph graph) {
        /** Slots that are scored one by one until they are linked; 0 while there is no graph. */
        public int waiting() {
            return graph.slots() == 0 ? 0 : vectors.slots() - graph.slots();
        }
    }

    /** Scratch space for one search at a time. */
    public SearchScratch acquire() {
        for (AtomicReference<@Nullable SearchScratch> place : pool) {
            if (place.get() != null) {
                SearchScratch scratch = place.getAndSet(null);
                if (scratch != null) {
                    return scratch;
                }
            }
        }
        return new SearchScratch(space);
    }

    /** Gives scratch space back; it must not be used afterwards. */
    public void release(SearchScratch scratch) {
        for (AtomicReference<@Nullable SearchScratch> place : pool) {
            if (place.get() == null && place.compareAndSet(null, scratch)) {
                return;
            }
        }
    }

    /** As the search with an oversampling, which is left to the index. */
    public int search(
            View view,
            float[] query,
            int k,
            Effort effort,
            long @Nullable [] accept,
            int acceptCount,
            SlotIds ids,
            Cancellation cancellation,
            SearchScratch scratch) {
        return search(view, query, k, effort, Rescoring.AS_NEEDED, accept, acceptCount, ids, cancellation, scratch);
    }

    /**
     * Finds the {@code k} nearest candidates; fewer only when there are fewer.
     *
     * @param query a vector of the space's dimension, finite
     * @param k at least 1
     * @param rescoring how many candidates of a walk on codes are scored exactly
     * @param accept the candidates as a bit set of slots; null: every slot of the view
     * @param acceptCount bits set in {@code accept}; ignored when that is null
     * @param ids the ids of the view's slots, to order equal scores
     * @param scratch receives the hits
     * @return the number of hits
     * @throws io.velesdb.VelesException whatever {@code cancellation} throws
     */
    public int search(
            View view,
            float[] query,
            int k,
            Effort effort,
            Rescoring rescoring,
            long @Nullable [] accept,
            int acceptCount,
            SlotIds ids,
            Cancellation cancellation,
            SearchScratch scratch) {
        scratch.clear();
        int slots = view.vectors().slots();
        int candidates = accept == null ? slots : acceptCount;
        if (candidates == 0) {
            return 0;
        }
        int wanted = Math.min(k, candidates);
        scratch.exact.attach(view.vectors());
        scratch.exact.query(query, 0);
        if (candidates <= SearchPlan.EXACT_CANDIDATES
                || effort.exact()
                || view.graph().slots() == 0
                || space.metric() == Metric.COSINE && !hasDirection(query)) {
            scanExactly(view, accept, wanted, ids, cancellation, scratch);
            return scratch.hits();
        }
        int ef = effort.firstEf(wanted, slots, space.dimension());
        int last = effort.lastEf(wanted, slots, space.dimension());
        scratch.walkOn(view.vectors());
        scratch.walking().query(query, 0);
        while (true) {
            boolean same = searchOnce(view, wanted, ef, rescoring, accept, candidates, ids, cancellation, scratch);
            if (ef >= last || same) {
                return scratch.hits();
            }
            ef = Math.min(last, 2 * ef);
        }
    }

    /**
     * Finds the {@code k} nearest of a list of slots exactly.
     *
     * @param slots candidates: distinct slots of the view; {@link Scorer#PADDING} is not needed
     */
    public int searchAmong(
            View view,
            float[] query,
            int k,
            int[] slots,
            int count,
            SlotIds ids,
            Cancellation cancellation,
            SearchScratch scratch) {
        scratch.clear();
        scratch.exact.attach(view.vectors());
        scratch.exact.query(query, 0);
        scratch.nearest.reset(Math.min(k, count), ids);
        for (int from = 0, block = 0; from < count; from += SearchScratch.BLOCK, block++) {
            int n = Math.min(SearchScratch.BLOCK, count - from);
            System.arraycopy(slots, from, scratch.slots, 0, n);
            Rescorer.offer(scratch.exact, n, scratch.nearest, scratch);
            if (block % BLOCKS_BETWEEN_CHECKS == BLOCKS_BETWEEN_CHECKS - 1) {
                cancellation.check();
            }
        }
        scratch.nearest.sort();
        scratch.answer(scratch.nearest);
        return scratch.hits();
    }

    /** One search with one ef; true when it repeats the answer that the scratch held. */
    private boolean searchOnce(
            View view,
            int k,
            int ef,
            Rescoring rescoring,
            long @Nullable [] accept,
            int candidates,
            SlotIds ids,
            Cancellation cancellation,
            SearchScratch scratch) {
        boolean coded = view.vectors().coded();
        SearchPlan plan = SearchPlan.of(ef, k, coded, scratch.walking().noise(), rescoring);
        Graph graph = view.graph();
        Walker walker = scratch.walker;
        Scorer scorer = scratch.walking();
        Nearest results = scratch.candidates;
        int waiting = waitingCandidates(view, accept);
        int linkedCandidates = candidates - waiting;
        int wanted = Math.min(k, linkedCandidates);
        boolean complete;
        if (accept == null) {
            walker.prepare(graph, plan.capacity());
            walker.walk(
                    graph,
                    scorer,
                    enter(graph, scorer, walker),
                    plan.capacity(),
                    wanted,
                    plan.gamma(),
                    plan.slack(scorer.deviation()),
                    plan.hops(),
                    cancellation);
            complete = walker.size() >= wanted;
            if (complete) {
                Rescorer.rescore(walker, plan.lookedAtAgain(), plan.margin(), plan, k, ids, scratch);
                Rescorer.addWaiting(view, accept, plan.margin(), plan, scratch);
                return finish(scratch);
            }
        } else if (wanted > 0 && plan.walksAmong(linkedCandidates, graph.slots(), k)) {
            int hops = plan.hopsAmong(linkedCandidates, graph.slots());
            walker.prepare(graph, hops);
            results.reset(plan.kept(k), null);
            scratch.members.reset(wanted, null);
            complete = walker.walkMembers(
                            graph,
                            scorer,
                            enter(graph, scorer, walker),
                            hops,
                            accept,
                            results,
                            scratch.members,
                            wanted,
                            plan.gamma(),
                            plan.slack(scorer.deviation()),
                            hops,
                            cancellation)
                    && results.size() >= wanted;
            if (complete) {
                results.sort();
                Rescorer.rescore(results, plan.lookedAtAgain(), plan.margin(), plan, k, ids, scratch);
                Rescorer.addWaiting(view, accept, plan.margin(), plan, scratch);
                return finish(scratch);
            }
        }
        if (!coded) {
            return scanExactly(view, accept, k, ids, cancellation, scratch);
        }
        int rescored = plan.rescoredByScan(k, candidates);
        results.reset(rescored, null);
        Scan.offerAll(scorer, view.vectors().slots(), accept, results, cancellation, scratch);
        results.sort();
        Rescorer.rescore(results, rescored, plan.scanMargin(), plan, k, ids, scratch);
        return finish(scratch);
    }

    /** Takes the hits in {@code scratch.nearest} as the answer; true when it repeats the one before. */
    private static boolean finish(SearchScratch scratch) {
        scratch.nearest.sort();
        return scratch.answer(scratch.nearest);
    }

    private static int waitingCandidates(View view, long @Nullable [] accept) {
        int from = view.graph().slots();
        int end = view.vectors().slots();
        if (accept == null) {
            return end - from;
        }
        int count = 0;
        for (int slot = from; slot < end; slot++) {
            count += Walker.contains(accept, slot) ? 1 : 0;
        }
        return count;
    }

    private static long enter(Graph graph, Scorer scorer, Walker walker) {
        long start = walker.start(graph, scorer);
        return Walker.toSlot(graph, walker.descend(graph, scorer, graph.topLevel(), 0, start));
    }

    private static boolean scanExactly(
            View view, long @Nullable [] accept, int k, SlotIds ids, Cancellation cancellation, SearchScratch scratch) {
        scratch.nearest.reset(k, ids);
        Scan.offerAll(scratch.exact, view.vectors().slots(), accept, scratch.nearest, cancellation, scratch);
        return finish(scratch);
    }

    private static boolean hasDirection(float[] query) {
        for (float x : query) {
            if (x != 0f) {
                return true;
            }
        }
        return false;
    }
}
