package io.velesdb;

/**
 * A collection at one moment.
 *
 * @param name unique over all kinds
 * @param schema what was fixed at creation
 * @param points the number of points
 * @param deadVersions row versions that were replaced or deleted and whose space a compaction will give back
 */
public record CollectionInfo(String name, CollectionSchema schema, long points, long deadVersions) {}
