/**
 * The nearest-neighbour index of a vector collection: a hierarchical navigable small world graph (Malkov &amp; Yashunin
 * 2018), walked on codes and answered on exact vectors.
 *
 * <p>{@link io.velesdb.index.hnsw.HnswIndex} is the door. One writer inserts slots that were appended to a {@link
 * io.velesdb.vector.VectorSpace} and publishes an immutable {@link io.velesdb.index.hnsw.HnswIndex.View}; readers search
 * the view they hold, without locks.
 *
 * <pre>
 *   fewer than 1,500 slots     exact scan, no graph, no codes
 *   at 1,500, 10,000, 100,000  the codes are learned from what is there, the graph stays
 *   at most 1,000 candidates   exact scan of the candidates
 *   a selective filter         scan of the candidates' codes, the best scored exactly
 *   else                       descend, walk level 0 on codes, score the best exactly
 * </pre>
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The graph is a function of the sequence of inserts: never of threads or time. Rows of a batch search the graph as
 *       it was before the batch, in parallel; then links are made in a fixed order (ParlayANN: Manohar et al., PPoPP 2024).
 *   <li>A reader may meet a link row while it is written, and links to slots newer than its view: it skips what lies
 *       outside its view. So links read from a damaged file can make answers worse, never fail.
 *   <li>A search returns k hits whenever k candidates exist; where a walk finds fewer, a scan answers.
 *   <li>Ranking is by the rounded score, then by ascending id.
 *   <li>A query allocates nothing in the steady state: its {@link io.velesdb.index.hnsw.SearchScratch} is pooled.
 * </ul>
 *
 * <p>Costs at 384 dimensions: a walk at recall 0.99 evaluates some 500 codes (10,000 slots) to 1,000 (100,000); an insert
 * about 3,000 codes and 500 vectors. Memory beside the vectors: 128 bytes of code, 128 bytes of links at level 0, about
 * 5 above it.
 *
 * <p>Not here: vectors and kernels ({@link io.velesdb.vector}), filters, which slots are alive.
 */
@NullMarked
package io.velesdb.index.hnsw;

import org.jspecify.annotations.NullMarked;
