package io.velesdb.graph;

import java.util.Arrays;

/** Arrays of ids in ascending unsigned order. */
final class NodeIds {
    private NodeIds() {}

    static void sort(long[] ids) {
        flip(ids);
        Arrays.sort(ids);
        flip(ids);
    }

    /** The position of {@code id} in ascending ids, or -(insertion point) - 1. */
    static int find(long[] ids, long id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(ids[middle], id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private static void flip(long[] ids) {
        for (int i = 0; i < ids.length; i++) {
            ids[i] ^= Long.MIN_VALUE;
        }
    }
}
