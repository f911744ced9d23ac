package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.storage.BackupReport;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "backup", description = "Copies a database to a new folder, and verifies it on the way.")
final class BackupCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database.")
    private Path path = Path.of("");

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder that is missing or empty.")
    private Path target = Path.of("");

    @Override
    public void run() {
        try (Database database = Folder.open(path, output)) {
            show(output, "Backed up", VelesDb.backup(database, target), target);
        }
    }

    static void show(Output output, String done, BackupReport report, Path target) {
        output.done(
                String.format(
                        Locale.ROOT,
                        "%s %d files, %s, up to change %,d, to %s.",
                        done,
                        report.files(),
                        DiskUsage.text(report.bytes()),
                        report.lsn(),
                        target),
                Obj.of(
                        "target",
                        target.toString(),
                        "changes",
                        report.lsn(),
                        "made_at_ms",
                        report.timeMillis(),
                        "files",
                        report.files(),
                        "bytes",
                        report.bytes()));
    }
}
