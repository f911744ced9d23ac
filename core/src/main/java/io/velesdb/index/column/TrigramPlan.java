package io.velesdb.index.column;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over strings: those that the column keeps are tested by the leaf; of the others only those are in doubt that
 * have all of the pattern's trigrams, or are not covered by the index. Sets are intersected, the smallest first, as long
 * as each costs less than reading the payloads that it can be expected to save.
 */
final class TrigramPlan implements Plan {
    private static final int COST_OF_PAYLOAD = 1_000;

    /** A further set is worth its cost when it drops one row in so many of those that are left. */
    private static final int DROPPED_SHARE = 8;

    private final LeafPlan leaf;
    private final HashRows.Store strings;
    private final int stringCount;
    private final int covered;
    private final @Nullable List<SlotSet> postings;
    private final Workspace workspace;
    private final int slots;

    /** @param covered taken before {@code postings} were found */
    TrigramPlan(
            LeafPlan leaf,
            Column column,
            int covered,
            @Nullable List<SlotSet> postings,
            Workspace workspace,
            int slots) {
        this.leaf = leaf;
        this.covered = Math.min(covered, slots);
        this.postings = postings;
        this.workspace = workspace;
        this.slots = slots;
        strings = column.strings.store();
        stringCount = column.strings.count();
        leaf.leaveHashes();
    }

    @Override
    public void evaluate(Bounds into) {
        leaf.evaluate(into);
        long[] candidates = workspace.take(Bits.words(slots));
        Bits.clear(candidates, slots);
        List<SlotSet> sets = postings;
        if (sets != null) {
            intersect(sets, candidates);
        }
        if (covered < slots) {
            strings.addRangeTo(candidates, covered, slots);
        }
        Bits.or(into.doubt(), candidates, slots);
        workspace.giveBack(candidates);
    }

    /** The members of all sets that are covered. */
    private void intersect(List<SlotSet> sets, long[] candidates) {
        sets.get(0).addTo(candidates, covered);
        long[] other = workspace.take(Bits.words(slots));
        for (int i = 1; i < sets.size(); i++) {
            SlotSet set = sets.get(i);
            long left = Bits.count(candidates, slots);
            if (left == 0 || set.costOfAdding() + (slots >>> 6) > left / DROPPED_SHARE * COST_OF_PAYLOAD) {
                break;
            }
            Bits.clear(other, slots);
            set.addTo(other, covered);
            Bits.and(candidates, other, slots);
        }
        workspace.giveBack(other);
    }

    @Override
    public int test(int slot) {
        int answer = leaf.test(slot);
        if (answer != NO || !strings.contains(slot)) {
            return answer;
        }
        if (slot >= covered) {
            return MAYBE;
        }
        List<SlotSet> sets = postings;
        if (sets == null) {
            return NO;
        }
        for (int i = 0; i < sets.size(); i++) {
            if (!sets.get(i).contains(slot)) {
                return NO;
            }
        }
        return MAYBE;
    }

    @Override
    public int estimate() {
        List<SlotSet> sets = postings;
        long strings = sets == null ? 0 : sets.get(0).count();
        long uncovered = slots == 0 ? 0 : (long) stringCount * (slots - covered) / slots;
        return (int) Math.min(slots, leaf.estimate() + strings + uncovered);
    }

    @Override
    public long costOfAll() {
        List<SlotSet> sets = postings;
        return leaf.costOfAll()
                + (slots >>> 6)
                + (sets == null ? 0 : sets.get(0).costOfAdding());
    }

    @Override
    public long costOfOne() {
        return leaf.costOfOne() + 20;
    }
}
