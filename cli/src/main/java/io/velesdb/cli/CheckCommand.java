package io.velesdb.cli;

import io.velesdb.embedded.CheckReport;
import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Verifies every checksum of a database, and that its files agree with each other, row by row.",
            "",
            "Changes nothing. The exit status is 1 when something is damaged. The database must not be open."
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "PATH", description = "The folder of the database.")
    private Path path = Path.of("");

    @Override
    public Integer call() {
        Folder.mustExist(path);
        CheckReport report = VelesDb.check(path);
        List<Obj> findings = report.findings().stream().map(CheckCommand::json).toList();
        String read = read(report);
        if (output.json()) {
            output.json(Obj.of(
                    "clean", report.isClean(),
                    "files", report.filesRead(),
                    "journal_records", report.recordsRead(),
                    "rows", report.rowsRead(),
                    "backup", report.backup(),
                    "findings", Arr.of(findings)));
        } else if (report.isClean()) {
            output.out().println("Clean: read " + read + ".");
        } else {
            output.table(findings, "");
            output.out().println();
            output.out().println("Damaged: read " + read + ". " + remedy(report));
        }
        return report.isClean() ? 0 : Failures.FAILED;
    }

    private static String read(CheckReport report) {
        String files =
                String.format(Locale.ROOT, "%,d files, %,d journal records", report.filesRead(), report.recordsRead());
        return report.backup()
                ? files + " of a backup; its rows can be checked once it is restored"
                : files + String.format(Locale.ROOT, ", %,d rows", report.rowsRead());
    }

    private String remedy(CheckReport report) {
        return report.findings().stream().allMatch(CheckReport.Finding::repairable)
                ? "All of it can be made again: " + VelesCommand.called() + " repair " + path
                : "What is not repairable needs a backup.";
    }

    private static Obj json(CheckReport.Finding finding) {
        return Obj.of(
                "file", finding.file().toString(),
                "offset", finding.offset() < 0 ? Value.NULL : Value.of(finding.offset()),
                "repairable", finding.repairable(),
                "what", finding.what());
    }
}
