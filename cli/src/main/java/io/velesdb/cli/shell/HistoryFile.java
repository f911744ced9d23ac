package io.velesdb.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the lines that were typed are kept: in the folder for the state of the user's programs. */
final class HistoryFile {
    private HistoryFile() {}

    /**
     * The file, ready to be read and written; null where that is not possible: then lines are kept until the shell ends.
     *
     * @param environment VELESDB_HISTORY names the file; else XDG_STATE_HOME and LOCALAPPDATA say where it goes
     * @param home the user's home folder
     */
    static @Nullable Path find(Map<String, String> environment, @Nullable String home) {
        try {
            Path file = place(environment, home);
            if (file == null) {
                return null;
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            // nothing is written; whether it could be is known only by trying
            Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), forItsOwner(file))
                    .close();
            return Files.isReadable(file) ? file : null;
        } catch (IOException | InvalidPathException | SecurityException e) {
            return null;
        }
    }

    /** What a new file is made with: statements hold what others on the machine need not read. */
    private static FileAttribute<?>[] forItsOwner(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static @Nullable Path place(Map<String, String> environment, @Nullable String home) {
        String named = environment.get("VELESDB_HISTORY");
        if (named != null) {
            return named.isBlank() ? null : Path.of(named);
        }
        for (String variable : new String[] {"XDG_STATE_HOME", "LOCALAPPDATA"}) {
            String folder = environment.get(variable);
            if (folder != null && Path.of(folder).isAbsolute()) {
                return Path.of(folder, "velesdb", "history");
            }
        }
        return home == null || home.isBlank() ? null : Path.of(home, ".local", "state", "velesdb", "history");
    }
}
