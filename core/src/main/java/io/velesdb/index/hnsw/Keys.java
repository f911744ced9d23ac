package io.velesdb.index.hnsw;

/**
 * A distance and a node in one long that sorts by distance, then by node: the float's bits made sortable above, the node
 * below. Bit 31 is free for a mark.
 */
final class Keys {
    /** Set on a node whose links were followed. */
    static final long DONE = 0x8000_0000L;

    private Keys() {}

    static long of(float distance, int node) {
        return (long) sortable(distance) << 32 | node;
    }

    static int sortable(float distance) {
        // the canonical NaN sorts last; raw ones may carry a sign, and differ from host to host
        int bits = Float.floatToIntBits(distance);
        return bits ^ (bits >> 31 & 0x7FFF_FFFF);
    }

    static float distance(long key) {
        int bits = (int) (key >> 32);
        return Float.intBitsToFloat(bits ^ (bits >> 31 & 0x7FFF_FFFF));
    }

    static int node(long key) {
        return (int) key & 0x7FFF_FFFF;
    }
}
