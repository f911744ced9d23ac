package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.CollectionInfo;
import io.velesdb.CollectionSchema;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.StorageMode;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "collection",
        description = "Creates, lists, shows and deletes collections.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CollectionCommand.Create.class,
            CollectionCommand.CreateMetadata.class,
            CollectionCommand.ListAll.class,
            CollectionCommand.Show.class,
            CollectionCommand.Delete.class
        })
final class CollectionCommand {
    static Obj json(CollectionInfo info) {
        CollectionSchema schema = info.schema();
        Obj.Builder members = Obj.builder()
                .put("name", Value.of(info.name()))
                .put("kind", Value.of(schema.kind().canonicalName()))
                .put("points", Value.of(info.points()));
        if (schema.metric() != null) {
            members.put("dimension", Value.of((long) schema.dimension()))
                    .put("metric", Value.of(schema.metric().canonicalName()))
                    .put("storage", Value.of(schema.storage().canonicalName()));
        }
        return members.build();
    }

    /** PATH and NAME, and where the result goes. */
    static final class Target {
        @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database.")
        Path path = Path.of("");

        @Parameters(index = "1", paramLabel = "NAME", description = "The name of the collection.")
        String name = "";
    }

    @Command(name = "create", description = "Creates a collection of vectors.")
    static final class Create implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Option(
                names = {"-d", "--dimension"},
                required = true,
                paramLabel = "N",
                description = "Components of each vector.")
        private int dimension;

        @Option(
                names = {"-m", "--metric"},
                paramLabel = "METRIC",
                description = "cosine, euclidean, dot, hamming or jaccard (default: ${DEFAULT-VALUE}).",
                defaultValue = "cosine")
        private String metric = "cosine";

        @Option(
                names = {"-s", "--storage"},
                paramLabel = "MODE",
                description = "What memory holds for search: full, sq8, binary, pq or rabitq"
                        + " (default: ${DEFAULT-VALUE}).",
                defaultValue = "full")
        private String storage = "full";

        @Override
        public void run() {
            CollectionSchema schema =
                    schema(dimension, metric, storage, output.root().configuration());
            try (Database database = Folder.openOrCreate(target.path, output)) {
                Collection created = database.createCollection(target.name, schema);
                output.done("Created collection " + target.name + ".", json(created.info()));
            }
        }
    }

    static CollectionSchema schema(int dimension, String metric, String storage, Configuration settings) {
        Metric by = Metric.parse(metric);
        StorageMode mode = StorageMode.parse(storage);
        CollectionSchema usual = CollectionSchema.vector(dimension, by);
        return usual.withHnsw(settings.hnsw(dimension)).withStorage(mode, settings.quantization());
    }

    @Command(name = "create-metadata", description = "Creates a collection of payloads without vectors.")
    static final class CreateMetadata implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Override
        public void run() {
            try (Database database = Folder.openOrCreate(target.path, output)) {
                Collection created = database.createMetadataCollection(target.name);
                output.done("Created collection " + target.name + ".", json(created.info()));
            }
        }
    }

    @Command(name = "list", description = "Lists the collections.")
    static final class ListAll implements Runnable {
        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "PATH", description = "The folder of the database.")
        private Path path = Path.of("");

        @Override
        public void run() {
            try (Database database = Folder.open(path, output)) {
                output.rows(
                        database.collections().stream()
                                .map(CollectionCommand::json)
                                .toList(),
                        "There are no collections in " + path + ".");
            }
        }
    }

    @Command(name = "show", description = "Shows one collection.")
    static final class Show implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Option(
                names = "--samples",
                paramLabel = "N",
                description = "Points to show as well (default: ${DEFAULT-VALUE}).",
                defaultValue = "0")
        private int samples;

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                Obj facts = json(collection.info());
                HnswParameters hnsw = collection.schema().hnsw();
                if (hnsw != null) {
                    facts = facts.with("m", hnsw.m()).with("ef_construction", hnsw.efConstruction());
                }
                List<Point> points = samples > 0 ? collection.scroll(samples).points() : List.of();
                if (output.json()) {
                    output.json(
                            samples == 0
                                    ? facts
                                    : facts.with(
                                            "samples",
                                            Arr.of(points.stream()
                                                    .map(point -> Arguments.json(point, false))
                                                    .toList())));
                    return;
                }
                output.fields(facts);
                if (samples > 0) {
                    output.out().println();
                    output.table(points.stream().map(Arguments::row).toList(), "There are no points.");
                }
            }
        }
    }

    @Command(name = "delete", description = "Deletes a collection with everything in it.")
    static final class Delete implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Option(names = "--force", description = "Do not ask.")
        private boolean force;

        @Override
        public Integer call() throws IOException {
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                if (!force && !confirmed(collection.count())) {
                    output.err().println("Nothing was deleted.");
                    return Failures.FAILED;
                }
                database.deleteCollection(target.name);
                output.done("Deleted collection " + target.name + ".", Obj.of("deleted", target.name));
                return 0;
            }
        }

        private boolean confirmed(long points) throws IOException {
            output.err()
                    .print(String.format(
                            Locale.ROOT,
                            "Delete collection %s with %,d %s? Type yes to do so: ",
                            target.name,
                            points,
                            points == 1 ? "point" : "points"));
            output.err().flush();
            BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return "yes".equals(answers.readLine());
        }
    }
}
