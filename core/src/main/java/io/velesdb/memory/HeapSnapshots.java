package io.velesdb.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Snapshots that live as long as the object. Thread-safe. */
public final class HeapSnapshots implements SnapshotStore {
    private final Map<Long, byte[]> snapshots = new ConcurrentHashMap<>();

    @Override
    public List<Long> versions() {
        List<Long> versions = new ArrayList<>(snapshots.keySet());
        versions.sort(Long::compare);
        return versions;
    }

    @Override
    public byte @Nullable [] read(long version) {
        byte[] bytes = snapshots.get(version);
        return bytes == null ? null : Arrays.copyOf(bytes, bytes.length);
    }

    @Override
    public boolean write(long version, byte[] bytes) {
        return snapshots.putIfAbsent(version, Arrays.copyOf(bytes, bytes.length)) == null;
    }

    @Override
    public void delete(long version) {
        snapshots.remove(version);
    }
}
