/**
 * Random statements for tests that compare two ways of answering: {@link io.velesdb.query.generate.QueryGenerator} writes valid
 * queries over a given {@link io.velesdb.query.generate.QuerySchema}, reproducible by seed.
 */
@NullMarked
package io.velesdb.query.generate;

import org.jspecify.annotations.NullMarked;
