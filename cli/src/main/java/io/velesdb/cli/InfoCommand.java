package io.velesdb.cli;

import io.velesdb.CollectionInfo;
import io.velesdb.Database;
import io.velesdb.cli.console.Display;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "info", description = "Shows what a database holds.")
final class InfoCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "PATH", description = "The folder of the database.")
    private Path path = Path.of("");

    @Override
    public void run() {
        try (Database database = Folder.open(path, output)) {
            List<Obj> collections =
                    database.collections().stream().map(CollectionCommand::json).toList();
            long points = database.collections().stream()
                    .mapToLong(CollectionInfo::points)
                    .sum();
            long bytes = DiskUsage.of(path);
            if (output.json()) {
                output.json(Obj.of(
                        "path", path.toString(),
                        "changes", database.lsn(),
                        "points", points,
                        "disk_bytes", bytes,
                        "collections", Arr.of(collections)));
                return;
            }
            output.out()
                    .println(path + ": " + Display.count(points, "point", "points") + " in "
                            + Display.count(collections.size(), "collection", "collections") + ", "
                            + DiskUsage.text(bytes) + " on disk, "
                            + Display.count(database.lsn(), "change", "changes"));
            if (!collections.isEmpty()) {
                output.out().println();
                output.table(collections, "");
            }
        }
    }
}
