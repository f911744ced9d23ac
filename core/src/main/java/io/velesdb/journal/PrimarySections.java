package io.velesdb.journal;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;

/**
 * A checkpoint without what can be made again from documents and vectors: what is left when the derived sections are
 * damaged, or are to be rebuilt.
 */
public final class PrimarySections implements CheckpointReader {
    private final CheckpointReader all;

    public PrimarySections(CheckpointReader all) {
        this.all = all;
    }

    /** True for the sections that nothing else can replace: the catalog, the row tables, the edges, the checksums of vectors. */
    public static boolean isPrimary(String section) {
        return section.equals("catalog")
                || section.endsWith("/rows")
                || section.endsWith("/edges")
                || section.endsWith("/vectors/checks");
    }

    @Override
    public boolean has(String name) {
        return isPrimary(name) && all.has(name);
    }

    @Override
    public byte[] section(String name) {
        if (!isPrimary(name)) {
            throw new VelesException(ErrorCode.STORAGE, "section " + name + " is set aside to be rebuilt");
        }
        return all.section(name);
    }
}
