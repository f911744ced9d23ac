package io.velesdb.graph;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Arrays;

/**
 * The path with the least sum of weights (Dijkstra 1959), sums taken from the source on. Ways are settled in the order of
 * (sum, edge ids of the path): that order makes the first way to the target the one asked for, also where edges of weight
 * 0 lead to a node that was settled already.
 */
final class LightestPath {
    private final Scope scope;
    private final String property;
    private final NodeSet settled;

    /** Every way that was found, by number. */
    private double[] sums = new double[16];

    private int[] nodes = new int[16];
    private int[] parents = new int[16];
    private int[] vias = new int[16];
    private int[] depths = new int[16];
    private int size;

    /** A binary heap of the ways that are not settled. */
    private int[] heap = new int[16];

    private int heapSize;
    private int found;

    LightestPath(Scope scope, String property) {
        this.scope = scope;
        this.property = property;
        settled = new NodeSet(scope.graph().nodeBound());
    }

    /** True when there is a way. */
    boolean find(int source, int target) {
        Neighbors neighbors = scope.neighbors();
        push(source, -1, -1, 0, 0);
        while (heapSize > 0) {
            int way = pop();
            int node = nodes[way];
            if (!settled.add(node)) {
                continue;
            }
            if (node == target) {
                found = way;
                return true;
            }
            for (neighbors.start(node); neighbors.next(); ) {
                scope.follow();
                int edge = neighbors.edge();
                int other = neighbors.node();
                if (!settled.contains(other) && scope.admitsEdge(edge)) {
                    if (scope.admitsNode(other)) {
                        push(other, way, edge, sums[way] + weight(edge), depths[way] + 1);
                    } else {
                        settled.add(other);
                    }
                }
            }
        }
        return false;
    }

    /** The sum of the way that was found. */
    double weight() {
        return sums[found];
    }

    /** The ids of its edges. */
    long[] path() {
        long[] path = new long[depths[found]];
        int at = found;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = scope.graph().edgeId(vias[at]);
            at = parents[at];
        }
        return path;
    }

    private double weight(int edge) {
        Obj properties = scope.graph().properties(edge);
        Value value = properties == null ? null : properties.get(property);
        if (value == null || value instanceof Value.Null) {
            return 1;
        }
        if (value instanceof Value.Num number && number.doubleValue() >= 0) {
            return number.doubleValue();
        }
        throw new VelesException(
                ErrorCode.QUERY,
                "the weight '" + property + "' of edge "
                        + Long.toUnsignedString(scope.graph().edgeId(edge)) + " is " + Json.excerpt(value)
                        + ": a weight is a number of 0 or more; leave such edges out by an edge filter");
    }

    private void push(int node, int parent, int via, double sum, int depth) {
        if (size == nodes.length) {
            int capacity = EdgeTable.capacityFor(size + 1);
            sums = Arrays.copyOf(sums, capacity);
            nodes = Arrays.copyOf(nodes, capacity);
            parents = Arrays.copyOf(parents, capacity);
            vias = Arrays.copyOf(vias, capacity);
            depths = Arrays.copyOf(depths, capacity);
        }
        sums[size] = sum;
        nodes[size] = node;
        parents[size] = parent;
        vias[size] = via;
        depths[size] = depth;
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, EdgeTable.capacityFor(heapSize + 1));
        }
        int at = heapSize++;
        while (at > 0 && isBefore(size, heap[at - 1 >>> 1])) {
            heap[at] = heap[at - 1 >>> 1];
            at = at - 1 >>> 1;
        }
        heap[at] = size++;
        scope.holds(size);
    }

    private int pop() {
        int first = heap[0];
        int last = heap[--heapSize];
        int at = 0;
        while (2 * at + 1 < heapSize) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], last)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return first;
    }

    private boolean isBefore(int a, int b) {
        return sums[a] != sums[b] ? sums[a] < sums[b] : comparePaths(a, b) < 0;
    }

    /** Compares the edge ids of two ways in order; a way comes before those that go on from it. */
    private int comparePaths(int a, int b) {
        int x = a;
        int y = b;
        while (depths[x] > depths[y]) {
            x = parents[x];
        }
        while (depths[y] > depths[x]) {
            y = parents[y];
        }
        if (x == y) {
            return Integer.compare(depths[a], depths[b]);
        }
        while (parents[x] != parents[y]) {
            x = parents[x];
            y = parents[y];
        }
        return Long.compareUnsigned(scope.graph().edgeId(vias[x]), scope.graph().edgeId(vias[y]));
    }
}
