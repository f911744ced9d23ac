package io.velesdb.index.hnsw;

import io.velesdb.vector.Scorer;
import io.velesdb.vector.Scores;
import io.velesdb.vector.VectorSpace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a search writes to, and its answer. Borrowed from {@link HnswIndex#acquire} and given back with {@link
 * HnswIndex#release}; belongs to one thread in between. The answer stays readable until the next search with it.
 */
public final class SearchScratch {
    /** Slots that one call of a scan scores. */
    static final int BLOCK = 256;

    private final VectorSpace space;
    final Walker walker = new Walker();
    final Nearest nearest = new Nearest();
    final Nearest candidates = new Nearest();
    final Nearest members = new Nearest();
    final Nearest refined = new Nearest();
    final int[] slots = new int[BLOCK + 64 + Scorer.SCAN_PADDING];
    final int[] kept = new int[Scan.KEPT + BLOCK + 64 + Scorer.SCAN_PADDING];
    final float[] distances = new float[kept.length];
    final Scorer exact;
    private @Nullable Scorer graph;
    private @Nullable Scorer code;
    private Scorer walking;

    private int[] hitSlots = new int[16];
    private float[] hitScores = new float[16];
    private int hits;

    SearchScratch(VectorSpace space) {
        this.space = space;
        exact = space.newScorer(Scorer.Kind.EXACT);
        walking = exact;
    }

    /** The number of hits of the last search. */
    public int hits() {
        return hits;
    }

    /** The slot of the i-th hit, best first. */
    public int slot(int i) {
        return hitSlots[i];
    }

    /** The score of the i-th hit. */
    public float score(int i) {
        return hitScores[i];
    }

    /** The rows that the walks of the last search scored: what it cost, whatever else the machine does. */
    public long scored() {
        return walker.scored();
    }

    /** Chooses the scorer that walks, and attaches it: codes where the view has them. */
    void walkOn(VectorSpace.View view) {
        Scorer chosen;
        if (view.coded()) {
            if (code == null) {
                code = space.newScorer(Scorer.Kind.CODE);
            }
            chosen = code;
        } else {
            if (graph == null) {
                graph = space.newScorer(Scorer.Kind.GRAPH);
            }
            chosen = graph;
        }
        chosen.attach(view);
        walking = chosen;
    }

    /** The scorer that {@link #walkOn} chose. */
    Scorer walking() {
        return walking;
    }

    void clear() {
        hits = 0;
        walker.resetScored();
    }

    /** Takes the sorted keys as the answer; true when it has the same slots in the same order as the one before. */
    boolean answer(Nearest sorted) {
        int n = sorted.size();
        boolean same = n == hits;
        if (hitSlots.length < n) {
            hitSlots = Arrays.copyOf(hitSlots, Math.max(n, 2 * hitSlots.length));
            hitScores = new float[hitSlots.length];
        }
        for (int i = 0; i < n; i++) {
            int slot = Keys.node(sorted.key(i));
            same &= hitSlots[i] == slot;
            hitSlots[i] = slot;
            hitScores[i] = Scores.score(space.metric(), Keys.distance(sorted.key(i)));
        }
        hits = n;
        return same;
    }
}
