package io.velesdb.memory;

/**
 * A memory that was found by its meaning.
 *
 * @param score how near it is to what was asked: the cosine of the two embeddings, 1 for the same direction
 */
public record Recalled<T>(T memory, float score) {}
