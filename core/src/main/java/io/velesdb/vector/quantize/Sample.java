package io.velesdb.vector.quantize;

import io.velesdb.vector.SplitMix64;
import java.util.Arrays;

/** Some of many, chosen by a seed. */
final class Sample {
    private Sample() {}

    /** {@code size} distinct numbers of [0, count), ascending; all of them when there are not more. */
    static int[] of(int count, int size, long seed) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i;
        }
        if (size >= count) {
            return all;
        }
        long state = seed;
        for (int i = 0; i < size; i++) {
            state += 0x9E3779B97F4A7C15L;
            int other = i + (int) Long.remainderUnsigned(SplitMix64.finalise(state), count - i);
            int x = all[other];
            all[other] = all[i];
            all[i] = x;
        }
        int[] chosen = Arrays.copyOf(all, size);
        Arrays.sort(chosen);
        return chosen;
    }
}
