package io.velesdb.cli;

import io.velesdb.CollectionInfo;
import io.velesdb.Database;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "stats",
        description = {
            "Shows figures of the collections.",
            "",
            "dead is the number of row versions that were replaced or deleted and still take space; raw_bytes is what the"
                    + " vectors alone take."
        })
final class StatsCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database.")
    private Path path = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One collection only.")
    private @Nullable String name;

    @Override
    public void run() {
        try (Database database = Folder.open(path, output)) {
            if (name != null) {
                output.fields(figures(database.collection(name).info()));
                return;
            }
            List<Obj> rows =
                    database.collections().stream().map(StatsCommand::figures).toList();
            output.rows(rows, "There are no collections in " + path + ".");
        }
    }

    private static Obj figures(CollectionInfo info) {
        return Obj.of(
                "name", info.name(),
                "points", info.points(),
                "dead", info.deadVersions(),
                "dimension", info.schema().dimension(),
                "raw_bytes", info.points() * info.schema().dimension() * Float.BYTES);
    }
}
