package io.velesdb.index.column;

import io.velesdb.filter.Filter;

/** A box or a circle by an index of points: exact but for points that the index has not taken in. */
final class GeoPlan implements Plan {
    private static final int COST_OF_POINT = 200;
    private static final int COST_OF_PAYLOAD = 1_000;

    private final Filter.Leaf leaf;
    private final GeoPoints points;
    private final Column column;
    private final Workspace workspace;
    private final int slots;

    GeoPlan(Filter.Leaf leaf, GeoPoints points, Column column, Workspace workspace, int slots) {
        this.leaf = leaf;
        this.points = points;
        this.column = column;
        this.workspace = workspace;
        this.slots = slots;
    }

    @Override
    public void evaluate(Bounds into) {
        switch (leaf) {
            case Filter.GeoBox box -> points.addTo(into.certain(), slots, box);
            case Filter.GeoDistance circle -> points.addTo(into.certain(), slots, circle);
            default -> throw new IllegalStateException("no geographic condition: " + leaf);
        }
        if (points.hasInexact()) {
            points.addInexactTo(into.doubt(), slots);
        }
        if (points.covered() < slots) {
            long[] later = workspace.take(Bits.words(slots));
            Bits.clear(later, slots);
            column.objects.addTo(later, slots);
            Bits.clear(later, points.covered() & ~63);
            if ((points.covered() & 63) != 0) {
                later[points.covered() >>> 6] &= ~Bits.below(points.covered());
            }
            Bits.or(into.doubt(), later, slots);
            workspace.giveBack(later);
        }
    }

    @Override
    public int test(int slot) {
        return column.objects.contains(slot) ? MAYBE : NO;
    }

    @Override
    public int estimate() {
        return (int) Math.min(slots, points.candidates(leaf) + slots - Math.min(slots, points.covered()));
    }

    @Override
    public long costOfAll() {
        return COST_OF_POINT * points.candidates(leaf) + (slots >>> 7);
    }

    @Override
    public long costOfOne() {
        return COST_OF_PAYLOAD;
    }
}
