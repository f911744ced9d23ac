package io.velesdb.embedded;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Observer;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.Backup;
import io.velesdb.embedded.storage.BackupReport;
import io.velesdb.embedded.storage.CheckpointFile;
import io.velesdb.embedded.storage.CheckpointFileWriter;
import io.velesdb.embedded.storage.DatabaseFolder;
import io.velesdb.embedded.storage.JournalCursor;
import io.velesdb.embedded.storage.WriteAheadLog;
import io.velesdb.engine.Engine;
import io.velesdb.host.Clock;
import io.velesdb.host.Diagnostics;
import io.velesdb.host.Lifecycle;
import io.velesdb.host.StoreId;
import io.velesdb.journal.Change;
import io.velesdb.journal.ChangeCursor;
import io.velesdb.journal.Journal;
import io.velesdb.journal.PrimarySections;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One open database folder: recovers it, checkpoints it, closes it. */
final class OpenDatabase implements Lifecycle {
    private static final String UNICODE_VERSION = "16.0";
    private static final long SEGMENT_BYTES = 64L << 20;

    private final DatabaseFolder folder;
    private final Options options;
    private final WorkerPool workers;
    private final FilePlatform platform;
    private final GroupCommitter committer;
    private final ReentrantLock checkpointing = new ReentrantLock();
    private final ChangeSignal changed = new ChangeSignal();
    private final OpenJournal journal = new OpenJournal();
    private final Engine engine;
    private final WriteAheadLog log;
    private final @Nullable Maintenance maintenance;
    private long checkpointLsn;
    private long lastCheckpointBytes;
    private volatile boolean closed;

    /** The engine needs a journal before there is one: while it is being recovered, nothing is appended. */
    private final class OpenJournal implements Journal {
        private @Nullable WriteAheadLog target;

        @Override
        public void append(long lsn, byte[] bytes, int length) {
            WriteAheadLog recovered = recovered();
            long given = recovered.append(bytes, length);
            if (given != lsn) {
                throw new VelesException(
                        ErrorCode.INTERNAL,
                        "the journal numbered a record " + given + ", the engine " + lsn + ": reopen the database");
            }
            recovered.commit();
        }

        @Override
        public boolean takeBack(long lsn) {
            recovered().takeBack(lsn);
            return true;
        }

        @Override
        public ChangeCursor read(long fromLsn) {
            return new SignalledCursor(recovered().read(fromLsn));
        }

        private WriteAheadLog recovered() {
            WriteAheadLog recovered = target;
            if (recovered == null) {
                throw new VelesException(ErrorCode.INTERNAL, "the journal was used before it was recovered");
            }
            return recovered;
        }
    }

    /** Reads the journal's files, and waits for the commits of this process. */
    private final class SignalledCursor implements ChangeCursor {
        private final JournalCursor cursor;

