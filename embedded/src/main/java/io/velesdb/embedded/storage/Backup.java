package io.velesdb.embedded.storage;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.JournalFormat.SegmentHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Copies of databases: from an open one into a backup, from a backup into a new folder.
 *
 * <p>A backup is the live checkpoint, the part of the append-only files that belongs to it, and the journal behind it to
 * a point: a folder that opens as a database. Everything is copied, nothing is linked: a file that the open database
 * goes on appending to must not be shared, and what shares its blocks with the original is lost with them. A last, empty
 * segment of the journal states that everything before it was durable, so a missing end is damage and no torn tail.
 */
public final class Backup {
    private Backup() {}

    /**
     * Backs up an open database. No checkpoint may be written meanwhile; changes may.
     *
     * @param exclusively runs a task while no change is recorded: a record that cannot be applied may be taken back
     * @throws VelesException VELES-006 when the target is not empty, or something in the database is damaged, with file and
     *     offset; VELES-011. The target then holds nothing that opens
     */
    public static BackupReport write(
            DatabaseFolder source, WriteAheadLog log, Path target, long timeMillis, Consumer<Runnable> exclusively) {
        FileSystem files = source.files();
        Manifest manifest = source.manifest();
        Path absolute = target.toAbsolutePath().normalize();
        if (manifest == null) {
            throw new IllegalStateException("the journal was not opened");
        }
        try (FolderCopy copy = FolderCopy.begin(files, absolute, new CopyPace(log))) {
            try {
                List<WriteAheadLog.Extent> journal = new ArrayList<>();
                exclusively.accept(() -> journal.add(log.extentFrom(manifest.startLsn())));
                BackupList list = fill(copy, source, manifest, journal.getFirst(), timeMillis);
                verify(files, copy.root(), source.root(), manifest);
                copy.put(list);
                copy.publish(manifest);
                return report(list);
            } catch (IOException | RuntimeException failure) {
                copy.discard();
                throw failure;
            }
        } catch (IOException e) {
            throw StorageFailure.io("back up to", absolute, e);
        }
    }

    private static BackupReport report(BackupList list) {
        return new BackupReport(list.lsn(), list.timeMillis(), list.entries().size(), list.bytes());
    }

    private static BackupList fill(
            FolderCopy copy, DatabaseFolder source, Manifest manifest, WriteAheadLog.Extent journal, long timeMillis)
            throws IOException {
        List<BackupList.Entry> entries = new ArrayList<>();
        if (manifest.checkpoint() > 0) {
            Path checkpoint = source.checkpointPath(manifest.checkpoint());
            entries.add(copy.copy(
                    checkpoint, source.relative(checkpoint), DatabaseFolder.length(source.files(), checkpoint), null));
        }
        for (Map.Entry<String, Long> store : manifest.fileLengths().entrySet()) {
            entries.add(copy.copy(source.root().resolve(store.getKey()), store.getKey(), store.getValue(), null));
        }
        for (WriteAheadLog.Part part : journal.parts()) {
            entries.add(copy.copy(part.path(), source.relative(part.path()), part.bytes(), null));
        }
        SegmentHeader end = new SegmentHeader(
                journal.lastNumber() + 1, journal.lastLsn() + 1, journal.lastLsn(), manifest.database());
        entries.add(copy.put("journal/" + JournalFormat.fileName(end.number()), JournalFormat.encode(end)));
        entries.add(manifest.entry());
        return new BackupList(manifest.database(), journal.lastLsn(), timeMillis, entries);
    }

    /** Reads back what was copied; damage is reported where it comes from. */
    private static void verify(FileSystem files, Path copied, Path origin, Manifest manifest) {
        for (FolderCheck.Damage damage :
                FolderCheck.run(files, copied, manifest).found()) {
            Path file = damage.file().startsWith(copied) ? origin.resolve(copied.relativize(damage.file())) : origin;
            throw StorageFailure.damaged(file, Math.max(0, damage.offset()), damage.what());
        }
    }

    /**
     * Makes a database of a backup, whose files are only read.
     *
     * @throws VelesException VELES-006 when it is no backup or a damaged one, with file and offset, or the target is not
     *     empty; VELES-011. The target then holds nothing that opens
     */
    public static BackupReport restore(FileSystem files, Path backup, Path target) {
        Path origin = backup.toAbsolutePath().normalize();
        Path absolute = target.toAbsolutePath().normalize();
        try {
            BackupList list = BackupList.read(files, origin);
            Manifest manifest = Manifest.read(files, origin);
            try (FolderCopy copy = FolderCopy.begin(files, absolute, new CopyPace(null))) {
                try {
                    restore(copy, files, list, manifest, origin);
                    copy.publish(manifest);
                    return report(list);
                } catch (IOException | RuntimeException failure) {
                    copy.discard();
                    throw failure;
                }
            }
        } catch (IOException e) {
            throw StorageFailure.io("restore to", absolute, e);
        }
    }

    private static void restore(FolderCopy copy, FileSystem files, BackupList list, Manifest manifest, Path origin)
            throws IOException {
        boolean named = false;
        for (BackupList.Entry entry : list.entries()) {
            Path from = origin.resolve(entry.path());
            if (entry.path().equals(Manifest.NAME)) {
                named = manifest.isListedAs(entry);
            } else if (!files.exists(from)) {
                throw StorageFailure.damaged(from, 0, "it is missing");
            } else {
                refuseLonger(files, from, entry);
                copy.copy(from, entry.path(), entry.length(), entry.checksums());
            }
        }
        if (!named) {
            throw StorageFailure.damaged(origin.resolve(Manifest.NAME), 0, "it is not the one of this backup");
        }
        verify(files, copy.root(), origin, manifest);
    }

    private static void refuseLonger(FileSystem files, Path file, BackupList.Entry entry) throws IOException {
        long found = DatabaseFolder.length(files, file);
        if (found > entry.length()) {
            throw StorageFailure.damaged(
                    file, entry.length(), "it goes on to byte " + found + ", and ended here when the backup was made");
        }
    }

    /** Compares the files of a backup with its list. Changes nothing. */
    static void check(FileSystem files, Path root, DamageSink sink) throws IOException {
        BackupList list = BackupList.read(files, root);
        for (BackupList.Entry entry : list.entries()) {
            Path file = root.resolve(entry.path());
            if (!files.exists(file)) {
                sink.found(file, 0, "it is missing");
                continue;
            }
            if (DatabaseFolder.length(files, file) != entry.length()) {
                sink.found(
                        file,
                        Math.min(DatabaseFolder.length(files, file), entry.length()),
                        "it had " + entry.length() + " bytes when the backup was made");
                continue;
            }
            FolderCopy.check(files, file, entry, sink);
        }
    }

    /** Takes what is damaged in a backup. */
    @FunctionalInterface
    interface DamageSink {
        void found(Path file, long offset, String what);
    }
}
