package io.velesdb.index.column;

import org.jspecify.annotations.Nullable;

/**
 * What columns can say of the slots that a filter selects: those that it certainly does, and those that it possibly does.
 * Where the two are the same there is only one bitmap. Both come from a {@link Workspace} and go back with {@link
 * #release}.
 */
final class Bounds {
    private final Workspace workspace;
    private final int slots;
    private long[] certain;
    private long @Nullable [] possible;

    /** No slots at all. */
    Bounds(Workspace workspace, int slots) {
        this.workspace = workspace;
        this.slots = slots;
        certain = workspace.take(Bits.words(slots));
        Bits.clear(certain, slots);
    }

    /** The slots certainly selected. */
    long[] certain() {
        return certain;
    }

    /** The slots possibly selected, the certain ones included: the same array when nothing is in doubt. */
    long[] possible() {
        return possible == null ? certain : possible;
    }

    boolean isExact() {
        return possible == null;
    }

    /** Gives the possible slots a bitmap of their own, which starts as the certain ones. */
    long[] doubt() {
        long[] bitmap = possible;
        if (bitmap == null) {
            bitmap = workspace.take(Bits.words(slots));
            Bits.copy(certain, bitmap, slots);
            possible = bitmap;
        }
        return bitmap;
    }

    int countPossible() {
        return Bits.count(possible(), slots);
    }

    void and(Bounds other) {
        if (possible != null || other.possible != null) {
            Bits.and(doubt(), other.possible(), slots);
        }
        Bits.and(certain, other.certain, slots);
    }

    void or(Bounds other) {
        if (possible != null || other.possible != null) {
            Bits.or(doubt(), other.possible(), slots);
        }
        Bits.or(certain, other.certain, slots);
    }

    /** What was not possible becomes certain, and what was not certain possible. */
    void not() {
        Bits.not(certain, slots);
        long[] bitmap = possible;
        if (bitmap != null) {
            Bits.not(bitmap, slots);
            possible = certain;
            certain = bitmap;
        }
    }

    void release() {
        workspace.giveBack(certain);
        if (possible != null) {
            workspace.giveBack(possible);
        }
    }
}
