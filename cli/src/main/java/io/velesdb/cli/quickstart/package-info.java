/**
 * What {@code velesdb quickstart} does, apart from its arguments: the sample in a database, questions, answers with their
 * timings, and how they look.
 */
@NullMarked
package io.velesdb.cli.quickstart;

import org.jspecify.annotations.NullMarked;
