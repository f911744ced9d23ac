/**
 * Graphs as the simplest program sees them. {@link io.velesdb.embedded.graph.GraphModel} answers what a collection can be
 * asked about its edges, from plain maps of points and edges; {@link io.velesdb.embedded.graph.GraphQuestions} draws
 * questions and compares the answers. Random graphs are held against it here, databases after a crash in the package
 * {@code crash}, derived structures that were made again in {@code rebuild}.
 */
@NullMarked
package io.velesdb.embedded.graph;

import org.jspecify.annotations.NullMarked;
