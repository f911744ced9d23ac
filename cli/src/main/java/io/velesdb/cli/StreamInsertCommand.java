package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.cli.console.Progress;
import io.velesdb.cli.transfer.Columns;
import io.velesdb.cli.transfer.Importer;
import io.velesdb.cli.transfer.PointSource;
import io.velesdb.embedder.Embedder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stream-insert",
        description = "Reads points as JSON lines from standard input. Each batch is durable before the next is read.")
final class StreamInsertCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Mixin
    private EmbedderOptions embedderOptions = new EmbedderOptions();

    @Option(
            names = {"-b", "--batch-size"},
            paramLabel = "N",
            description = "Points of one atomic write (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int batchSize;

    @Option(
            names = "--embed",
            paramLabel = "FIELD",
            description = "Embed the text in this field of the payload and take it for the vector.")
    private @Nullable String field;

    @Override
    public Integer call() throws IOException {
        try (Database database = Folder.open(target.path, output);
                PointSource source = PointSource.jsonLines(System.in, Columns.USUAL);
                Embedder embedder = field == null ? null : embedderOptions.open();
                Progress shown = new Progress(output.err(), output.terminal().progress(), "Inserting", 0)) {
            Collection collection = database.collection(target.name);
            ImportReport report = new ImportReport(output, shown);
            Importer importer = new Importer(first -> collection, batchSize, report);
            if (embedder != null && field != null) {
                importer.embedding(field, embedder);
            }
            long before = collection.count();
            importer.run(source);
            shown.close();
            return report.show(target.name, target.path, collection.count() - before);
        }
    }
}
