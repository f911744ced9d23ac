package io.velesdb.index.column;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The slots that all of several plans select. The plan that selects the fewest goes first; each further one is answered
 * for all slots, or only for those that are left, whichever is cheaper.
 */
final class AndPlan implements Plan {
    private final List<Plan> plans;
    private final Workspace workspace;
    private final int slots;

    /** @param plans at least one */
    AndPlan(List<Plan> plans, Workspace workspace, int slots) {
        this.plans = new ArrayList<>(plans);
        this.plans.sort(Comparator.comparingInt(Plan::estimate));
        this.workspace = workspace;
        this.slots = slots;
    }

    @Override
    public void evaluate(Bounds into) {
        plans.get(0).evaluate(into);
        for (int i = 1; i < plans.size(); i++) {
            int left = into.countPossible();
            if (left == 0) {
                return;
            }
            Plan next = plans.get(i);
            if (left * next.costOfOne() < next.costOfAll()) {
                keep(into, next);
            } else {
                Bounds other = new Bounds(workspace, slots);
                next.evaluate(other);
                into.and(other);
                other.release();
            }
        }
    }

    /** Takes away the slots that {@code plan} does not select, one by one. */
    private void keep(Bounds bounds, Plan plan) {
        for (int w = 0, n = Bits.words(slots); w < n; w++) {
            for (long rest = bounds.possible()[w]; rest != 0; rest &= rest - 1) {
                long bit = Long.lowestOneBit(rest);
                int answer = plan.test((w << 6) + Long.numberOfTrailingZeros(rest));
                if (answer == YES) {
                    continue;
                }
                if (answer == MAYBE) {
                    bounds.doubt();
                } else {
                    bounds.possible()[w] &= ~bit;
                }
                bounds.certain()[w] &= ~bit;
            }
        }
    }

    @Override
    public int test(int slot) {
        int answer = YES;
        for (int i = 0; i < plans.size() && answer != NO; i++) {
            answer = Math.min(answer, plans.get(i).test(slot));
        }
        return answer;
    }

    @Override
    public int estimate() {
        return plans.get(0).estimate();
    }

    @Override
    public long costOfAll() {
        Plan first = plans.get(0);
        long sum = first.costOfAll();
        for (int i = 1; i < plans.size(); i++) {
            Plan next = plans.get(i);
            sum += Math.min(first.estimate() * next.costOfOne(), next.costOfAll()) + (slots >>> 7);
        }
        return sum;
    }

    @Override
    public long costOfOne() {
        long sum = 0;
        for (int i = 0; i < plans.size(); i++) {
            sum += plans.get(i).costOfOne();
        }
        return sum;
    }
}
