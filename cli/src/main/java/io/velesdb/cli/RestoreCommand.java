package io.velesdb.cli;

import io.velesdb.embedded.VelesDb;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Makes a database of a backup, which stays as it is; verifies everything first.")
final class RestoreCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "BACKUP", description = "The folder that 'backup' wrote.")
    private Path backup = Path.of("");

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder that is missing or empty.")
    private Path target = Path.of("");

    @Override
    public void run() {
        Folder.mustExist(backup);
        BackupCommand.show(output, "Restored", VelesDb.restore(backup, target), target);
    }
}
