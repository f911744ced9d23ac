package io.velesdb.cli;

import io.velesdb.embedded.CheckReport;
import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Verifies a database: every checksum of every file, then row by row that they fit together.",
            "",
            "Exit status 1 when something is damaged. What is repairable, 'velesdb repair' makes good."
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database. It must not be open.")
    private Path path = Path.of("");

    @Override
    public Integer call() {
        CheckReport report = VelesDb.check(path);
        List<Obj> rows = report.findings().stream()
                .map(finding -> Obj.of(
                        "file", finding.file().toString(),
                        "offset", finding.offset(),
                        "repairable", finding.repairable(),
                        "what", finding.what()))
                .toList();
        output.rows(
                rows,
                "Nothing is damaged: " + report.filesRead() + " files, " + report.recordsRead()
                        + " journal records and " + report.rowsRead() + " points were read.");
        return report.isClean() ? 0 : 1;
    }
}
