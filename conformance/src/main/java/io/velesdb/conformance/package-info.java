/**
 * What every surface of VelesDB must answer, as data: {@code conformance/cases} holds the cases, {@link
 * io.velesdb.conformance.CaseRunner} takes their steps on a {@link io.velesdb.conformance.Surface} and compares.
 *
 * <p>Here live the format of a case and the surfaces that a JVM reaches. No engine logic, and no test framework: a runner
 * throws {@link java.lang.AssertionError}. The format is described in {@code conformance/README.md}.
 */
@NullMarked
package io.velesdb.conformance;

import org.jspecify.annotations.NullMarked;
