/**
 * How fast the embedded database is, measured through its public API.
 *
 * <p>Three kinds of measurement live here. {@link io.velesdb.benchmarks.BenchPeer} is a process beside those of other
 * databases: it speaks their line protocol, so that a driver can ask all of them the same questions in turn. {@link
 * io.velesdb.benchmarks.ColdOpen} and {@link io.velesdb.benchmarks.DurableUpserts} measure what needs a disk and a story:
 * opening with nothing in memory, and writers that wait for the disk. {@link io.velesdb.benchmarks.TextPeer} is a process
 * of the first kind for full text. The classes ending in {@code Benchmark} are JMH benchmarks of kernels, searches, inserts
 * and opening.
 *
 * <p>No test lives here and nothing here decides whether a change is right; {@code docs/benchmarks.md} holds the figures
 * with the commands that produced them. Compare ratios within one run only.
 */
@NullMarked
package io.velesdb.benchmarks;

import org.jspecify.annotations.NullMarked;
