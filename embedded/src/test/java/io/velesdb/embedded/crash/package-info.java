/**
 * Whole databases, crashed on purpose. {@link io.velesdb.embedded.crash.Simulation} drives a seeded workload through the
 * public API on a {@link io.velesdb.embedded.file.SimulatedFileSystem} and compares what is found after each crash with
 * a {@link io.velesdb.embedded.crash.State}; {@link io.velesdb.embedded.crash.CrashRun} does so for many seeds.
 */
package io.velesdb.embedded.crash;
