package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the database that a command names. */
final class Folder {
    private Folder() {}

    /** Opens a database that is there; a command that only looks must not make one. */
    static Database open(Path path, Output output) {
        mustExist(path);
        return openOrCreate(path, output);
    }

    static void mustExist(Path path) {
        if (!Files.isDirectory(path)) {
            throw new VelesException(
                    ErrorCode.IO,
                    "there is no folder " + path
                            + "; give the folder of a database, or make one with '" + VelesCommand.called()
                            + " collection create' or '" + VelesCommand.called() + " data import'");
        }
    }

    static Database openOrCreate(Path path, Output output) {
        return VelesDb.open(
                path, Options.DEFAULTS.withConfiguration(output.root().configuration()));
    }
}
