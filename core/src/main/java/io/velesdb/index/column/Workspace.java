package io.velesdb.index.column;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The bitmaps that one evaluation needs for a while, kept for the next one. Belongs to one evaluation at a time. */
final class Workspace {
    /** Larger bitmaps are left to the garbage collector: 2^18 words are 16 million slots. */
    private static final int LONGEST_KEPT = 1 << 18;

    private static final List<AtomicReference<@Nullable Workspace>> IDLE = places(8);

    private final List<long[]> free = new ArrayList<>();

    private static List<AtomicReference<@Nullable Workspace>> places(int count) {
        List<AtomicReference<@Nullable Workspace>> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new AtomicReference<>());
        }
        return places;
    }

    static Workspace acquire() {
        for (int i = 0; i < IDLE.size(); i++) {
            Workspace idle = IDLE.get(i).getAndSet(null);
            if (idle != null) {
                return idle;
            }
        }
        return new Workspace();
    }

    void release() {
        for (int i = 0; i < IDLE.size(); i++) {
            if (IDLE.get(i).compareAndSet(null, this)) {
                return;
            }
        }
    }

    /** A bitmap of at least {@code words} words with any content. */
    long[] take(int words) {
        while (!free.isEmpty()) {
            long[] bitmap = free.remove(free.size() - 1);
            if (bitmap.length >= words) {
                return bitmap;
            }
        }
        return new long[words + (words >>> 3)];
    }

    void giveBack(long[] bitmap) {
        if (bitmap.length <= LONGEST_KEPT) {
            free.add(bitmap);
        }
    }
}
