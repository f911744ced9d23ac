package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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

    private static void refuseBackup(Path path) {
        if (VelesDb.isBackup(path)) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    path + " is a backup, and would be one no more when it had been opened: '" + VelesCommand.called()
                            + " restore " + path + " FOLDER' makes a database of it, '" + VelesCommand.called()
                            + " check " + path + "' looks at it");
        }
    }

    static void mustExist(Path path) {
        String remedy = "; give the folder of a database, or make one with '" + VelesCommand.called()
                + " collection create' or '" + VelesCommand.called() + " data import'";
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new VelesException(ErrorCode.STORAGE, path + " is a file" + remedy);
        }
        if (!Files.isDirectory(path)) {
            throw new VelesException(ErrorCode.IO, "there is no folder " + path + remedy);
        }
        if (isEmpty(path)) {
            throw new VelesException(ErrorCode.STORAGE, "the folder " + path + " is empty" + remedy);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            // opening it says more
            return false;
        }
    }

    static Database openOrCreate(Path path, Output output) {
        refuseBackup(path);
        return VelesDb.open(
                path, Options.DEFAULTS.withConfiguration(output.root().configuration()));
    }
}
