/**
 * The property graph of a collection: its edges, and how they are walked.
 *
 * <p>Edges connect the points of one collection by id; they are directed, labelled and may have properties. {@link
 * io.velesdb.graph.EdgeStore} belongs to the collection's single writer, {@link io.velesdb.graph.GraphView} is what its
 * readers get:
 *
 * <pre>{@code
 * EdgeStore edges = new EdgeStore();
 * edges.put(100, 1, 10, "WROTE", null);
 * edges.put(101, 10, 11, "PRECEDES", Json.writeUtf8(Obj.of("years", 4)));
 * GraphView graph = edges.publish();
 * graph.outgoing(1); // [Edge[id=100, source=1, target=10, label=WROTE, properties=null]]
 * }</pre>
 *
 * <p><b>Structure.</b> Edge versions stand in append-only columns by slot; nodes and labels are numbered in append-only
 * tables; a tree orders edges by id; two persistent arrays hold the lists of each node, outgoing and incoming. A list is
 * one {@code int[]} while it is short, so a hop reads the array of a node and nothing else; beyond 32 edges it is a
 * tree, with one more per label, so that one more edge at a node of a million costs the same as anywhere.
 *
 * <p><b>Invariants.</b> Everything comes by ascending edge id (unsigned); no answer depends on how slots, nodes and labels
 * happen to be numbered, so the same edges give the same answers and the same saved bytes whatever their history.
 *
 * <p>Not here: which points exist, are expired or may be seen. Whoever asks passes that in; whoever writes has checked
 * that the ends exist ({@code io.velesdb.engine}).
 */
@NullMarked
package io.velesdb.graph;

import org.jspecify.annotations.NullMarked;
