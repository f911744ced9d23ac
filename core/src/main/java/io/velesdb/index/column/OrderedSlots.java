package io.velesdb.index.column;

import io.velesdb.value.Value;

/**
 * Walks the selected slots that have a field in the order of its values, upwards or downwards; slots whose values tie come
 * by ascending id in both directions. For one thread.
 */
public final class OrderedSlots {
    private final SortedRows rows;
    private final long[] selected;
    private final int limit;
    private final boolean ascending;

    /** What is left of the two runs: [mainFrom, mainTo) and [recentFrom, recentTo). */
    private int mainFrom;

    private int mainTo;
    private int recentFrom;
    private int recentTo;

    /** What is left of the slots whose values tie. */
    private int mainAt;

    private int mainEnd;
    private int recentAt;
    private int recentEnd;
    private int slot = -1;

    OrderedSlots(SortedRows rows, long[] selected, int limit, boolean ascending) {
        this.rows = rows;
        this.selected = selected;
        this.limit = limit;
        this.ascending = ascending;
        mainTo = rows.main.length;
        recentTo = rows.recent.length;
    }

    /** Steps to the next slot; false at the end. */
    public boolean next() {
        while (true) {
            while (mainAt < mainEnd || recentAt < recentEnd) {
                int candidate = takeTied();
                if (candidate < limit && (selected[candidate >>> 6] >>> candidate & 1) != 0) {
                    slot = candidate;
                    return true;
                }
            }
            if (mainFrom == mainTo && recentFrom == recentTo) {
                return false;
            }
            if (ascending) {
                takeLeast();
            } else {
                takeGreatest();
            }
        }
    }

    /** The slot that {@link #next} stepped to. */
    public int slot() {
        return slot;
    }

    private int takeTied() {
        if (recentAt == recentEnd) {
            return rows.main[mainAt++];
        }
        SortedRows.Entry entry = rows.recent[recentAt];
        if (mainAt < mainEnd) {
            int candidate = rows.main[mainAt];
            if (SortedRows.byId(rows.idAt(mainAt), candidate, entry.id(), entry.slot()) < 0) {
                mainAt++;
                return candidate;
            }
        }
        recentAt++;
        return entry.slot();
    }

    private void takeLeast() {
        int order = compare(mainFrom, recentFrom);
        if (order <= 0) {
            mainAt = mainFrom;
            do {
                mainFrom++;
            } while (mainFrom < mainTo && !rows.startsAt(mainFrom));
            mainEnd = mainFrom;
        }
        if (order >= 0) {
            recentAt = recentFrom;
            do {
                recentFrom++;
            } while (recentFrom < recentTo && ties(recentFrom - 1, recentFrom));
            recentEnd = recentFrom;
        }
    }

    private void takeGreatest() {
        int order = compare(mainTo - 1, recentTo - 1);
        if (order >= 0) {
            mainEnd = mainTo;
            do {
                mainTo--;
            } while (mainTo > mainFrom && !rows.startsAt(mainTo));
            mainAt = mainTo;
        }
        if (order <= 0) {
            recentEnd = recentTo;
            do {
                recentTo--;
            } while (recentTo > recentFrom && ties(recentTo - 1, recentTo));
            recentAt = recentTo;
        }
    }

    private boolean ties(int a, int b) {
        return Value.compare(rows.recent[a].value(), rows.recent[b].value()) == 0;
    }

    /** How the values at two places compare; a run that is at its end is beyond everything. */
    private int compare(int mainPlace, int recentPlace) {
        boolean noMain = mainFrom == mainTo;
        boolean noRecent = recentFrom == recentTo;
        if (noMain || noRecent) {
            int towards = ascending ? 1 : -1;
            return noMain ? towards : -towards;
        }
        return Value.compare(rows.valueAt(mainPlace), rows.recent[recentPlace].value());
    }
}
