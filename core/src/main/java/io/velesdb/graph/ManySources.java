package io.velesdb.graph;

import java.util.Arrays;

/**
 * What breadth-first walks from several sources find together: by depth, of one depth in the order of the sources, and
 * each node once, where it is nearest. A source is found if another one leads to it.
 *
 * <p>All sources walk at once, and a node is passed through for the two that come to it first: one of them may be the
 * node that is to be found behind it, which needs the other. A third can find nothing first. So time and memory are
 * those of two walks, however many sources there are.
 */
final class ManySources implements Walk {
    private final Scope scope;
    private final int[] starts;
    private final int maxDepth;
    private final Neighbors neighbors;

    /**
     * By node: o + 1 when the walk of {@code starts[o]} alone came to it, negative when nobody needs to come any more,
     * because two did or because the node may not be seen.
     */
    private final NodeValues arrived;

    /** Arrivals in order, those of the sources at themselves first. */
    private final Discoveries arrivals;

    /** For each, whose walk it is: an index of {@link #starts}. */
    private int[] origins;

    private int depthReached;
    private long visited;
    private boolean done;

    /** @param starts distinct nodes */
    ManySources(Scope scope, int[] starts, int maxDepth) {
        this.scope = scope;
        this.starts = starts;
        this.maxDepth = maxDepth;
        neighbors = scope.neighbors();
        arrived = new NodeValues(scope.graph().nodeBound());
        int count = starts.length;
        arrivals = new Discoveries(starts);
        origins = new int[Math.max(16, count)];
        for (int i = 0; i < count; i++) {
            origins[i] = i;
            arrived.put(starts[i], i + 1);
        }
        visited = count;
        done = count == 0 || maxDepth < 1;
        if (!done) {
            neighbors.start(arrivals.headNode());
        }
    }

    @Override
    public boolean next() {
        while (!done) {
            while (neighbors.next()) {
                scope.follow();
                if (arrives(neighbors.node(), neighbors.edge())) {
                    depthReached = depth();
                    return true;
                }
            }
            done = !arrivals.advance(maxDepth);
            if (!done) {
                neighbors.start(arrivals.headNode());
            }
        }
        return false;
    }

    /** Lets the walk under way come to a node; true when nobody found that before. */
    private boolean arrives(int node, int edge) {
        int origin = origins[arrivals.head()];
        int known = arrived.get(node);
        if (known < 0 || known == origin + 1 || !scope.admitsEdge(edge)) {
            return false;
        }
        if (!scope.admitsNode(node)) {
            arrived.put(node, -1);
            return false;
        }
        arrived.put(node, known == 0 ? origin + 1 : -known);
        add(node, edge, origin);
        if (known == 0) {
            visited++;
            return true;
        }
        return starts[known - 1] == node;
    }

    private void add(int node, int via, int origin) {
        int at = arrivals.size();
        if (at == origins.length) {
            origins = Arrays.copyOf(origins, EdgeTable.capacityFor(at + 1));
        }
        origins[at] = origin;
        arrivals.add(node, via);
        scope.holds(arrivals.size());
    }

    @Override
    public int node() {
        return arrivals.lastNode();
    }

    @Override
    public int depth() {
        return arrivals.headDepth() + 1;
    }

    @Override
    public long[] path() {
        return arrivals.pathToLast(scope.graph());
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
