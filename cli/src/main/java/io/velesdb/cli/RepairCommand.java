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
            "Makes everything derived (columns, codes, graph) again from documents and vectors.",
            "",
            "Refuses, and changes nothing, when something is damaged that cannot be derived."
        })
final class RepairCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database. It must not be open.")
    private Path path = Path.of("");

    @Override
    public void run() {
        List<Obj> rows = VelesDb.repair(path).stream()
                .map(structure -> Obj.of("rebuilt", structure))
                .toList();
        output.rows(rows, "There was nothing to rebuild.");
    }
}
