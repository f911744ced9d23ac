package io.velesdb.index.column;

import java.util.List;

/** The slots that any of several plans selects. */
record OrPlan(List<Plan> plans, Workspace workspace, int slots) implements Plan {
    @Override
    public void evaluate(Bounds into) {
        for (int i = 0; i < plans.size(); i++) {
            Bounds next = new Bounds(workspace, slots);
            plans.get(i).evaluate(next);
            into.or(next);
            next.release();
        }
    }

    @Override
    public int test(int slot) {
        int answer = NO;
        for (int i = 0; i < plans.size() && answer != YES; i++) {
            answer = Math.max(answer, plans.get(i).test(slot));
        }
        return answer;
    }

    @Override
    public int estimate() {
        long sum = 0;
        for (int i = 0; i < plans.size(); i++) {
            sum += plans.get(i).estimate();
        }
        return (int) Math.min(sum, slots);
    }

    @Override
    public long costOfAll() {
        long sum = 0;
        for (int i = 0; i < plans.size(); i++) {
            sum += plans.get(i).costOfAll() + (slots >>> 7);
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
