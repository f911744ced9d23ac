package io.velesdb.embedded;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Observer;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.storage.Backup;
import io.velesdb.embedded.storage.BackupReport;
import io.velesdb.embedded.storage.DatabaseFolder;
import io.velesdb.embedded.storage.FolderSnapshots;
import io.velesdb.host.Clock;
import io.velesdb.host.Diagnostics;
import io.velesdb.memory.SnapshotStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens databases that live in a folder. Thread-safe. */
public final class VelesDb {
    private VelesDb() {}

    /**
     * Opens the database in {@code folder}, or creates one in a folder that is missing or empty. Recovers what a crash
     * left: every acknowledged write is there.
     *
     * @throws io.velesdb.VelesException VELES-031 when it is open elsewhere, VELES-006 for a folder that is something else
     *     or damaged, VELES-011 when it cannot be written, VELES-036 for a newer format
     */
    public static Database open(Path folder) {
        return open(folder, Options.DEFAULTS);
    }

    /** The same with other than the default options. */
    public static Database open(Path folder, Options options) {
        return open(new LocalFileSystem(), folder, options, SystemClock.INSTANCE, LogDiagnostics.INSTANCE);
    }

    /**
     * The same, watched. The database that is returned is the application's own, which the observer knows as {@link
     * io.velesdb.Caller#NONE}; {@link Database#as} makes those of others.
     *
     * @param observer asked before every read and write, told of what happened
     */
    public static Database open(Path folder, Options options, Observer observer) {
        return OpenDatabase.open(
                        new LocalFileSystem(), folder, options, SystemClock.INSTANCE, LogDiagnostics.INSTANCE, false)
                .database(observer);
    }

    /** The same on another file system and clock, as tests need it. */
    public static Database open(FileSystem files, Path folder, Options options, Clock clock, Diagnostics diagnostics) {
        return OpenDatabase.open(files, folder, options, clock, diagnostics, false)
                .database(Observer.NONE);
    }

    /**
     * Where snapshots of an agent's memory are kept: the folder {@code _memory_snapshots} of a database, made with the first
     * of them. The database may be open.
     *
     * @param folder that of the database
     */
    public static SnapshotStore memorySnapshots(Path folder) {
        return new FolderSnapshots(new LocalFileSystem(), folder.resolve("_memory_snapshots"));
    }

    /**
     * Verifies a database: every checksum of every file, then that what the files say fits together, row by row. Changes
     * nothing that is damaged. The database must not be open.
     *
     * @throws io.velesdb.VelesException VELES-006 when the folder holds no database, VELES-031 when it is open, VELES-011
     *     when something cannot be read
     */
    public static CheckReport check(Path folder) {
        return check(new LocalFileSystem(), folder);
    }

    /** The same on another file system, as tests need it. */
    public static CheckReport check(FileSystem files, Path folder) {
        return DatabaseCheck.run(files, folder);
    }

    /**
     * Makes every derived structure (columns, codes, graph) of a database again from its documents and vectors, and
     * writes them as a new checkpoint. The database must not be open.
     *
     * @return what was rebuilt
     * @throws io.velesdb.VelesException VELES-006 when documents, vectors, row tables or the journal are damaged: those
     *     cannot be made again, and the folder is left as it is
     */
    public static List<String> repair(Path folder) {
        return repair(new LocalFileSystem(), folder);
    }

    /**
     * Copies an open database, as it is at this moment, to a folder that opens as a database: every change acknowledged
     * before the call is in it, possibly followed by whole changes that came after. Everything is verified on the way.
     * Readers and writers go on; checkpoints, and closing the database, wait until it is done.
     *
     * @param target a folder that is missing or empty; it holds a backup or, after a failure, nothing that opens
     * @throws io.velesdb.VelesException VELES-006 when the target is not empty, or something in the database is damaged,
     *     with file and offset; VELES-011 when something cannot be read or written; VELES-027 when the observer does not let
     *     the caller read everything; VELES-009 for a database that lives in memory
     */
    public static BackupReport backup(Database database, Path target) {
        if (database.lifecycle() instanceof OpenDatabase open) {
            return open.backup(target);
        }
        throw new VelesException(
                ErrorCode.CONFIG, "this database lives in memory and has no files: export its collections instead");
    }

    /**
     * Makes a database of a backup, which stays as it is. Everything is verified before the database can be opened.
     *
     * @param backup what {@link #backup} made, and nobody opened as a database since
     * @param target a folder that is missing or empty
     * @throws io.velesdb.VelesException VELES-006 when it is no backup or a damaged one, with file and offset, or when the
     *     target is not empty; VELES-011 when something cannot be read or written; VELES-036 for a newer format
     */
    public static BackupReport restore(Path backup, Path target) {
        return restore(new LocalFileSystem(), backup, target);
    }

    /** The same on another file system, as tests need it. */
    public static BackupReport restore(FileSystem files, Path backup, Path target) {
        return Backup.restore(files, backup, target);
    }

    /**
     * Whether a folder is a backup that was never opened as a database. Opening it makes it one, and a backup no more.
     *
     * @throws VelesException VELES-011 when the folder cannot be looked into
     */
    public static boolean isBackup(Path folder) {
        return DatabaseFolder.isBackup(new LocalFileSystem(), folder);
    }

    static List<String> repair(FileSystem files, Path folder) {
        if (DatabaseFolder.isBackup(files, folder)) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    folder + " is a backup, and would be one no more: restore it, and repair what comes of that");
        }
        CheckReport report = DatabaseCheck.run(files, folder);
        for (CheckReport.Finding finding : report.findings()) {
            if (!finding.repairable()) {
                throw new VelesException(
                        ErrorCode.STORAGE,
                        "cannot repair " + finding.file() + ", byte " + finding.offset() + ": " + finding.what()
                                + ": this cannot be derived from anything else; restore the folder from a backup");
            }
        }
        List<String> rebuilt = new ArrayList<>();
        Diagnostics collecting = (structure, damage) -> rebuilt.add(structure);
        OpenDatabase open =
                OpenDatabase.open(files, folder, Options.INSPECTING, SystemClock.INSTANCE, collecting, true);
        try {
            open.checkpoint();
        } finally {
            open.close();
        }
        return rebuilt;
    }
}
