package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.embedder.Embedder;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "data",
        description = "Writes and reads points, one by one or in files.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImportCommand.class,
            ExportCommand.class,
            DataCommand.Get.class,
            DataCommand.Delete.class,
            DataCommand.Scroll.class,
            DataCommand.Upsert.class,
            StreamInsertCommand.class
        })
final class DataCommand {
    @Command(name = "get", description = "Prints a point as JSON, or null when there is none.")
    static final class Get implements Runnable {
        /** Printed as JSON whatever the format says, unless a table is asked for by name. */
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2", paramLabel = "ID", description = "A number, or the text that the id was made of.")
        private String id = "";

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Point point =
                        database.collection(target.name).get(Arguments.id(id)).getFirst();
                if (output.tableWasAsked() && point != null) {
                    output.fields(Arguments.row(point));
                } else {
                    output.json(point == null ? Value.NULL : Arguments.json(point, true));
                }
            }
        }
    }

    @Command(name = "delete", description = "Deletes points; ids that are not there are passed over.")
    static final class Delete implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2..*", arity = "1..*", paramLabel = "ID", description = "The ids.")
        private String[] ids = {};

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                long deleted = database.collection(target.name).delete(Arguments.ids(ids));
                output.done("Deleted " + deleted + (deleted == 1 ? " point." : " points."), Obj.of("deleted", deleted));
            }
        }
    }

    @Command(name = "scroll", description = "Prints one page of points in the order of their ids.")
    static final class Scroll implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Mixin
        private PageOptions pages = new PageOptions();

        @Option(names = "--vectors", description = "Print vectors too, in JSON.")
        private boolean vectors;

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Page page = pages.of(database.collection(target.name));
                Long next = page.next();
                if (output.json()) {
                    List<Obj> points = page.points().stream()
                            .map(point -> Arguments.json(point, vectors))
                            .toList();
                    output.json(
                            Obj.of("points", Arr.of(points), "next", next == null ? Value.NULL : Ids.toValue(next)));
                    return;
                }
                output.table(page.points().stream().map(Arguments::row).toList(), "There are no points.");
                PageOptions.more(output, page);
            }
        }
    }

    @Command(name = "upsert", description = "Adds a point, or replaces the one with this id.")
    static final class Upsert implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Mixin
        private EmbedderOptions embedder = new EmbedderOptions();

        @Option(
                names = "--id",
                required = true,
                paramLabel = "ID",
                description = "A number, or a text to make the id of.")
        private String id = "";

        /** Where the vector comes from. */
        static final class Source {
            @Option(names = "--vector", paramLabel = "JSON", description = "The vector, such as [0.5,1].")
            private @Nullable String vector;

            @Option(names = "--text", paramLabel = "TEXT", description = "Embed this text.")
            private @Nullable String text;
        }

        @ArgGroup(exclusive = true, multiplicity = "0..1")
        private @Nullable Source source;

        @Option(
                names = "--sparse",
                paramLabel = "JSON",
                description = "A sparse vector such as {\"17\":0.4,\"905\":1.2}.")
        private @Nullable String sparse;

        @Option(
                names = "--sparse-name",
                paramLabel = "NAME",
                description = "The name of the sparse vector (default: none).",
                defaultValue = "")
        private String sparseName = "";

        @Option(names = "--payload", paramLabel = "JSON", description = "An object, or null.")
        private @Nullable String payload;

        @Override
        public void run() {
            float[] vector = vector();
            Obj fields = payload == null
                    ? null
                    : Arguments.parsed(
                                    "--payload",
                                    payload,
                                    "{\"title\":\"Sea\"}",
                                    text -> Optional.ofNullable(Json.parsePayload(text)))
                            .orElse(null);
            Map<String, SparseVector> sparseVectors =
                    sparse == null ? Map.of() : Map.of(sparseName, SparseVector.fromJson(Json.parse(sparse)));
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                long number = Arguments.id(id);
                collection.upsert(new Point(number, vector, fields, sparseVectors));
                output.done("Wrote point " + Ids.format(number) + ".", Obj.of("id", Ids.toValue(number)));
            }
        }

        private float @Nullable [] vector() {
            if (source == null) {
                return null;
            }
            if (source.vector != null) {
                return Arguments.vector(source.vector);
            }
            try (Embedder model = embedder.open()) {
                return model.embed(String.valueOf(source.text));
            }
        }
    }
}
