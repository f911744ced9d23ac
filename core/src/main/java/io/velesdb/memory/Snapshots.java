package io.velesdb.memory;

import io.velesdb.Database;
import io.velesdb.DatabaseView;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.List;

/** Versions of all stores together. Thread-safe. */
final class Snapshots {
    private static final String LETTERS = "VMSN";
    private static final int VERSION = 1;

    private final Database database;
    private final List<MemoryRows> stores;
    private final SnapshotStore kept;
    private final int most;

    Snapshots(Database database, List<MemoryRows> stores, SnapshotStore kept, int most) {
        this.database = database;
        this.stores = stores;
        this.kept = kept;
        this.most = most;
    }

    List<Long> versions() {
        return kept.versions();
    }

    long create() {
        while (true) {
            List<Long> versions = kept.versions();
            long version = versions.isEmpty() ? 1 : versions.get(versions.size() - 1) + 1;
            if (kept.write(version, bytes(version))) {
                keep(most);
                return version;
            }
        }
    }

    int keep(int newest) {
        List<Long> versions = kept.versions();
        int deleted = Math.max(0, versions.size() - newest);
        for (int i = 0; i < deleted; i++) {
            kept.delete(versions.get(i));
        }
        return deleted;
    }

    private byte[] bytes(long version) {
        DatabaseView view = database.view();
        BinaryWriter out = SealedBytes.begin(LETTERS, VERSION).writeLong(version);
        for (MemoryRows rows : stores) {
            out.writeBlob(StoreImage.of(rows, view).toBytes(rows.kind(), rows.dimension()));
        }
        return SealedBytes.seal(out);
    }

    long loadLatest() {
        List<Long> versions = kept.versions();
        if (versions.isEmpty()) {
            throw new VelesException(
                    ErrorCode.SNAPSHOT_BUILD_FAILED, "there is no snapshot of this memory: make one first");
        }
        long version = versions.get(versions.size() - 1);
        load(version);
        return version;
    }

    void load(long version) {
        byte[] bytes = kept.read(version);
        if (bytes == null) {
            throw new VelesException(
                    ErrorCode.SNAPSHOT_BUILD_FAILED,
                    "there is no snapshot " + version + " of this memory: there are " + kept.versions());
        }
        String what = "memory snapshot " + version;
        BinaryReader in = SealedBytes.open(bytes, LETTERS, VERSION, ErrorCode.STORAGE, what);
        long written = in.readLong();
        if (written != version) {
            throw in.damaged("it was written as version " + written);
        }
        Restore restore = new Restore(database);
        for (MemoryRows rows : stores) {
            restore.add(rows, StoreImage.fromBytes(in.readBlob(), rows, ErrorCode.STORAGE));
        }
        in.expectEnd();
        restore.run();
    }
}
