package io.velesdb.index.column;

/** The slots that another plan leaves out. */
record NotPlan(Plan plan, int slots) implements Plan {
    @Override
    public void evaluate(Bounds into) {
        plan.evaluate(into);
        into.not();
    }

    @Override
    public int test(int slot) {
        return YES - plan.test(slot);
    }

    @Override
    public int estimate() {
        return slots;
    }

    @Override
    public long costOfAll() {
        return plan.costOfAll() + (slots >>> 7);
    }

    @Override
    public long costOfOne() {
        return plan.costOfOne();
    }
}
