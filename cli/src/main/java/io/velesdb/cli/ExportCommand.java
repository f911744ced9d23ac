package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.cli.console.OpenOutput;
import io.velesdb.cli.console.Progress;
import io.velesdb.cli.transfer.CsvSink;
import io.velesdb.cli.transfer.JsonLinesSink;
import io.velesdb.cli.transfer.PointSink;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Exports the points of a collection to JSON lines, which lose nothing of them, or to CSV, for"
                    + " spreadsheets.",
            "Edges are listed by 'graph get-edges'.",
            "",
            "The name of the file says which: .jsonl or .csv, also with .gz. It appears when it is complete."
        })
final class ExportCommand implements Runnable {
    private static final int PAGE = 1_000;

    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file; - for standard output as JSON lines (default: NAME.jsonl).")
    private @Nullable String fileName;

    @Option(
            names = "--include-vectors",
            paramLabel = "true|false",
            description = "Write vectors (default: ${DEFAULT-VALUE}).",
            defaultValue = "true",
            arity = "1")
    private boolean includeVectors;

    @Mixin
    private FilterOption filter = new FilterOption();

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Override
    public void run() {
        try (Database database = Folder.open(target.path, output)) {
            Collection collection = database.collection(target.name);
            Filter condition = filter.parsed();
            if ("-".equals(fileName)) {
                Writer out = new BufferedWriter(new OpenOutput(output.out()));
                write(collection, condition, new JsonLinesSink(out, includeVectors));
                out.flush();
            } else {
                Path file = Path.of(fileName == null ? target.name + ".jsonl" : fileName);
                long points = toFile(collection, condition, file);
                output.done(
                        String.format(
                                Locale.ROOT, "Exported %,d %s to %s.", points, points == 1 ? "point" : "points", file),
                        Obj.of("exported", points, "file", file.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long toFile(Collection collection, @Nullable Filter condition, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new VelesException(ErrorCode.IO, "'" + file + "' is a folder: name a file in it");
        }
        if (!force && Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString(), null, "the file exists already; --force replaces it");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new VelesException(ErrorCode.IO, "there is no folder " + folder + ": make it first");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean packed = name.endsWith(".gz");
        String plain = packed ? name.substring(0, name.length() - 3) : name;
        boolean csv = plain.endsWith(".csv");
        if (!csv && !plain.endsWith(".jsonl") && !plain.endsWith(".ndjson") && !plain.endsWith(".json")) {
            throw new VelesException(
                    ErrorCode.SERIALIZATION, "the name " + file + " does not say the format; end it in .jsonl or .csv");
        }
        // a link stays one
        Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
        Path part = unusedBeside(target);
        OutputStream bytes = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            long points;
            try (Writer out = new BufferedWriter(new OutputStreamWriter(
                            packed ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8));
                    PointSink sink = csv
                            ? new CsvSink(out, columns(collection, condition), withVectors(collection))
                            : new JsonLinesSink(out, includeVectors)) {
                points = write(collection, condition, sink);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return points;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What somebody keeps under a name of this kind, or an export that was killed has left, stays what it is. */
    private static Path unusedBeside(Path target) {
        for (int number = 1; ; number++) {
            Path part = target.resolveSibling(target.getFileName() + "." + number + ".part");
            if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                return part;
            }
        }
    }

    private boolean withVectors(Collection collection) {
        return includeVectors && collection.schema().hasVectors();
    }

    private long write(Collection collection, @Nullable Filter condition, PointSink sink) throws IOException {
        long total = collection.count();
        long written = 0;
        try (Progress shown = new Progress(output.err(), output.terminal().progress(), "Exporting", total)) {
            Page page = collection.scroll(null, PAGE, condition);
            while (true) {
                for (Point point : page.points()) {
                    sink.write(point);
                }
                written += page.points().size();
                shown.at(written, written);
                if (page.next() == null) {
                    return written;
                }
                page = collection.scroll(page.next(), PAGE, condition);
            }
        }
    }

    /** The members of all payloads, in the order in which they are first met: CSV names its columns before its rows. */
    private static List<String> columns(Collection collection, @Nullable Filter condition) {
        Set<String> names = new LinkedHashSet<>();
        Page page = collection.scroll(null, PAGE, condition);
        while (true) {
            for (Point point : page.points()) {
                Obj payload = point.payload();
                for (int i = 0; payload != null && i < payload.size(); i++) {
                    names.add(payload.name(i));
                }
            }
            if (page.next() == null) {
                return new ArrayList<>(names);
            }
            page = collection.scroll(page.next(), PAGE, condition);
        }
    }
}
