package io.velesdb.graph;

/**
 * Nodes by the number of edges that lead to them, then by their way: those of a depth come in the order of their
 * predecessors and of the ids of the last edges, which is the order of their paths compared edge by edge. So the path of
 * a node is the smallest of the shortest.
 */
final class BreadthFirst implements Walk {
    private final Scope scope;
    private final Neighbors neighbors;
    private final NodeSet seen;
    private final int maxDepth;

    private final Discoveries found;
    private int depthReached;
    private boolean done;

    BreadthFirst(Scope scope, int source, int maxDepth) {
        this.scope = scope;
        this.maxDepth = maxDepth;
        neighbors = scope.neighbors();
        seen = new NodeSet(scope.graph().nodeBound());
        found = new Discoveries(source);
        done = source < 0 || maxDepth < 1;
        if (!done) {
            seen.add(source);
            neighbors.start(source);
        }
    }

    @Override
    public boolean next() {
        while (!done) {
            while (neighbors.next()) {
                scope.follow();
                int node = neighbors.node();
                if (seen.contains(node) || !scope.admitsEdge(neighbors.edge())) {
                    continue;
                }
                seen.add(node);
                if (scope.admitsNode(node)) {
                    found.add(node, neighbors.edge());
                    scope.holds(found.size());
                    depthReached = depth();
                    return true;
                }
            }
            done = !found.advance(maxDepth);
            if (!done) {
                neighbors.start(found.headNode());
            }
        }
        return false;
    }

    @Override
    public int node() {
        return found.lastNode();
    }

    @Override
    public int depth() {
        return found.headDepth() + 1;
    }

    @Override
    public long[] path() {
        return found.pathToLast(scope.graph());
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
