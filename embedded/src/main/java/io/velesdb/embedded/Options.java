package io.velesdb.embedded;

import io.velesdb.Configuration;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.VelesException;
import io.velesdb.embedded.storage.LogMode;

/**
 * How a database folder is opened.
 *
 * @param logMode when a write counts as done; {@link LogMode#FSYNC} unless said otherwise
 * @param limits what requests may ask for
 * @param settings what searches and new collections get that do not ask for anything, and how writes are gathered
 * @param threads threads that build an index, at least 1; the graph does not depend on it
 * @param checkpointBytes a checkpoint is written when the journal has grown by so much, and by half of the last checkpoint
 * @param keptJournalBytes so much of the journal stays behind a checkpoint for those who read changes; 0 unless said
 *     otherwise
 * @param background whether checkpoints and vacuums happen by themselves; tests turn it off to decide when
 */
public record Options(
        LogMode logMode,
        Limits limits,
        Configuration settings,
        int threads,
        long checkpointBytes,
        long keptJournalBytes,
        boolean background) {
    private static final long DEFAULT_CHECKPOINT_BYTES = 64L << 20;

    public static final Options DEFAULTS = new Options(
            LogMode.FSYNC,
            Limits.DEFAULTS,
            Configuration.DEFAULTS,
            Runtime.getRuntime().availableProcessors(),
            DEFAULT_CHECKPOINT_BYTES,
            0,
            true);

    /** For tools: nothing happens by itself, and no journal goes that somebody may want to read. */
    static final Options INSPECTING = DEFAULTS.withoutBackground().withKeptJournalBytes(Long.MAX_VALUE);

    /** @throws VelesException VELES-009 for a value out of range */
    public Options {
        if (threads < 1 || threads > 1_024) {
            throw new VelesException(ErrorCode.CONFIG, "threads is " + threads + ": use 1 to 1024");
        }
        if (checkpointBytes < 1) {
            throw new VelesException(ErrorCode.CONFIG, "checkpoint_bytes is " + checkpointBytes + ": use 1 or more");
        }
        if (keptJournalBytes < 0) {
            throw new VelesException(ErrorCode.CONFIG, "kept_journal_bytes is " + keptJournalBytes + ": use 0 or more");
        }
    }

    public Options withLogMode(LogMode mode) {
        return new Options(mode, limits, settings, threads, checkpointBytes, keptJournalBytes, background);
    }

    public Options withLimits(Limits other) {
        return new Options(logMode, other, settings, threads, checkpointBytes, keptJournalBytes, background);
    }

    /**
     * With all settings of a configuration, its limits included.
     *
     * @throws VelesException VELES-009 for {@code storage.storage_mode} memory, which a folder cannot be
     */
    public Options withConfiguration(Configuration configuration) {
        if (configuration.text("storage.storage_mode").equals("memory")) {
            throw new VelesException(
                    ErrorCode.CONFIG,
                    "storage.storage_mode is memory, and a folder is to be opened: use mmap, or Database.inMemory");
        }
        return new Options(
                logMode, configuration.limits(), configuration, threads, checkpointBytes, keptJournalBytes, background);
    }

    public Options withThreads(int count) {
        return new Options(logMode, limits, settings, count, checkpointBytes, keptJournalBytes, background);
    }

    public Options withCheckpointBytes(long bytes) {
        return new Options(logMode, limits, settings, threads, bytes, keptJournalBytes, background);
    }

    /**
     * Keeps so many bytes of the journal behind a checkpoint, so that {@link io.velesdb.Database#changes} reaches further
     * back, also after the database was closed and opened.
     *
     * @throws VelesException VELES-009 when negative
     */
    public Options withKeptJournalBytes(long bytes) {
        return new Options(logMode, limits, settings, threads, checkpointBytes, bytes, background);
    }

    public Options withoutBackground() {
        return new Options(logMode, limits, settings, threads, checkpointBytes, keptJournalBytes, false);
    }
}
