package io.velesdb.embedded.storage;

/**
 * What a backup holds.
 *
 * @param lsn the last change in it
 * @param timeMillis when it was made, in milliseconds since the Unix epoch
 * @param files the files of the database in it
 * @param bytes bytes of these files
 */
public record BackupReport(long lsn, long timeMillis, int files, long bytes) {}
