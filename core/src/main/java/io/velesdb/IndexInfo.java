package io.velesdb;

/**
 * An index and what it holds now. Figures may be those of a moment ago: an index catches up when it is asked or in the
 * background, and answers never depend on how far it is.
 *
 * @param definition what was asked for
 * @param cardinality distinct values (secondary, hash, range), distinct trigrams, or points (geo)
 * @param entries rows in it, replaced and deleted ones included until the next vacuum
 * @param waiting rows that it has not taken in yet; 0 when it is up to date
 * @param memoryBytes about the memory that it takes beside the columns, which every field has anyway
 */
public record IndexInfo(IndexDefinition definition, long cardinality, long entries, long waiting, long memoryBytes) {}
