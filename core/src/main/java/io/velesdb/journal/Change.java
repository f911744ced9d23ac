package io.velesdb.journal;

import java.util.List;

/**
 * One journal record: the writes of one group commit, applied in order and published together.
 *
 * @param lsn log sequence number, from 1, without gaps
 * @param timeMillis the time at which the change was recorded; {@code apply} reads no clock
 * @param operations the steps in order
 */
public record Change(long lsn, long timeMillis, List<Operation> operations) {}
