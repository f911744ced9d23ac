package io.velesdb.memory;

/**
 * One entry of episodic memory.
 *
 * @param id unsigned
 * @param timestamp when it happened, in seconds since the Unix epoch
 */
public record Episode(long id, String description, long timestamp) {}
