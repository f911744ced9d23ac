package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.cli.console.Display;
import io.velesdb.conformance.DatabaseQuerySurface;
import io.velesdb.conformance.QueryCases;
import io.velesdb.conformance.QueryDataset;
import io.velesdb.host.Clock;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "conformance",
        description = "Compares what statements answer with what they must answer.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConformanceCommand.Run.class)
final class ConformanceCommand {
    @Command(
            name = "run",
            description = {
                "Runs a file of statement cases, each on a fresh copy of the data in memory.",
                "",
                "Prints 'N passed, N failed', and of each failure what was expected and what came. Exit status 1 when"
                        + " one fails."
            })
    static final class Run implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "CASES", description = "A file such as conformance/velesql/cases.json.")
        private Path cases = Path.of("");

        @Option(
                names = "--dataset",
                paramLabel = "FILE",
                description =
                        "The data that every case finds (default: dataset.json beside X.json, or X-dataset.json).")
        private @Nullable Path dataset;

        @Option(names = "--json", description = "The same as --format json.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            QueryCases all = QueryCases.parse(Files.readString(cases, StandardCharsets.UTF_8));
            QueryDataset data = QueryDataset.parse(Files.readString(dataset(), StandardCharsets.UTF_8));
            Clock clock = data.clock(System::currentTimeMillis);
            // refused here and now when it cannot be loaded, not by each case
            DatabaseQuerySurface.holding(data, clock).close();
            QueryCases.Report report = all.run(() -> DatabaseQuerySurface.holding(data, clock));
            if (json || output.json()) {
                output.json(json(report));
            } else {
                print(report);
            }
            return report.failures().isEmpty() ? 0 : Failures.FAILED;
        }

        private Path dataset() {
            if (dataset != null) {
                return dataset;
            }
            String name = String.valueOf(cases.getFileName()).replaceFirst("\\.json$", "");
            Path own = cases.resolveSibling(name + "-dataset.json");
            Path common = cases.resolveSibling("dataset.json");
            for (Path place : List.of(own, common)) {
                if (Files.isRegularFile(place)) {
                    return place;
                }
            }
            throw new VelesException(
                    ErrorCode.IO, "there is neither " + own + " nor " + common + ": name the data with --dataset");
        }

        private void print(QueryCases.Report report) {
            for (QueryCases.Failure failure : report.failures()) {
                output.out().println(output.terminal().bold(Display.plain(failure.id())));
                output.out().println("  " + Display.plain(failure.statement()));
                output.out().println("  " + Display.plain(failure.report()));
            }
            output.out().println(report.summary());
        }

        private static Obj json(QueryCases.Report report) {
            return Obj.of(
                    "passed",
                    report.passed(),
                    "failed",
                    report.failures().size(),
                    "failures",
                    Arr.of(report.failures().stream()
                            .map(failure -> Obj.of(
                                    "id", failure.id(),
                                    "query", failure.statement(),
                                    "report", failure.report()))
                            .toList()));
        }
    }
}
