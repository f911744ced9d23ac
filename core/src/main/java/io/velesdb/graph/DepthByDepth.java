package io.velesdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ManySources} finds when nodes that are too near do not count: a node that is near to one source and far
 * enough from another is found by the other, so each source has to walk alone. For each depth they walk again, one after
 * the other, and only one walk is held at a time; a source that ended at a smaller depth walks no more.
 */
final class DepthByDepth implements Walk {
    private final Scope scope;
    private final int maxDepth;
    private final NodeSet found;
    private final NodeSet reported;

    /** The sources that may still reach further; those before {@link #kept} reach beyond this depth, perhaps. */
    private final int[] starts;

    private int count;
    private int kept;
    private int at = -1;
    private int depth;
    private int depthReached;
    private @Nullable BreadthFirst walk;

    /** @param starts distinct nodes */
    DepthByDepth(Scope scope, int[] starts, int minDepth, int maxDepth) {
        this.scope = scope;
        this.maxDepth = maxDepth;
        this.starts = Arrays.copyOf(starts, starts.length);
        count = starts.length;
        depth = minDepth;
        found = new NodeSet(scope.graph().nodeBound());
        reported = new NodeSet(scope.graph().nodeBound());
        for (int start : starts) {
            found.add(start);
        }
    }

    @Override
    public boolean next() {
        do {
            BreadthFirst current = walk;
            while (current != null && current.next()) {
                found.add(current.node());
                depthReached = Math.max(depthReached, current.depth());
                if (current.depth() == depth && reported.add(current.node())) {
                    return true;
                }
            }
        } while (nextWalk(walk));
        return false;
    }

    private boolean nextWalk(@Nullable BreadthFirst ended) {
        if (ended != null && ended.depthReached() == depth) {
            starts[kept++] = starts[at];
        }
        at++;
        if (at >= count) {
            count = kept;
            kept = 0;
            at = 0;
            depth++;
        }
        if (count == 0 || depth > maxDepth) {
            count = 0;
            walk = null;
            return false;
        }
        walk = new BreadthFirst(scope, starts[at], depth);
        return true;
    }

    private BreadthFirst current() {
        BreadthFirst current = walk;
        if (current == null) {
            throw new IllegalStateException("next() has found no node");
        }
        return current;
    }

    @Override
    public int node() {
        return current().node();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public long[] path() {
        return current().path();
    }

    @Override
    public long visited() {
        return found.size();
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