        SignalledCursor(JournalCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public @Nullable Change next(long appliedLsn) {
            return cursor.next(appliedLsn);
        }

        @Override
        public long await(long nanos) {
            long next = cursor.nextLsn();
            return changed.await(
                    () -> log.isClosed()
                            || log.durableLsn() >= next && engine.snapshot().lsn() >= next,
                    nanos);
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    private boolean leftAsFound;

    private OpenDatabase(
            DatabaseFolder folder,
            Options options,
            Clock clock,
            Diagnostics diagnostics,
            boolean rebuild,
            long verifiedAtOnce) {
        this.folder = folder;
        this.options = options;
        committer = new GroupCommitter(
                (int) options.settings().whole("wal_batch.max_batch_size"),
                options.settings().whole("wal_batch.commit_delay_us"),
                changed::signal);
        workers = new WorkerPool(options.threads());
        boolean[] rebuilt = {rebuild};
        platform = new FilePlatform(folder, workers, clock, (structure, damage) -> {
            rebuilt[0] = true;
            diagnostics.rebuilt(structure, damage);
        });
        WriteAheadLog recovered = null;
        try {
            engine = loadEngine(rebuild, verifiedAtOnce);
            engine.settings().configure(options.settings());
            // after a rebuild the checkpoint on disk is not what is in memory, whatever its number
            checkpointLsn = rebuilt[0] ? -1 : engine.lsn();
            // what the checkpoint refers to must stay, also where the journal's tail replaces it
            Set<StoreId> live = storesOf(engine);
            recovered = folder.openJournal(options.logMode(), SEGMENT_BYTES, UNICODE_VERSION, engine::replay)
                    .log();
            log = recovered;
            log.keep(options.keptJournalBytes());
            live.addAll(storesOf(engine));
            folder.deleteUnused(live, log);
            platform.retain(live);
        } catch (RuntimeException | Error failure) {
            if (recovered != null) {
                closeAfter(failure, recovered);
            }
            platform.close();
            workers.close();
            throw failure;
        }
        journal.target = log;
        maintenance = options.background() ? new Maintenance(this, engine) : null;
        if (maintenance != null) {
            engine.upkeep().doneInBackground(maintenance::wake);
            platform.whenMany(maintenance::wake);
        }
    }

    /**
     * Opens a folder.
     *
     * @param rebuild makes every derived structure again instead of reading it
     */
    static OpenDatabase open(
            FileSystem files, Path path, Options options, Clock clock, Diagnostics diagnostics, boolean rebuild) {
        return open(files, path, options, clock, diagnostics, rebuild, CheckpointFile.VERIFY_AT_ONCE);
    }

    /** @param verifiedAtOnce codes and links up to so many bytes are verified while opening, larger ones as they are used */
    static OpenDatabase open(
            FileSystem files,
            Path path,
            Options options,
            Clock clock,
            Diagnostics diagnostics,
            boolean rebuild,
            long verifiedAtOnce) {
        DatabaseFolder folder = DatabaseFolder.open(files, path);
        try {
            OpenDatabase open = new OpenDatabase(folder, options, clock, diagnostics, rebuild, verifiedAtOnce);
            if (open.maintenance != null) {
                open.maintenance.start();
            }
            return open;
        } catch (RuntimeException | Error failure) {
            folder.close();
            if (rebuild || !(failure instanceof VelesException known) || known.code() != ErrorCode.INDEX_CORRUPTED) {
                throw failure;
            }
            // the journal's tail works on codes or links that were not verified before: they are made again
            OpenDatabase open = open(files, path, options, clock, diagnostics, true, verifiedAtOnce);
            diagnostics.rebuilt("vector indexes", known);
            return open;
        }
    }

    private static void closeAfter(Throwable failure, WriteAheadLog log) {
        try {
            log.close();
        } catch (VelesException another) {
            failure.addSuppressed(another);
        }
    }

    private Engine loadEngine(boolean rebuild, long verifiedAtOnce) {
        try (CheckpointFile opened = folder.openCheckpoint()) {
            CheckpointFile checkpoint = opened == null ? null : opened.verifyingAtOnce(verifiedAtOnce);
            return checkpoint == null
                    ? new Engine(platform, options.limits(), journal, committer)
                    : Engine.load(
                            platform,
                            options.limits(),
                            journal,
                            committer,
                            rebuild ? new PrimarySections(checkpoint) : checkpoint);
        }
    }

    private static Set<StoreId> storesOf(Engine engine) {
        Set<StoreId> live = new HashSet<>();
        engine.exclusively(() -> engine.stores().forEach(stores -> live.add(stores.id())));
        return live;
    }

    /** @param observer asked before every read and write, told of what happened */
    Database database(Observer observer) {
        return new Database(engine, this, observer);
    }

    /** Closing will write no checkpoint: whoever only looks leaves everything as it was found, damage included. */
    void leaveAsFound() {
        leftAsFound = true;
    }

    @Override
    public void flush() {
        engine.exclusively(engine::requireWhole);
        log.sync();
        changed.signal();
    }

    @Override
    public void checkpoint() {
        checkpointing.lock();
        try {
            if (closed) {
                throw new VelesException(ErrorCode.IO, "the database is closed: open it again");
            }
            writeCheckpoint();
        } finally {
            checkpointing.unlock();
        }
    }

    /** Copies the database as it is now to a folder; writers go on, checkpoints wait. */
    BackupReport backup(Path target) {
        checkpointing.lock();
        try {
            if (closed) {
                throw new VelesException(ErrorCode.IO, "the database is closed: open it again");
            }
            engine.exclusively(engine::requireWhole);
            return Backup.write(folder, log, target, engine.nowMillis(), engine::exclusively);
        } finally {
            checkpointing.unlock();
        }
    }

    /** True when the journal has grown enough for a checkpoint to pay, and none has to wait for a backup. */
    boolean checkpointDue() {
        return !checkpointing.isLocked() && log.bytes() >= Math.max(options.checkpointBytes(), lastCheckpointBytes / 2);
    }

    /** Closes the files of what was dropped, when they may be many; they are deleted by the next checkpoint. */
    void closeDropped() {
        if (!platform.holdsMany() || !checkpointing.tryLock()) {
            return;
        }
        try {
            engine.exclusively(() -> {
                Set<StoreId> live = new HashSet<>();
                engine.stores().forEach(stores -> live.add(stores.id()));
                platform.retain(live);
            });
        } finally {
            checkpointing.unlock();
        }
    }

    @Override
    public void close() {
        if (maintenance != null) {
            maintenance.stop();
        }
        checkpointing.lock();
        try {
            if (closed) {
                return;
            }
            engine.exclusively(committer::close);
            closed = true;
            VelesException failure;
            try {
                failure = saveAtClose();
            } finally {
                closeFiles();
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            checkpointing.unlock();
        }
    }

    /** Returns why what was acknowledged may not be durable; null when it is. */
    private @Nullable VelesException saveAtClose() {
        if (leftAsFound) {
            return null;
        }
        try {
            writeCheckpoint();
            return null;
        } catch (VelesException noCheckpoint) {
            // the journal holds everything: the next open replays it, if it can be made durable
            System.getLogger("io.velesdb")
                    .log(System.Logger.Level.WARNING, "no checkpoint at close: " + noCheckpoint.getMessage());
        }
        try {
            flush();
            return null;
        } catch (VelesException notDurable) {
            return notDurable;
        }
    }

    private void closeFiles() {
        try {
            log.close();
        } finally {
            changed.signal();
            platform.close();
            workers.close();
            // last, and whatever happened before: nobody could open the database again
            folder.close();
        }
    }

    private void writeCheckpoint() {
        engine.exclusively(engine::requireWhole);
        if (engine.snapshot().lsn() == checkpointLsn) {
            return;
        }
        Saved saved = new Saved();
        try {
            // writers wait while the state goes to the page cache; making it durable happens beside them
            engine.exclusively(() -> {
                engine.requireWhole();
                saved.startLsn = log.rotate();
                saved.stores = engine.stores();
                saved.writer = folder.beginCheckpoint(saved.startLsn);
                engine.save(saved.writer);
            });
            finish(saved);
        } finally {
            if (saved.writer != null) {
                saved.writer.close();
            }
        }
    }

    private void finish(Saved saved) {
        CheckpointFileWriter writer = saved.writer;
        if (writer == null) {
            throw new VelesException(ErrorCode.INTERNAL, "a checkpoint was not begun");
        }
        writer.finish();
        Map<String, Long> lengths = new TreeMap<>();
        Set<StoreId> live = new HashSet<>();
        for (Engine.Stores stores : saved.stores) {
            stores.sync();
            live.add(stores.id());
            lengths.put(folder.relative(folder.payload(stores.id())), stores.documentBytes());
            if (stores.vectors() != null) {
                lengths.put(folder.relative(folder.vectors(stores.id())), stores.vectorBytes());
            }
        }
        folder.publish(saved.startLsn, UNICODE_VERSION, lengths);
        checkpointLsn = saved.startLsn - 1;
        lastCheckpointBytes = writer.bytes();
        engine.exclusively(() -> {
            // stores made after the checkpoint are in use as well, and none may be made while files are deleted
            engine.stores().forEach(stores -> live.add(stores.id()));
            folder.deleteUnused(live, log);
            platform.retain(live);
        });
        changed.signal();
    }

    /** What the exclusive part of a checkpoint hands to the rest. */
    private static final class Saved {
        long startLsn;
        List<Engine.Stores> stores = List.of();

        @Nullable
        CheckpointFileWriter writer;
    }
}
