/**
 * The data that {@code velesdb quickstart} loads: 10,000 WordNet entries with their vectors, as resources of this package.
 * {@code PROVENANCE.md} beside them says what they are, where they come from and under which licences.
 *
 * <p>Reading is a pass over a stream: nothing is held but the current entry, and whoever has seen one damaged byte gets an
 * error, never a short or shifted sample.
 */
@NullMarked
package io.velesdb.cli.sample;

import org.jspecify.annotations.NullMarked;
