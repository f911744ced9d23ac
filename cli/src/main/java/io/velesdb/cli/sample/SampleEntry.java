package io.velesdb.cli.sample;

import io.velesdb.value.Obj;

/**
 * One entry of the sample.
 *
 * @param id 0..9999
 * @param vector 384 components of unit length; the reader's own array, not shared
 * @param payload {@code text}, {@code lemma}, {@code pos}, {@code lexfile}, {@code synonyms}, relations
 */
public record SampleEntry(long id, float[] vector, Obj payload) {}
