package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A database folder that is being filled with copies. It becomes a database by {@link #publish}, which puts the manifest
 * in its place: without one it cannot be opened, so half a copy never looks whole. Until then {@link #discard} takes
 * everything away again. Holds the folder's lock. Not thread-safe.
 */
final class FolderCopy implements Closeable {
    private static final String LOCK = "LOCK";

    /** So much is made durable at a time: a sync of a whole large file would keep the syncs of writers waiting. */
    private static final long SYNC_BYTES = 2L << 20;

    private final FileSystem files;
    private final Path root;
    private final Closeable lock;
    private final CopyPace pace;
    private final List<Path> made = new ArrayList<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BackupList.BLOCK);

    private FolderCopy(FileSystem files, Path root, Closeable lock, CopyPace pace) {
        this.files = files;
        this.root = root;
        this.lock = lock;
        this.pace = pace;
        folders.add(root);
    }

    /**
     * Takes a folder that is missing or empty.
     *
     * @throws VelesException VELES-006 when there is something in it, VELES-031 when somebody else is filling it
     */
    static FolderCopy begin(FileSystem files, Path target, CopyPace pace) throws IOException {
        Path root = target.toAbsolutePath().normalize();
        if (files.exists(root) && !files.isDirectory(root)) {
            throw new VelesException(ErrorCode.STORAGE, root + " is a file: name an empty or a new folder");
        }
        refuseInside(files, root);
        refuseContent(files, root);
        DatabaseFolder.createFolder(files, root);
        Closeable lock = files.tryLock(root.resolve(LOCK));
        if (lock == null) {
            throw new VelesException(
                    ErrorCode.DATABASE_LOCKED, root + " is in use, in this process or another: name another folder");
        }
        try {
            // whoever held the lock before may have filled it
            refuseContent(files, root);
            return new FolderCopy(files, root, lock, pace);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Within a database or a backup, an opening may take the copy for something that nobody refers to, and delete it. */
    private static void refuseInside(FileSystem files, Path root) throws IOException {
        for (Path above = files.followed(root).getParent(); above != null; above = above.getParent()) {
            // other trees have files of that name as well
            if (files.exists(above.resolve(Manifest.NAME)) && files.exists(above.resolve(LOCK))) {
                throw new VelesException(
                        ErrorCode.STORAGE,
                        root + " lies in " + above + ", the folder of a database or a backup: name another folder");
            }
        }
    }

    private static void refuseContent(FileSystem files, Path root) throws IOException {
        if (!files.exists(root)) {
            return;
        }
        for (Path entry : files.list(root)) {
            if (!entry.getFileName().toString().equals(LOCK)) {
                throw new VelesException(
                        ErrorCode.STORAGE,
                        root + " holds '" + entry.getFileName() + "': name an empty or a new folder"
                                + (files.exists(root.resolve(Manifest.NAME))
                                        ? ""
                                        : ", or delete what is in it when it is a backup or restore that did not end"));
            }
        }
    }

    Path root() {
        return root;
    }

    /** Where a file of the copy goes; makes the folder above it. */
    private Path place(String name) throws IOException {
        Path path = root.resolve(name);
        made.add(path);
        Path parent = path.getParent();
        if (parent != null && folders.add(parent)) {
            files.createDirectories(parent);
        }
        return path;
    }

    /**
     * Copies the beginning of a file.
     *
     * @param name where to, below the folder, with {@code /} between the parts
     * @param expected checksums that its blocks must have; null to take them as they are
     * @throws VelesException VELES-006 when the file is shorter, or a block has another checksum
     */
    BackupList.Entry copy(Path from, String name, long length, int @Nullable [] expected) throws IOException {
        int[] checksums = new int[BackupList.blocks(length)];
        try (DataFile in = files.openReadOnly(from);
                DataFile out = files.open(place(name))) {
            if (in.size() < length) {
                throw StorageFailure.damaged(from, in.size(), "it ends here, and should have " + length + " bytes");
            }
            out.truncate(0);
            long unsynced = 0;
            for (int block = 0; block < checksums.length; block++) {
                long at = (long) block * BackupList.BLOCK;
                buffer.clear().limit((int) Math.min(BackupList.BLOCK, length - at));
                in.read(at, buffer);
                checksums[block] = checksum(buffer.flip());
                if (expected != null && expected[block] != checksums[block]) {
                    throw StorageFailure.damaged(
                            from, at, "the checksum of this block is not the one that the backup was made with");
                }
                out.write(at, buffer.rewind());
                unsynced += buffer.limit();
                if (unsynced >= SYNC_BYTES) {
                    out.sync();
                    unsynced = 0;
                    pace.pieceDone();
                }
            }
            out.sync();
        }
        return new BackupList.Entry(name, length, checksums);
    }

    /** A small file with this content. */
    BackupList.Entry put(String name, ByteBuffer content) throws IOException {
        ByteBuffer bytes = content.duplicate();
        int checksum = checksum(content.duplicate());
        int length = bytes.remaining();
        try (DataFile out = files.open(place(name))) {
            out.truncate(0);
            out.write(0, bytes);
            out.sync();
        }
        return new BackupList.Entry(name, length, new int[] {checksum});
    }

    /** Compares a file that has the right length with what a backup says of it. */
    static void check(FileSystem files, Path file, BackupList.Entry entry, Backup.DamageSink sink) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BackupList.BLOCK);
        try (DataFile in = files.openReadOnly(file)) {
            for (int block = 0; block < entry.checksums().length; block++) {
                long at = (long) block * BackupList.BLOCK;
                buffer.clear().limit((int) Math.min(BackupList.BLOCK, entry.length() - at));
                in.read(at, buffer);
                if (checksum(buffer.flip()) != entry.checksums()[block]) {
                    sink.found(file, at, "the checksum of this block is not the one that the backup was made with");
                }
            }
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** The file that lists the others; goes with them when this copy is discarded. */
    void put(BackupList list) throws IOException {
        made.add(root.resolve(BackupList.NAME));
        list.write(files, root);
    }

    /** Makes a database of the folder: durable on return. Everything that the manifest names must be there. */
    void publish(Manifest manifest) throws IOException {
        for (Path folder : folders) {
            files.syncDirectory(folder);
        }
        made.add(root.resolve(Manifest.NAME));
        manifest.write(files, root);
    }

    /** Takes away what was copied, as far as that goes: the manifest first, since the rest is no database without. */
    void discard() {
        for (Path path : made.reversed()) {
            deleteQuietly(path);
        }
        for (String temporary : new String[] {"MANIFEST.tmp", "BACKUP.tmp"}) {
            deleteQuietly(root.resolve(temporary));
        }
        for (Path folder : folders) {
            if (!folder.equals(root)) {
                deleteQuietly(folder);
            }
        }
        try {
            files.syncDirectory(root);
        } catch (IOException e) {
            // then a crash may bring some of it back, which is refused like any folder that is not empty
        }
    }

    private void deleteQuietly(Path path) {
        try {
            files.delete(path);
        } catch (IOException e) {
            // what stays is refused by the next attempt, which says what to do
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw StorageFailure.io("give back the lock of", root, e);
        }
    }
}
