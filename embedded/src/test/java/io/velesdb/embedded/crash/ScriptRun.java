package io.velesdb.embedded.crash;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.CheckReport;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.SimulatedFileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Takes the steps of the {@link Script} on a simulated machine until one fails, and then says whether everything is as it
 * was promised: what was acknowledged is there, what failed is there wholly or not at all, {@code check} finds nothing.
 */
final class ScriptRun {
    private static final Path FOLDER = Path.of("/data/db");
    private static final Path BACKUPS = Path.of("/backups");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(1);

    private final List<Step> steps = Script.steps();
    private SimulatedFileSystem files;
    private Database database;

    /** Everything that was acknowledged. */
    private State state = State.EMPTY;

    /** The folders in which a backup was begun, and what the database held then. */
    private final Map<Path, State> backups = new TreeMap<>();

    /** The next step. */
    private int at;

    /** How often what is there was verified. */
    private long verified;

    /** How often a step failed. */
    private int failures;

    ScriptRun(SimulatedFileSystem files) {
        this.files = files;
    }

    /** Takes all steps from the present one on. Nothing may fail. */
    void finish() {
        while (!step()) {
            // a failing call may be met only once
            throw new AssertionError("failed without a cause: " + where());
        }
    }

    /** What stopped it and where, for messages. */
    String where() {
        return at == 0 && database == null ? "while opening" : "at step " + at + ", " + present();
    }

    private Object present() {
        return at < steps.size() ? steps.get(at) : "the last close";
    }

    int failures() {
        return failures;
    }

    SimulatedFileSystem files() {
        return files;
    }

    /**
     * Goes on until a call fails, or to the end.
     *
     * @return false when a call failed; the present step is then the one that met it
     */
    boolean step() {
        try {
            if (database == null) {
                database = open(files);
            }
            while (at < steps.size()) {
                Step step = steps.get(at);
                if (step instanceof Step.Backup) {
                    backUp();
                } else {
                    step.run(database);
                }
                state = step.apply(state);
                if (step instanceof Step.Reopen) {
                    database = null;
                    database = open(files);
                }
                at++;
            }
            database.close();
            database = null;
            return true;
        } catch (VelesException e) {
            if (e.code() != ErrorCode.IO) {
                throw e;
            }
            failures++;
            return false;
        }
    }

    /** Each attempt has a folder of its own: a crash leaves what the next one refuses. */
    private void backUp() {
        Path folder = BACKUPS.resolve(Integer.toString(backups.size()));
        backups.put(folder, state);
        VelesDb.backup(database, folder);
    }

    /** A folder that a backup was begun in holds the state of that moment, or nothing that opens. */
    private void checkBackups(SimulatedFileSystem found) {
        backups.forEach((folder, then) -> {
            if (!found.files().contains(folder.resolve("MANIFEST"))) {
                return;
            }
            Path restored = Path.of("/restored").resolve(folder.getFileName());
            VelesDb.restore(found, folder, restored);
            try (Database opened = open(found, restored)) {
                String difference = then.differenceFrom(opened);
                if (difference != null) {
                    throw new AssertionError("the backup in " + folder + ": " + difference);
                }
            }
        });
    }

    /** Reads go on after a failure, and show nothing of the step that failed. */
    void checkReads() {
        if (database != null
                && !(steps.get(Math.min(at, steps.size() - 1)) instanceof Step.Reopen)
                && at < steps.size()) {
            String difference = state.differenceFrom(database);
            if (difference != null) {
                throw new AssertionError("after a failure: " + difference);
            }
        }
    }

    /** Closes what is open, as far as that goes. */
    void close() {
        try {
            if (database != null) {
                database.close();
            }
        } catch (VelesException e) {
            if (e.code() != ErrorCode.IO) {
                throw e;
            }
        }
        database = null;
    }

    /** Goes on with other files: those that a machine finds that starts again. */
    void restart(SimulatedFileSystem next) {
        files = next;
        database = null;
    }

    /** Opens what is there, compares it, and moves on when the failed step had come true. */
    void recover() {
        verify(files, true);
        database = open(files);
        if (at < steps.size() && state.differenceFrom(database) != null) {
            state = steps.get(at).apply(state);
            at++;
        } else if (at < steps.size() && steps.get(at) instanceof Step.Reopen) {
            at++;
        }
    }

    /** Compares what a machine finds with what may be there; takes a copy when {@code files} are needed as they are. */
    void verify(SimulatedFileSystem found, boolean copied) {
        SimulatedFileSystem its = copied ? found.copy() : found;
        checkIsClean(its);
        try (Database opened = open(its)) {
            State there = state;
            String difference = there.differenceFrom(opened);
            if (difference != null && at < steps.size()) {
                there = steps.get(at).apply(state);
                String other = there.differenceFrom(opened);
                difference = other == null ? null : difference + "; with the failed step: " + other;
            }
            if (difference == null) {
                // other questions at each call that fails, and each time
                SplittableRandom random = new SplittableRandom(31 * files.calls() + verified++);
                difference = new DerivedAnswers(there, random).differenceOfAFew(opened);
            }
            if (difference != null) {
                throw new AssertionError(difference);
            }
        }
        checkIsClean(its);
        checkBackups(its.copy());
    }

    private static void checkIsClean(SimulatedFileSystem files) {
        if (files.files().stream().noneMatch(file -> file.equals(FOLDER.resolve("MANIFEST")))) {
            return;
        }
        CheckReport report = VelesDb.check(files, FOLDER);
        if (!report.isClean()) {
            throw new AssertionError("check: " + report.findings());
        }
    }

    private static Database open(SimulatedFileSystem files) {
        return open(files, FOLDER);
    }

    private static Database open(SimulatedFileSystem files, Path folder) {
        return VelesDb.open(files, folder, OPTIONS, () -> 1_000L, (what, why) -> {
            throw new AssertionError("had to rebuild " + what + ": " + why.getMessage());
        });
    }
}
