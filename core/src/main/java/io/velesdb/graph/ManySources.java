package io.velesdb.graph;

/**
 * What breadth-first walks from several sources find together: by depth, of one depth in the order of the sources, and
 * each node once, where it is nearest. A source is found if another one leads to it.
 */
final class ManySources implements Walk {
    private final BreadthFirst[] walks;
    private final int minDepth;
    private final NodeSet reported;

    /** True for a walk that stands at a node of a greater depth than was asked of it. */
    private final boolean[] waits;

    private final boolean[] ended;
    private int alive;
    private int at;
    private int depth = 1;
    private int current;

    ManySources(BreadthFirst[] walks, int minDepth, int nodeBound) {
        this.walks = walks;
        this.minDepth = minDepth;
        reported = new NodeSet(nodeBound);
        waits = new boolean[walks.length];
        ended = new boolean[walks.length];
        alive = walks.length;
    }

    @Override
    public boolean next() {
        while (alive > 0) {
            for (; at < walks.length; at++) {
                if (nextOf(at)) {
                    return true;
                }
            }
            at = 0;
            depth++;
        }
        return false;
    }

    /** Steps to the next node of this depth that one of the walks finds first. */
    private boolean nextOf(int which) {
        BreadthFirst walk = walks[which];
        while (!ended[which]) {
            if (!waits[which] && !walk.next()) {
                ended[which] = true;
                alive--;
                return false;
            }
            waits[which] = walk.depth() > depth;
            if (waits[which]) {
                return false;
            }
            if (depth >= minDepth && reported.add(walk.node())) {
                current = which;
                return true;
            }
        }
        return false;
    }

    @Override
    public int node() {
        return walks[current].node();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public long[] path() {
        return walks[current].path();
    }

    @Override
    public long visited() {
        long sum = 0;
        for (BreadthFirst walk : walks) {
            sum += walk.visited();
        }
        return sum;
    }

    @Override
    public long followed() {
        long sum = 0;
        for (BreadthFirst walk : walks) {
            sum += walk.followed();
        }
        return sum;
    }

    @Override
    public int depthReached() {
        int deepest = 0;
        for (BreadthFirst walk : walks) {
            deepest = Math.max(deepest, walk.depthReached());
        }
        return deepest;
    }
}
