package io.velesdb.cli;

import io.velesdb.CollectionInfo;
import io.velesdb.Database;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
                    .println(String.format(
                            Locale.ROOT,
                            "%s: %,d points in %d %s, %s on disk, %,d changes",
                            path,
                            points,
                            collections.size(),
                            collections.size() == 1 ? "collection" : "collections",
                            DiskUsage.text(bytes),
                            database.lsn()));
            if (!collections.isEmpty()) {
                output.out().println();
                output.table(collections, "");
            }
        }
    }
}
