package io.velesdb.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link VelesDb#check} found.
 *
 * @param findings what is damaged; empty when nothing is
 * @param filesRead files whose checksums were verified
 * @param recordsRead journal records that were read
 * @param rowsRead points whose vector and payload were read; none of a backup
 * @param backup whether this is a backup: its files are verified as they are, and no database is made of them to read rows of
 */
public record CheckReport(List<Finding> findings, int filesRead, long recordsRead, long rowsRead, boolean backup) {
    /**
     * One damaged place.
     *
     * @param file the file, or the folder when a file is missing
     * @param offset byte at which the damaged part starts; -1 when it is not in one place
     * @param what what is wrong
     * @param repairable true when {@link VelesDb#repair} makes it good: it can be derived from what is intact
     */
    public record Finding(Path file, long offset, String what, boolean repairable) {}

    public boolean isClean() {
        return findings.isEmpty();
    }
}
