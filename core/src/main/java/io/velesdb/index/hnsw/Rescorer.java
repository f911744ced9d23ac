package io.velesdb.index.hnsw;

import io.velesdb.vector.Scorer;
import org.jspecify.annotations.Nullable;

/** Scores the best rows by estimate exactly, as many as may belong to the answer, into {@link SearchScratch#nearest}. */
final class Rescorer {
    /** Rows that one pass of the widest kernel scores. */
    private static final int RESCORED_AT_ONCE = 4;

    private static final int REFINED_AT_ONCE = 16;

    private Rescorer() {}

    /**
     * Offers the nearest rows of a ranking with exact scores: at least {@code plan.rescored()}, then as long as a row's
     * estimate is not so far beyond the k-th exact distance that it cannot belong to the answer. Where there are better
     * codes than those of the walk, they rank first. Where codes are all there is to score by, the scores are theirs.
     *
     * @param most the most rows to score
     * @param margin deviations of an estimate by which a row may lie beyond
     */
    static void rescore(
            Ranking found, int most, float margin, SearchPlan plan, int k, SlotIds ids, SearchScratch scratch) {
        Scorer estimating = scratch.walking();
        Nearest nearest = scratch.nearest;
        nearest.reset(k, ids);
        int end = Math.min(most, found.size());
        boolean exactly = plan.rescoredAtMost() > 0;
        float beyond = margin * estimating.deviation();
        Ranking ranking = found;
        if (exactly && estimating.refines()) {
            ranking = refine(found, end, beyond, plan, k, scratch);
            end = ranking.size();
            beyond = margin * estimating.refinedDeviation();
        }
        int done = 0;
        int next = exactly ? Math.min(plan.rescored(), end) : end;
        while (true) {
            while (done < next) {
                int n = Math.min(SearchScratch.BLOCK, next - done);
                for (int i = 0; i < n; i++) {
                    scratch.slots[i] = Keys.node(ranking.key(done + i));
                }
                if (exactly) {
                    offer(scratch.exact, n, nearest, scratch);
                } else {
                    offerEstimates(n, scratch);
                }
                done += n;
            }
            if (done == end || Keys.distance(ranking.key(done)) > estimating.estimateOf(nearest.farthest()) + beyond) {
                break;
            }
            next = Math.min(end, done + RESCORED_AT_ONCE);
        }
    }

    /** The nearest of the first {@code end} rows by the better codes, as far as their estimates reach {@code beyond}. */
    private static Ranking refine(Ranking found, int end, float beyond, SearchPlan plan, int k, SearchScratch scratch) {
        Scorer scorer = scratch.walking();
        Nearest refined = scratch.refined;
        Nearest best = scratch.members;
        refined.reset(plan.refined(k), null);
        best.reset(k, null);
        int done = 0;
        int next = Math.min(plan.rescored(), end);
        while (done < next) {
            int n = Math.min(SearchScratch.BLOCK, next - done);
            for (int i = 0; i < n; i++) {
                scratch.slots[i] = Keys.node(found.key(done + i));
            }
            scorer.refine(scratch.slots, n, scratch.distances);
            refined.offer(scratch.distances, scratch.slots, n);
            best.offer(scratch.distances, scratch.slots, n);
            done += n;
            if (done == next && done < end && Keys.distance(found.key(done)) <= best.farthest() + beyond) {
                next = Math.min(end, done + REFINED_AT_ONCE);
            }
        }
        refined.sort();
        return refined;
    }

    /**
     * Offers the candidates that are not linked yet: by exact distance those whose estimate is not so far beyond the k-th
     * one that they cannot belong to the answer.
     */
    static void addWaiting(
            HnswIndex.View view, long @Nullable [] accept, float margin, SearchPlan plan, SearchScratch scratch) {
        Scorer scorer = scratch.walking();
        Nearest nearest = scratch.nearest;
        boolean coded = view.vectors().coded();
        int end = view.vectors().slots();
        int slot = view.graph().slots();
        while (slot < end) {
            int n = 0;
            for (; slot < end && n < SearchScratch.BLOCK; slot++) {
                if (accept == null || Walker.contains(accept, slot)) {
                    scratch.slots[n++] = slot;
                }
            }
            if (coded && nearest.isFull()) {
                scorer.score(scratch.slots, n, scratch.distances);
                float farthest = scorer.estimateOf(nearest.farthest()) + margin * scorer.deviation();
                n = Scorer.within(farthest, scratch.slots, n, scratch.distances);
            }
            if (coded && plan.rescoredAtMost() == 0) {
                offerEstimates(n, scratch);
            } else {
                offer(scratch.exact, n, nearest, scratch);
            }
        }
    }

    static void offer(Scorer scorer, int n, Nearest into, SearchScratch scratch) {
        scorer.score(scratch.slots, n, scratch.distances);
        into.offer(scratch.distances, scratch.slots, n);
    }

    /** Offers the scores that the codes of {@code scratch.slots[0..n)} stand for. */
    private static void offerEstimates(int n, SearchScratch scratch) {
        Scorer scorer = scratch.walking();
        scorer.refine(scratch.slots, n, scratch.distances);
        for (int i = 0; i < n; i++) {
            scratch.nearest.offer(scorer.keyOf(scratch.distances[i]), scratch.slots[i]);
        }
    }
}
