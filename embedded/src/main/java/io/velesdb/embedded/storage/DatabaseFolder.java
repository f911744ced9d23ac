package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.CheckpointFormat.Header;
import io.velesdb.host.StoreId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one database, held exclusively: where its files are, which of them are live, and the order of steps by
 * which that changes.
 *
 * <pre>
 * LOCK                       held while the database is open
 * MANIFEST                   what is live; replaced by one rename
 * journal/0000017.wal        {@link WriteAheadLog}
 * checkpoint-0000016         {@link CheckpointFile}
 * 3/vectors-0.f32            the vectors of collection 3, generation 0
 * 3/payload-0.log            {@link PayloadLog}
 * </pre>
 *
 * <p>A checkpoint goes: {@link #beginCheckpoint}, sections, {@link CheckpointFileWriter#finish}, sync of the stores,
 * {@link #publish}, {@link #deleteUnused}. Whatever fails on the way leaves the old checkpoint live.
 *
 * <p>Thread-safe.
 */
public final class DatabaseFolder implements Closeable {
    private static final String LOCK = "LOCK";
    private static final String JOURNAL = "journal";
    private static final String CHECKPOINT = "checkpoint-";
    private static final Pattern CHECKPOINT_NAME = Pattern.compile("checkpoint-([0-9]{7,18})");
    private static final Pattern COLLECTION_NAME = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern STORE_NAME =
            Pattern.compile("(?:vectors-([0-9]{1,10})\\.f32|payload-([0-9]{1,10})\\.log)");

    private final FileSystem files;
    private final Path root;
    private final Closeable lock;

    /** Folders in which names were made that are not durable yet. */
    private final Set<Path> unsyncedFolders = new HashSet<>();

    private @Nullable Manifest manifest;

    /** Whether this process made the manifest durable: only then may go what an older one may refer to. */
    private boolean manifestSettled;

    private long lastCheckpoint;

    private DatabaseFolder(FileSystem files, Path root, Closeable lock) {
        this.files = files;
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes a folder; creates it when it is missing.
     *
     * @throws VelesException VELES-031 when another process or this one has it open, VELES-006 when it is something else
     *     or damaged, VELES-011 when it cannot be written to, VELES-036 when a newer version wrote it
     */
    public static DatabaseFolder open(FileSystem files, Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            if (files.exists(absolute) && !files.isDirectory(absolute)) {
                throw notADatabase(absolute, "it is a file");
            }
            createFolder(files, absolute);
            refuseForeignFolder(files, absolute);
            Closeable lock = files.tryLock(absolute.resolve(LOCK));
            if (lock == null) {
                throw new VelesException(
                        ErrorCode.DATABASE_LOCKED,
                        "the database in " + absolute + " is open already, in this process or another;"
                                + " close it there, or share that one instance");
            }
            DatabaseFolder folder = new DatabaseFolder(files, absolute, lock);
            boolean opened = false;
            try {
                folder.load();
                opened = true;
                return folder;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw StorageFailure.io("open the database folder", absolute, e);
        }
    }

    /**
     * Creates the folder and those above it, durably. An earlier attempt may have made any of them and failed before that
     * was durable, so all the way up is synced as long as there is no database.
     */
    static void createFolder(FileSystem files, Path folder) throws IOException {
        if (files.exists(folder.resolve(Manifest.NAME))) {
            return;
        }
        files.createDirectories(folder);
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            try {
                files.syncDirectory(parent);
            } catch (AccessDeniedException e) {
                // Where we may not even look, we did not create anything.
                return;
            }
        }
    }

    private static void refuseForeignFolder(FileSystem files, Path root) throws IOException {
        if (files.exists(root.resolve(Manifest.NAME))) {
            return;
        }
        for (Path entry : files.list(root)) {
            String name = entry.getFileName().toString();
            if (name.equals(JOURNAL)) {
                refuseForeignJournal(files, root, entry);
            }
            if (!name.equals(LOCK) && !name.equals(Manifest.TEMPORARY) && !name.equals(JOURNAL)) {
                throw notADatabase(root, "it holds '" + name + "' and no MANIFEST");
            }
        }
    }

    /**
     * What an unfinished creation leaves in the journal's folder is deleted by the next one, so there must be nothing
     * else: the folder may be somebody's diary. The manifest of a new database becomes durable before the first record is
     * written.
     */
    private static void refuseForeignJournal(FileSystem files, Path root, Path journal) throws IOException {
        if (!files.isDirectory(journal)) {
            throw notADatabase(root, "its '" + JOURNAL + "' is a file, and there is no MANIFEST");
        }
        for (Path entry : files.list(journal)) {
            if (!JournalFormat.isOurs(entry)) {
                throw notADatabase(root, "it holds '" + JOURNAL + "/" + entry.getFileName() + "' and no MANIFEST");
            }
            if (JournalFormat.numberOf(entry) >= 0) {
                try (FileWindow window = new FileWindow(files, entry)) {
                    if (window.size() > JournalFormat.SEGMENT_HEADER) {
                        throw StorageFailure.damaged(
                                root.resolve(Manifest.NAME), 0, "it is missing, and there is a journal");
                    }
                }
            }
        }
    }

    private static VelesException notADatabase(Path root, String why) {
        return new VelesException(
                ErrorCode.STORAGE, root + " is not a VelesDB database: " + why + "; name an empty or a new folder");
    }

    private void load() throws IOException {
        // Whoever was here before us may have been killed between a rename and the sync that makes it durable.
        files.syncDirectory(root);
        if (files.exists(root.resolve(Manifest.NAME))) {
            manifest = Manifest.read(files, root);
        }
        for (Path entry : files.list(root)) {
            Matcher name = CHECKPOINT_NAME.matcher(entry.getFileName().toString());
            if (name.matches()) {
                lastCheckpoint = Math.max(lastCheckpoint, Long.parseLong(name.group(1)));
            }
        }
    }

    public FileSystem files() {
        return files;
    }

    public Path root() {
        return root;
    }

    /** What is live; null in a new folder until {@link #openJournal}. */
    public synchronized @Nullable Manifest manifest() {
        return manifest;
    }

    /**
     * Opens the journal and hands out the records that the live checkpoint does not hold; makes a new database of a new
     * folder.
     *
     * @param unicodeVersion entered in the manifest of a new database
     * @throws VelesException as {@link WriteAheadLog#recover}
     */
    public synchronized WriteAheadLog.Recovered openJournal(
            LogMode mode, long segmentBytes, String unicodeVersion, WriteAheadLog.RecordSink sink) {
        Path journal = root.resolve(JOURNAL);
        Manifest live = manifest;
        if (live != null) {
            forgetBackup();
            return WriteAheadLog.recover(files, journal, live.database(), mode, segmentBytes, live.startLsn(), sink);
        }
        try {
            files.createDirectories(journal);
            for (Path leftover : files.list(journal)) {
                files.delete(leftover);
            }
            files.syncDirectory(root);
            UUID database = UUID.randomUUID();
            WriteAheadLog log = WriteAheadLog.create(files, journal, database, mode, segmentBytes);
            write(new Manifest(database, 0, 1, unicodeVersion, Map.of()));
            return new WriteAheadLog.Recovered(log, JournalReport.EMPTY);
        } catch (IOException e) {
            throw StorageFailure.io("create a database in", root, e);
        }
    }

    /** A backup that is used as a database is none any more: its list says what will soon be wrong. */
    private void forgetBackup() {
        try {
            if (BackupList.isIn(files, root)) {
                files.delete(root.resolve(BackupList.NAME));
                files.syncDirectory(root);
            }
        } catch (IOException e) {
            throw StorageFailure.io("make a database of the backup in", root, e);
        }
    }

    /** Whether this is a backup that was never opened as a database. */
    public boolean isBackup() {
        return isBackup(files, root);
    }

    /** The same of a folder that is not taken. */
    public static boolean isBackup(FileSystem files, Path root) {
        try {
            return BackupList.isIn(files, root);
        } catch (IOException e) {
            throw StorageFailure.io("look into", root, e);
        }
    }

    /** The live checkpoint, or null when there is none yet. Close it after use; mapped sections stay. */
    public synchronized @Nullable CheckpointFile openCheckpoint() {
        return manifest == null ? null : openCheckpoint(files, root, manifest);
    }

    static @Nullable CheckpointFile openCheckpoint(FileSystem files, Path root, Manifest live) {
        if (live.checkpoint() == 0) {
            return null;
        }
        Path path = checkpointPath(root, live.checkpoint());
        try {
            CheckpointFile checkpoint = CheckpointFile.open(files, path, true);
            Header header = checkpoint.header();
            if (!header.equals(new Header(live.database(), live.checkpoint(), live.startLsn()))) {
                checkpoint.close();
                throw StorageFailure.damaged(path, 0, "it is not the checkpoint that the manifest names");
            }
            return checkpoint;
        } catch (IOException e) {
            throw StorageFailure.io("open the checkpoint", path, e);
        }
    }

    /**
     * Begins the next checkpoint.
     *
     * @param startLsn the first journal record that it does not hold
     * @throws VelesException VELES-011
     */
    public synchronized CheckpointFileWriter beginCheckpoint(long startLsn) {
        Path path = checkpointPath(lastCheckpoint + 1);
        try {
            CheckpointFileWriter writer = CheckpointFileWriter.create(
                    files, path, new Header(present().database(), lastCheckpoint + 1, startLsn));
            lastCheckpoint++;
            unsyncedFolders.add(root);
            return writer;
        } catch (IOException e) {
            throw StorageFailure.io("write the checkpoint", path, e);
        }
    }

    /**
     * Makes the checkpoint begun last live. It must be finished, and the files that it refers to synced.
     *
     * @param fileLengths see {@link Manifest#fileLengths}; keys from {@link #relative}
     * @throws VelesException VELES-011; the old checkpoint is then still live here, and either may be after a crash
     */
    public synchronized void publish(long startLsn, String unicodeVersion, Map<String, Long> fileLengths) {
        try {
            for (Path folder : List.copyOf(unsyncedFolders)) {
                files.syncDirectory(folder);
                unsyncedFolders.remove(folder);
            }
            write(new Manifest(present().database(), lastCheckpoint, startLsn, unicodeVersion, fileLengths));
        } catch (IOException e) {
            throw StorageFailure.io("replace the manifest in", root, e);
        }
    }

    private void write(Manifest next) throws IOException {
        manifestSettled = false;
        next.write(files, root);
        manifest = next;
        manifestSettled = true;
    }

    private Manifest present() {
        if (manifest == null) {
            throw new IllegalStateException("the journal was not opened");
        }
        return manifest;
    }

    /**
     * Where the vectors of a store are; makes the folder. A file made there is durable after the next {@link #publish}.
     */
    public Path vectors(StoreId id) {
        return store(id, "vectors-" + id.generation() + ".f32");
    }

    /** Where the documents of a store are; as {@link #vectors}. */
    public Path payload(StoreId id) {
        return store(id, "payload-" + id.generation() + ".log");
    }

    private synchronized Path store(StoreId id, String name) {
        Path folder = root.resolve(Integer.toString(id.collection()));
        try {
            if (!files.isDirectory(folder)) {
                files.createDirectories(folder);
                unsyncedFolders.add(root);
            }
        } catch (IOException e) {
            throw StorageFailure.io("create the folder", folder, e);
        }
        unsyncedFolders.add(folder);
        return folder.resolve(name);
    }

    static long length(FileSystem files, Path file) throws IOException {
        try (DataFile opened = files.openReadOnly(file)) {
            return opened.size();
        }
    }

    /** The path of a file below the folder as the manifest names it. */
    public String relative(Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : root.relativize(file)) {
            name.append(name.isEmpty() ? "" : "/").append(part);
        }
        return name.toString();
    }

    /**
     * Deletes what neither the live checkpoint nor the process refers to: older and unfinished checkpoints, stores of
     * deleted collections and of older generations, older journal segments. Files that cannot be deleted now are left
     * for the next time. Never touches what it does not know.
     *
     * @param live the stores that the open database refers to; those that the live checkpoint refers to stay anyhow
     */
    public synchronized void deleteUnused(Set<StoreId> live, WriteAheadLog log) {
        Manifest present = present();
        try {
            List<Path> unused = unused(live, present);
            if (!manifestSettled) {
                if (unused.isEmpty() && log.isStartedAt(present.startLsn())) {
                    return;
                }
                // Killed right after the rename, a predecessor may have left a manifest that is not durable.
                write(present);
            }
            for (Path path : unused) {
                deleteIfPossible(path);
            }
            log.deleteBelow(present.startLsn());
        } catch (IOException e) {
            throw StorageFailure.io("clean up", root, e);
        }
    }

    private List<Path> unused(Set<StoreId> live, Manifest present) throws IOException {
        List<Path> unused = new ArrayList<>();
        for (Path entry : files.list(root)) {
            String name = entry.getFileName().toString();
            Matcher checkpoint = CHECKPOINT_NAME.matcher(name);
            if (checkpoint.matches()) {
                if (Long.parseLong(checkpoint.group(1)) != present.checkpoint()) {
                    unused.add(entry);
                }
            } else if (COLLECTION_NAME.matcher(name).matches() && files.isDirectory(entry)) {
                addUnused(entry, Long.parseLong(name), live, present, unused);
            }
        }
        return unused;
    }

    private void addUnused(Path folder, long collection, Set<StoreId> live, Manifest present, List<Path> unused)
            throws IOException {
        for (Path entry : files.list(folder)) {
            Matcher store = STORE_NAME.matcher(entry.getFileName().toString());
            if (store.matches()) {
                long generation = Long.parseLong(store.group(store.group(1) != null ? 1 : 2));
                if (!present.fileLengths().containsKey(relative(entry))
                        && live.stream()
                                .noneMatch(id -> id.collection() == collection && id.generation() == generation)) {
                    unused.add(entry);
                }
            }
        }
        if (live.stream().noneMatch(id -> id.collection() == collection)) {
            // Deleted if it is empty by then.
            unused.add(folder);
        }
    }

    private void deleteIfPossible(Path path) {
        try {
            files.delete(path);
            // a folder that is gone cannot be synced; that it is gone is durable with its parent
            unsyncedFolders.remove(path);
        } catch (IOException e) {
            // Mapped on a system that minds, or not empty because a user put something there.
        }
    }

    Path checkpointPath(long number) {
        return checkpointPath(root, number);
    }

    private static Path checkpointPath(Path root, long number) {
        String digits = Long.toString(number);
        return root.resolve(CHECKPOINT + "0".repeat(Math.max(0, 7 - digits.length())) + digits);
    }

    /** Gives the lock back. Close the journal and the stores first. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw StorageFailure.io("give back the lock of", root, e);
        }
    }
}
