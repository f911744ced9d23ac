package io.velesdb.query.exec.match;

import io.velesdb.Direction;
import io.velesdb.engine.VisibleRows;
import io.velesdb.graph.GraphView;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.plan.Refusal;
import java.util.HashMap;
import java.util.Map;

/**
 * A pattern with its values bound, in the order in which it is walked: as written, or from its end.
 *
 * @param nodes what each node asks of its row
 * @param hops what stands between them, each as seen from the node before it
 * @param sameAs by node: the first node of the walk with the same alias, which must be the same row
 * @param backwards whether the walk begins with the last node that was written
 */
record BoundPattern(NodeTest[] nodes, Hop[] hops, int[] sameAs, boolean backwards) {
    /**
     * What a walk is thought to do.
     *
     * @param looked rows and edges that it looks at
     * @param matches that it finds
     */
    private record Cost(double looked, double matches) {}

    /** Hops of a range that an estimate follows. */
    private static final int ESTIMATED_HOPS = 8;

    /**
     * The pattern in the order written.
     *
     * @param nodes what each node asks of its row
     * @throws io.velesdb.VelesException VELES-010 when the alias of a relationship occurs twice
     */
    static BoundPattern of(Pattern pattern, NodeTest[] nodes, VisibleRows target, Operands operands) {
        int n = nodes.length;
        Hop[] hops = new Hop[n - 1];
        int[] sameAs = new int[n];
        Map<String, Integer> aliases = new HashMap<>();
        for (int i = 0; i < n; i++) {
            Name alias = pattern.nodes().get(i).alias();
            Integer first = alias == null ? null : aliases.putIfAbsent(alias.text(), i);
            sameAs[i] = first == null ? i : first;
        }
        GraphView graph = target.state().graph();
        for (int i = 0; i < hops.length; i++) {
            Pattern.RelationshipPattern relationship = pattern.relationships().get(i);
            Name alias = relationship.alias();
            if (alias != null && aliases.putIfAbsent(alias.text(), -1) != null) {
                throw Refusal.unrunnable(
                        alias.position(),
                        "the alias '" + alias.text() + "' of a relationship occurs twice: give each its own");
            }
            hops[i] = Hop.of(relationship, graph, operands);
        }
        return new BoundPattern(nodes, hops, sameAs, false);
    }

    /**
     * This pattern, or from its other end where that looks at fewer edges.
     *
     * @param wanted the matches after which a walk in this order ends; a walk from the other end finds all
     */
    BoundPattern fromCheaperEnd(VisibleRows target, long wanted) {
        BoundPattern other = reversed();
        Cost own = cost(target);
        double share = wanted < own.matches ? wanted / own.matches : 1;
        return other.cost(target).looked < share * own.looked ? other : this;
    }

    private BoundPattern reversed() {
        int n = nodes.length;
        NodeTest[] turned = new NodeTest[n];
        Hop[] turnedHops = new Hop[hops.length];
        int[] same = new int[n];
        for (int i = 0; i < n; i++) {
            turned[i] = nodes[n - 1 - i];
            same[i] = i;
            for (int before = i - 1; before >= 0; before--) {
                if (sameAs[n - 1 - before] == sameAs[n - 1 - i]) {
                    same[i] = before;
                }
            }
        }
        for (int i = 0; i < hops.length; i++) {
            turnedHops[i] = hops[hops.length - 1 - i].reversed();
        }
        return new BoundPattern(turned, turnedHops, same, !backwards);
    }

    /**
     * About the rows and edges that a walk looks at, were edges spread evenly: rows of the first node, and for each hop the
     * rows so far times the edges of a row; of the rows reached so many go on as the next node's part of all rows.
     */
    private Cost cost(VisibleRows target) {
        double all = Math.max(1, target.count());
        double rows = nodes[0].candidates().count();
        double cost = rows;
        for (int i = 0; i < hops.length; i++) {
            Hop hop = hops[i];
            int both = hop.direction() == Direction.BOTH ? 2 : 1;
            double perRow = both * target.state().graph().edgeCount(hop.labels()) / all;
            double front = rows;
            double reached = hop.least() == 0 ? rows : 0;
            for (int done = 1; done <= Math.min(hop.most(), ESTIMATED_HOPS); done++) {
                front *= perRow;
                cost += front;
                reached += done >= hop.least() ? front : 0;
            }
            rows = reached * nodes[i + 1].candidates().count() / all;
        }
        return new Cost(cost, rows);
    }
}
