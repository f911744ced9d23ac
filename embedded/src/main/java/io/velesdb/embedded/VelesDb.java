package io.velesdb.embedded;

import io.velesdb.Database;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.host.Clock;
import io.velesdb.host.Diagnostics;
import java.nio.file.Path;

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
        return open(new LocalFileSystem(), folder, options, System::currentTimeMillis, LogDiagnostics.INSTANCE);
    }

    /** The same on another file system and clock, as tests need it. */
    public static Database open(FileSystem files, Path folder, Options options, Clock clock, Diagnostics diagnostics) {
        return OpenDatabase.open(files, folder, options, clock, diagnostics).database();
    }
}
