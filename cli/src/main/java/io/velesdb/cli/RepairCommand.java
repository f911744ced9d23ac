package io.velesdb.cli;

import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "repair",
        description = {
            "Makes the columns, codes and graphs of a database again from its documents and vectors.",
            "",
            "Damaged documents or vectors cannot be made again: then nothing is changed. The database must not be open."
        })
final class RepairCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "PATH", description = "The folder of the database.")
    private Path path = Path.of("");

    @Override
    public void run() {
        Folder.mustExist(path);
        List<String> rebuilt = VelesDb.repair(path);
        if (output.json()) {
            output.json(Obj.of("rebuilt", rebuilt));
            return;
        }
        rebuilt.forEach(structure -> output.out().println("Made again: " + structure));
        output.out().println(rebuilt.isEmpty() ? "There was nothing to make again." : "The database is whole.");
    }
}
