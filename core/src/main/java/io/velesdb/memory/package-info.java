/**
 * The memory of agents: facts (semantic), episodes (episodic) and procedures (procedural), kept in three vector
 * collections of a database and found by meaning, time, relation and confidence.
 *
 * <p>{@link io.velesdb.memory.AgentMemory} opens all three. Each store is a thin layer over a collection: what it writes
 * are rows with known members, so filters, VelesQL and every surface see them as they see any other row. Embeddings come
 * from the caller; no model is called here.
 *
 * <p><b>Forgetting.</b> Two ways, side by side. A <em>durable</em> time is the payload member of {@link
 * io.velesdb.engine.Expiry}: the engine hides the row from everybody when it has come. The other is kept in the {@link
 * io.velesdb.memory.AgentMemory} and ends with it; it hides the row from the memory only. {@code autoExpire} removes both
 * kinds from disk.
 *
 * <p><b>Concurrency.</b> No locks. What is worked out from rows that were read before (a reinforced confidence, a
 * consolidated episode) is written by a batch that requires those rows to be what they were, and worked out again where
 * they are not.
 *
 * <p><b>Rows without embedding.</b> The rows of a vector collection have a vector, so an episode without embedding gets one
 * of zeros and the payload member {@code _veles_unembedded}; searches of the memory leave it out.
 *
 * <p><b>Errors</b> are the codes of the engine:
 *
 * <table>
 * <caption>What goes wrong</caption>
 * <tr><td>the memory cannot be opened</td><td>VELES-001 a collection of its name is something else, VELES-009 a setting</td></tr>
 * <tr><td>a collection was deleted meanwhile</td><td>VELES-002</td></tr>
 * <tr><td>no such memory</td><td>VELES-003; VELES-022 for an end of a relation</td></tr>
 * <tr><td>dimension of an embedding, of bytes, of a snapshot</td><td>VELES-004</td></tr>
 * <tr><td>no such snapshot</td><td>VELES-035</td></tr>
 * <tr><td>a damaged snapshot; damaged bytes; a newer form of either</td><td>VELES-006; VELES-012; VELES-036</td></tr>
 * <tr><td>the host cannot read or write</td><td>VELES-011</td></tr>
 * <tr><td>anything else that the database refuses</td><td>its own code</td></tr>
 * </table>
 *
 * <p>Not here: text in place of embeddings and the tools of assistants, which bindings build on this.
 */
@NullMarked
package io.velesdb.memory;

import org.jspecify.annotations.NullMarked;
