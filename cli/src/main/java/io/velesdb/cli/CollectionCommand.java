package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.CollectionInfo;
import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.GraphSchema;
import io.velesdb.Point;
import io.velesdb.ReindexAdvice;
import io.velesdb.SearchableCollection;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "collection",
        description = "Creates, lists, shows and deletes collections.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CollectionCommand.Create.class,
            CollectionCommand.CreateGraph.class,
            CollectionCommand.CreateMetadata.class,
            CollectionCommand.ListAll.class,
            CollectionCommand.Show.class,
            CollectionCommand.Analyze.class,
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
    static class Target {
        @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database.")
        Path path = Path.of("");

        @Parameters(index = "1", paramLabel = "NAME", description = "The name of the collection.")
        String name = "";
    }

    /** What concerns vectors. */
    static final class Vectors {
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

        @Mixin
        private BuildingOptions building = new BuildingOptions();

        CollectionSchema of(CollectionKind kind, int dimension, Configuration settings) {
            return building.in(schema(kind, dimension, metric, storage, settings));
        }
    }

    /** The option {@code --schema} of graphs. */
    static final class Types {
        @Option(
                names = "--schema",
                paramLabel = "JSON",
                description = "Types of nodes and edges that are allowed, such as"
                        + " {\"schemaless\":false,\"node_types\":[{\"name\":\"Person\"}],\"edge_types\":[]}; @FILE"
                        + " reads it from a file (default: everything is allowed).")
        private @Nullable String json;

        CollectionSchema in(CollectionSchema schema) {
            if (json == null) {
                return schema;
            }
            try {
                String text = json.startsWith("@") ? Files.readString(Path.of(json.substring(1))) : json;
                return schema.withGraphSchema(GraphSchema.parse(Json.parse(text)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Command(name = "create", description = "Creates a collection: of vectors, unless another kind is named.")
    static final class Create implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "vector, graph or metadata (default: ${DEFAULT-VALUE}).",
                defaultValue = "vector")
        private String kind = "vector";

        @Option(
                names = {"-d", "--dimension"},
                paramLabel = "N",
                description = "Components of each vector. Required for vectors; in a graph nodes have none without it.")
        private @Nullable Integer dimension;

        @Mixin
        private Vectors vectors = new Vectors();

        @Mixin
        private Types types = new Types();

        @Mixin
        private TextIndexOptions text = new TextIndexOptions();

        @Spec
        private CommandSpec command = CommandSpec.create();

        @Override
        public void run() {
            CollectionSchema schema = schema(output.root().configuration());
            create(output, target, text.in(types.in(schema)));
        }

        private CollectionSchema schema(Configuration settings) {
            return switch (CollectionKind.find(kind)) {
                case VECTOR -> {
                    if (dimension == null) {
                        throw new ParameterException(
                                command.commandLine(), "Missing required option: '--dimension=N' of kind vector");
                    }
                    yield vectors.of(CollectionKind.VECTOR, dimension, settings);
                }
                case GRAPH -> graph(dimension, vectors, settings);
                case METADATA -> {
                    if (dimension != null) {
                        throw new ParameterException(
                                command.commandLine(), "A collection of kind metadata has no --dimension");
                    }
                    yield CollectionSchema.metadata();
                }
                case null ->
                    throw new ParameterException(
                            command.commandLine(), "--kind is '" + kind + "': use vector, graph or metadata");
            };
        }
    }

    private static CollectionSchema graph(@Nullable Integer dimension, Vectors vectors, Configuration settings) {
        return dimension == null ? CollectionSchema.graph() : vectors.of(CollectionKind.GRAPH, dimension, settings);
    }

    private static void create(Output output, Target target, CollectionSchema schema) {
        try (Database database = Folder.openOrCreate(target.path, output)) {
            Collection created = database.createCollection(target.name, schema);
            output.done("Created collection " + target.name + ".", json(created.info()));
        }
    }

    @Command(name = "create-graph", description = "Creates a collection of nodes and edges.")
    static final class CreateGraph implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Option(
                names = {"-d", "--dimension"},
                paramLabel = "N",
                description = "Components of the vectors that nodes may have (default: they have none).")
        private @Nullable Integer dimension;

        @Mixin
        private Vectors vectors = new Vectors();

        @Mixin
        private Types types = new Types();

        @Mixin
        private TextIndexOptions text = new TextIndexOptions();

        @Override
        public void run() {
            CollectionSchema schema = graph(dimension, vectors, output.root().configuration());
            create(output, target, text.in(types.in(schema)));
        }
    }

    /** What to create a vector collection, or a graph with vectors, by. */
    static CollectionSchema schema(
            CollectionKind kind, int dimension, String metric, String storage, Configuration settings) {
        Metric by = Metric.parse(metric);
        StorageMode mode = StorageMode.parse(storage);
        CollectionSchema usual = kind == CollectionKind.GRAPH
                ? CollectionSchema.graph(dimension, by)
                : CollectionSchema.vector(dimension, by);
        return usual.withHnsw(settings.hnsw(dimension)).withStorage(mode, settings.quantization());
    }

    @Command(name = "create-metadata", description = "Creates a collection of payloads without vectors.")
    static final class CreateMetadata implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Mixin
        private TextIndexOptions text = new TextIndexOptions();

        @Override
        public void run() {
            create(output, target, text.in(CollectionSchema.metadata()));
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
            if (samples < 0) {
                throw new VelesException(ErrorCode.QUERY, "--samples is " + samples + ": use 0 or more");
            }
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                Obj facts = json(collection.info());
                if (collection instanceof SearchableCollection vectors
                        && collection.schema().hasVectors()) {
                    facts = Obj.builder()
                            .putAll(facts)
                            .putAll(IndexCommand.vectorIndex(vectors))
                            .build();
                }
                if (collection.edgeCount() > 0) {
                    facts = facts.with("edges", collection.edgeCount());
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

    @Command(
            name = "analyze",
            description = "Counts rows and values, by which queries choose their way, and keeps the figures.")
    static final class Analyze implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private Target target = new Target();

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                Obj facts = collection.analyze().toJson(collection.indexes());
                ReindexAdvice advice =
                        collection instanceof SearchableCollection vectors ? vectors.reindexAdvice() : null;
                output.fields(advice == null ? facts : facts.with("reindex_advice", advice.toJson()));
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
            String answer = answers.readLine();
            if (answer == null) {
                // nobody typed the end of the line
                output.err().println();
            }
            return "yes".equals(answer);
        }
    }
}
