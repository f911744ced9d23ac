package io.velesdb.graph;

import io.velesdb.Direction;
import io.velesdb.host.Cancellation;
import java.util.Arrays;

/**
 * PageRank (Brin and Page 1998): how often a walker is at a node who follows a random outgoing edge with probability 0.85
 * and else jumps to any node. What nodes without outgoing edges hold is spread evenly. Rounds end when the sum of changes
 * is below 1e-6, or after 100. Sums are taken by ascending node id and edge id, so the bits are the same everywhere. Pure
 * and thread-safe.
 */
public final class PageRank {
    private static final double DAMPING = 0.85;
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_ROUNDS = 100;

    /** An id, a rank, a share, a node number, a start, a degree. */
    private static final long BYTES_PER_NODE = 3 * Long.BYTES + 3 * Integer.BYTES;

    private PageRank() {}

    /**
     * The rank of every node; together 1.
     *
     * @param nodeIds the ids of the nodes to look at, in ascending unsigned order, each once; edges of others are ignored
     * @return a rank for each of them
     */
    public static double[] of(GraphView graph, long[] nodeIds, Cancellation cancellation) {
        int n = nodeIds.length;
        cancellation.holds(n, n * BYTES_PER_NODE + Integer.BYTES * ((long) graph.nodeBound() + graph.edgeCount()));
        Members members = new Members(graph, nodeIds);
        // by target: the positions of the sources of its edges, in edge id order
        int[] starts = new int[n + 1];
        int[] sources = new int[graph.edgeCount()];
        int[] outDegrees = new int[n];
        int edges = 0;
        Neighbors incoming = graph.neighbors(Direction.IN, LabelSet.ALL);
        for (int i = 0; i < n; i++) {
            for (incoming.start(members.node(i)); incoming.next(); ) {
                int source = members.position(incoming.node());
                if (source >= 0) {
                    sources[edges++] = source;
                    outDegrees[source]++;
                }
            }
            starts[i + 1] = edges;
        }

        double[] ranks = new double[n];
        double[] shares = new double[n];
        Arrays.fill(ranks, n == 0 ? 0 : 1.0 / n);
        for (int round = 0; round < MOST_ROUNDS && n > 0; round++) {
            double dangling = 0;
            for (int i = 0; i < n; i++) {
                if (outDegrees[i] == 0) {
                    dangling += ranks[i];
                } else {
                    shares[i] = ranks[i] / outDegrees[i];
                }
            }
            double base = (1 - DAMPING + DAMPING * dangling) / n;
            double change = 0;
            for (int i = 0; i < n; i++) {
                if ((i & 4_095) == 0) {
                    cancellation.check();
                }
                double sum = 0;
                for (int at = starts[i]; at < starts[i + 1]; at++) {
                    sum += shares[sources[at]];
                }
                double rank = base + DAMPING * sum;
                change += Math.abs(rank - ranks[i]);
                ranks[i] = rank;
            }
            if (change < TOLERANCE) {
                break;
            }
        }
        return ranks;
    }
}
