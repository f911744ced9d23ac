package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A checkpoint in memory, for tests of what is saved rather than of how. */
public final class MemoryCheckpoint implements CheckpointWriter, CheckpointReader {
    private final Map<String, byte[]> sections = new HashMap<>();

    @Override
    public void section(String name, byte[] bytes, int length) {
        sections.put(name, Arrays.copyOf(bytes, length));
    }

    @Override
    public boolean has(String name) {
        return sections.containsKey(name);
    }

    @Override
    public byte[] section(String name) {
        byte[] bytes = sections.get(name);
        if (bytes == null) {
            throw new VelesException(ErrorCode.STORAGE, "section " + name + " is missing");
        }
        return bytes.clone();
    }

    /** Cuts a section short, as a hostile file would. */
    public void truncate(String name, int length) {
        sections.put(name, Arrays.copyOf(section(name), length));
    }
}
