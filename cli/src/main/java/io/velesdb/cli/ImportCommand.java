package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.cli.console.Display;
import io.velesdb.cli.console.Progress;
import io.velesdb.cli.transfer.Columns;
import io.velesdb.cli.transfer.Importer;
import io.velesdb.cli.transfer.PointSource;
import io.velesdb.embedder.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Imports points from JSON lines or CSV (.jsonl, .ndjson, .csv, .tsv, each also with .gz), from ids and vectors"
                    + " as plain numbers in the format VRB1 (.vrb1, .bin), or from JSON lines on standard input.",
            "",
            "A line of JSON is {\"id\":12,\"vector\":[..],\"payload\":{..}}; without \"payload\", all other members"
                    + " make up the payload. A bad line is skipped, counted and reported; the exit status is 1 if there"
                    + " was one."
        })
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private EmbedderOptions embedderOptions = new EmbedderOptions();

    @Parameters(paramLabel = "FILE", description = "The file; - reads JSON lines from standard input, and wants -c.")
    private Path file = Path.of("");

    @Option(
            names = {"-d", "--database"},
            paramLabel = "PATH",
            description = "The folder of the database; made when missing (default: ${DEFAULT-VALUE}).",
            defaultValue = "./data")
    private Path path = Path.of("");

    @Option(
            names = {"-c", "--collection"},
            paramLabel = "NAME",
            description = "The collection; made when missing (default: the name of the file).")
    private @Nullable String name;

    @Option(
            names = "--embed",
            paramLabel = "FIELD",
            description = "Embed the text in this field of the payload and take it for the vector.")
    private @Nullable String field;

    @Mixin
    private NewCollectionOptions target = new NewCollectionOptions();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Points of one atomic write (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int batchSize;

    @Option(
            names = "--progress",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress on a terminal (default: yes).")
    private boolean progress;

    @Override
    public Integer call() throws IOException {
        boolean piped = file.toString().equals("-");
        if (!piped && Files.isDirectory(file)) {
            throw new VelesException(ErrorCode.IO, file + " is a folder: name a file in it");
        }
        String collection = name != null ? name : piped ? unnamed() : nameOf(file);
        long bytes = piped ? 0 : Files.size(file);
        Columns places = columns.parsed(field != null);
        try (PointSource source = piped ? PointSource.jsonLines(System.in, places) : PointSource.open(file, places);
                Database database = Folder.openOrCreate(path, output);
                Embedder embedder = field == null ? null : embedderOptions.open();
                Progress shown =
                        new Progress(output.err(), progress && output.terminal().progress(), "Importing", bytes)) {
            ImportReport report = new ImportReport(output, shown);
            Importer importer =
                    new Importer(first -> target.of(database, collection, first, embedder), batchSize, report);
            if (embedder != null && field != null) {
                importer.embedding(field, embedder);
            }
            boolean made = !database.hasCollection(collection);
            long before = made ? 0 : database.collection(collection).count();
            try {
                read(importer, source, report);
            } catch (RuntimeException failure) {
                if (made && report.isEmpty()) {
                    dropAfter(failure, database, collection);
                }
                throw failure;
            }
            if (made && report.isEmpty()) {
                drop(database, collection);
            }
            shown.close();
            long after = database.hasCollection(collection)
                    ? database.collection(collection).count()
                    : 0;
            return report.show(collection, path, after - before);
        }
    }

    /** The messages of the JDK name neither the file nor how far it was read. */
    private void read(Importer importer, PointSource source, ImportReport report) {
        try {
            importer.run(source);
        } catch (IOException unreadable) {
            throw endedEarly(unreadable, report);
        }
    }

    private VelesException endedEarly(IOException unreadable, ImportReport report) {
        return new VelesException(
                ErrorCode.IO,
                "cannot read " + file + " to its end (" + unreadable.getMessage() + "): is it whole? "
                        + Display.count(report.imported(), "point is", "points are")
                        + " written; importing the whole file writes the same again and the rest",
                unreadable);
    }

    /** What was made for a first point that did not get in: nobody asked for an empty collection of its shape. */
    private static void drop(Database database, String collection) {
        if (database.hasCollection(collection)) {
            database.deleteCollection(collection);
        }
    }

    private static void dropAfter(Exception failure, Database database, String collection) {
        try {
            drop(database, collection);
        } catch (VelesException another) {
            failure.addSuppressed(another);
        }
    }

    private static String unnamed() {
        throw new VelesException(ErrorCode.QUERY, "standard input has no name: name the collection with -c");
    }

    /** The file's name up to the first dot, if that can name a collection. */
    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
