package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.memory.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of memory in a folder, a file {@code snapshot-0000017.memory} for each version. A version is written beside
 * its name and gets it by one rename, so that whatever fails leaves it whole or not there. Writers hold the folder's
 * {@code LOCK}; readers need nothing. Thread-safe.
 */
public final class FolderSnapshots implements SnapshotStore {
    private static final String LOCK = "LOCK";
    private static final String UNFINISHED = "unfinished";
    private static final Pattern NAME = Pattern.compile("snapshot-([0-9]{7,18})\\.memory");
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    private final FileSystem files;
    private final Path folder;

    /** @param folder created with the first snapshot */
    public FolderSnapshots(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public List<Long> versions() {
        List<Long> versions = new ArrayList<>();
        try {
            if (files.exists(folder)) {
                for (Path entry : files.list(folder)) {
                    Matcher name = NAME.matcher(entry.getFileName().toString());
                    if (name.matches()) {
                        versions.add(Long.parseLong(name.group(1)));
                    }
                }
            }
        } catch (IOException e) {
            throw StorageFailure.io("list the memory snapshots in", folder, e);
        }
        versions.sort(Long::compare);
        return versions;
    }

    @Override
    public byte @Nullable [] read(long version) {
        Path path = path(version);
        try {
            if (!files.exists(path)) {
                return null;
            }
            try (DataFile file = files.openReadOnly(path)) {
                long size = file.size();
                if (size > LARGEST) {
                    throw StorageFailure.damaged(path, 0, "it has " + size + " bytes, more than a snapshot can have");
                }
                byte[] bytes = new byte[(int) size];
                file.read(0, ByteBuffer.wrap(bytes));
                return bytes;
            }
        } catch (IOException e) {
            throw StorageFailure.io("read the memory snapshot", path, e);
        }
    }

    @Override
    public boolean write(long version, byte[] bytes) {
        Path path = path(version);
        try {
            createFolder();
            try (Closeable lock = lock()) {
                if (files.exists(path)) {
                    return false;
                }
                Path unfinished = folder.resolve(UNFINISHED);
                // what an interrupted attempt left
                files.delete(unfinished);
                try (DataFile file = files.open(unfinished)) {
                    file.write(0, ByteBuffer.wrap(bytes));
                    file.sync();
                }
                files.rename(unfinished, path);
                files.syncDirectory(folder);
                return true;
            }
        } catch (IOException e) {
            throw StorageFailure.io("write the memory snapshot", path, e);
        }
    }

    /** An earlier attempt may have made any of the folders and failed before that was durable, so all the way up is synced. */
    private void createFolder() throws IOException {
        files.createDirectories(folder);
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            try {
                files.syncDirectory(parent);
            } catch (AccessDeniedException e) {
                // where we may not even look, we did not create anything
                return;
            }
        }
    }

    private Closeable lock() throws IOException {
        Closeable lock = files.tryLock(folder.resolve(LOCK));
        if (lock == null) {
            throw new VelesException(
                    ErrorCode.DATABASE_LOCKED,
                    "another snapshot is being written to " + folder
                            + " at this moment, in this process or another: try again");
        }
        return lock;
    }

    @Override
    public void delete(long version) {
        Path path = path(version);
        try {
            if (files.exists(path)) {
                files.delete(path);
                files.syncDirectory(folder);
            }
        } catch (IOException e) {
            throw StorageFailure.io("delete the memory snapshot", path, e);
        }
    }

    private Path path(long version) {
        String digits = Long.toString(version);
        return folder.resolve("snapshot-" + "0".repeat(Math.max(0, 7 - digits.length())) + digits + ".memory");
    }
}
