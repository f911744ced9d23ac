package io.velesdb.search;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Bitmaps that queries reuse, so that a filtered search allocates nothing that grows with the collection. */
final class BitmapPool {
    private static final int PLACES = 16;

    /** Larger ones are left to the garbage collector: 16 MiB is a bitmap of 134 million slots. */
    private static final int LARGEST_KEPT = 2 << 20;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
    private static final AtomicReference<long @Nullable []>[] POOL = new AtomicReference[PLACES];

    static {
        for (int i = 0; i < PLACES; i++) {
            POOL[i] = new AtomicReference<>();
        }
    }

    private BitmapPool() {}

    /** An array of at least {@code words} words with any content. */
    static long[] acquire(int words) {
        for (AtomicReference<long @Nullable []> place : POOL) {
            if (place.get() != null) {
                long[] found = place.getAndSet(null);
                if (found != null) {
                    if (found.length >= words) {
                        return found;
                    }
                    break;
                }
            }
        }
        return new long[words + (words >>> 3) + 1];
    }

    static void release(long[] bitmap) {
        if (bitmap.length > LARGEST_KEPT) {
            return;
        }
        for (AtomicReference<long @Nullable []> place : POOL) {
            if (place.get() == null && place.compareAndSet(null, bitmap)) {
                return;
            }
        }
    }
}
