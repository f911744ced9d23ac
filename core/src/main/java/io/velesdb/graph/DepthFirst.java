package io.velesdb.graph;

import java.util.Arrays;

/**
 * Nodes in preorder. A node is found once, on the first way that leads to it, and its depth is that of this way. Where a
 * shorter way leads to it later, it is passed through again without being found again, for what lay beyond the greatest
 * depth before: so every node within that depth is found. An edge is followed at most once per depth.
 */
final class DepthFirst implements Walk {
    private final Scope scope;

    /** By node: 1 + the least depth at which it was entered; 1 as well for a node that may not be seen. */
    private final NodeValues entered;

    private final int maxDepth;

    /** By depth: the edges of the node that the way has there. */
    private Neighbors[] levels = new Neighbors[4];

    /** By depth: the edge that the way takes there. */
    private int[] way = new int[4];

    private int levelsMade;
    private int depth;
    private int node;
    private int depthReached;
    private int visited = 1;

    /** True when {@link #node} was reported and its edges are still to be followed. */
    private boolean enters;

    private boolean done;

    DepthFirst(Scope scope, int source, int maxDepth) {
        this.scope = scope;
        this.maxDepth = maxDepth;
        entered = new NodeValues(scope.graph().nodeBound());
        done = source < 0;
        if (!done) {
            entered.put(source, 1);
            node = source;
            enters = true;
        }
    }

    @Override
    public boolean next() {
        if (enters) {
            enters = false;
            if (depth < maxDepth) {
                level(depth).start(node);
            } else {
                depth--;
            }
        }
        while (!done && depth >= 0) {
            Neighbors neighbors = levels[depth];
            while (neighbors.next()) {
                scope.follow();
                int found = neighbors.node();
                int known = entered.get(found);
                if (known != 0 && known <= depth + 2 || !scope.admitsEdge(neighbors.edge())) {
                    continue;
                }
                if (known == 0 && !scope.admitsNode(found)) {
                    entered.put(found, 1);
                    continue;
                }
                way[depth] = neighbors.edge();
                depth++;
                entered.put(found, depth + 1);
                if (known == 0) {
                    node = found;
                    scope.holds(++visited);
                    depthReached = Math.max(depthReached, depth);
                    enters = true;
                    return true;
                }
                // a shorter way to a node that was found: what is new behind it is found, it is not
                neighbors = level(depth);
                neighbors.start(found);
            }
            depth--;
        }
        done = true;
        return false;
    }

    private Neighbors level(int at) {
        if (at == levels.length) {
            levels = Arrays.copyOf(levels, 2 * at);
            way = Arrays.copyOf(way, 2 * at);
        }
        if (at == levelsMade) {
            levels[at] = scope.neighbors();
            levelsMade++;
        }
        return levels[at];
    }

    @Override
    public int node() {
        return node;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public long[] path() {
        long[] path = new long[depth];
        for (int i = 0; i < path.length; i++) {
            path[i] = scope.graph().edgeId(way[i]);
        }
        return path;
    }

    @Override
    public long visited() {
        return visited;
    }

    @Override
    public long followed() {
        return scope.followed();
    }

    @Override
    public int depthReached() {
        return depthReached;
    }
}
