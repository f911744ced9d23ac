package io.velesdb.cli;

import io.velesdb.AsyncIndexBuilder;
import io.velesdb.Collection;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.DeferredIndexing;
import io.velesdb.ErrorCode;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.IndexKind;
import io.velesdb.ReindexAdvice;
import io.velesdb.SearchableCollection;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "index",
        description = {
            "Creates, lists and drops indexes of payload fields. They change no answer, only its cost.",
            "",
            "advice, reindex and link are about the vector index, which every collection with vectors has."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            IndexCommand.Create.class,
            IndexCommand.ListAll.class,
            IndexCommand.Drop.class,
            IndexCommand.Advice.class,
            IndexCommand.Reindex.class,
            IndexCommand.Link.class
        })
final class IndexCommand {
    private static Obj json(IndexInfo info) {
        IndexDefinition index = info.definition();
        return Obj.of(
                "field",
                index.field().toString(),
                "type",
                index.kind().canonicalName(),
                "label",
                index.label(),
                "cardinality",
                info.cardinality(),
                "entries",
                info.entries(),
                "waiting",
                info.waiting(),
                "memory_bytes",
                info.memoryBytes());
    }

    /** The shape and the state of a vector index. */
    static Obj vectorIndex(SearchableCollection collection) {
        Obj.Builder facts = Obj.builder();
        CollectionSchema schema = collection.schema();
        HnswParameters hnsw = schema.hnsw();
        if (hnsw != null) {
            facts.put("m", Value.of(hnsw.m())).put("ef_construction", Value.of(hnsw.efConstruction()));
        }
        facts.put("auto_reindex", Value.of(collection.autoReindex()))
                .put("waiting_vectors", Value.of(collection.waitingVectors()));
        DeferredIndexing deferred = schema.building().deferred();
        if (deferred.enabled()) {
            facts.put(
                    "deferred_indexing",
                    Obj.of(
                            "merge_threshold",
                            deferred.mergeThreshold(),
                            "max_buffer_age_ms",
                            deferred.maxBufferAgeMillis()));
        }
        AsyncIndexBuilder async = schema.building().async();
        if (async != null) {
            facts.put(
                    "async_index_builder",
                    Obj.of("merge_threshold", async.mergeThreshold(), "segment_count", async.segmentCount()));
        }
        return facts.build();
    }

    /** What an index is for. */
    static final class Kind {
        @Option(
                names = "--index-type",
                paramLabel = "TYPE",
                description = "secondary, hash (also property), range, trigram or geo; hash and range need --label"
                        + " (default: ${DEFAULT-VALUE}).",
                defaultValue = "secondary")
        private String type = "secondary";

        @Option(
                names = "--label",
                paramLabel = "LABEL",
                description = "Of hash and range: the label of the points that are indexed.",
                defaultValue = "")
        private String label = "";

        IndexDefinition of(String field) {
            String name = type.toLowerCase(Locale.ROOT);
            IndexKind kind = name.equals("property") ? IndexKind.PROPERTY : IndexKind.parse(name);
            return new IndexDefinition(kind, label, FieldPath.of(field));
        }
    }

    @Command(name = "create", description = "Creates an index, also while others write; it is not built twice.")
    static final class Create implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2", paramLabel = "FIELD", description = "The field, with dots between nested names.")
        private String field = "";

        @Mixin
        private Kind kind = new Kind();

        @Override
        public void run() {
            IndexDefinition index = kind.of(field);
            try (Database database = Folder.open(target.path, output)) {
                boolean created = database.collection(target.name).createIndex(index);
                output.done(
                        created
                                ? "Created a " + index.kind().canonicalName() + " index of " + field + "."
                                : "There is such an index of " + field + " already.",
                        Obj.of("created", created));
            }
        }
    }

    @Command(name = "list", description = "Lists the indexes of a collection.")
    static final class ListAll implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                Collection collection = database.collection(target.name);
                List<Obj> rows =
                        collection.indexes().stream().map(IndexCommand::json).toList();
                output.rows(rows, "There are no indexes.");
            }
        }
    }

    @Command(name = "drop", description = "Drops an index; exit status 1 when there is none of that kind.")
    static final class Drop implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Parameters(index = "2", paramLabel = "FIELD", description = "The field, with dots between nested names.")
        private String field = "";

        @Mixin
        private Kind kind = new Kind();

        @Override
        public void run() {
            IndexDefinition index = kind.of(field);
            try (Database database = Folder.open(target.path, output)) {
                if (!database.collection(target.name).dropIndex(index)) {
                    throw new VelesException(
                            ErrorCode.INDEX,
                            "collection '" + target.name + "' has no "
                                    + index.kind().canonicalName() + " index of " + field
                                    + ": 'index list' shows what there is");
                }
                output.done("Dropped the index of " + field + ".", Obj.of("dropped", field));
            }
        }
    }

    @Command(
            name = "advice",
            description = "Says whether the vector index should be rebuilt in another shape, and why.")
    static final class Advice implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                ReindexAdvice advice =
                        SearchCommand.searchable(database, target.name).reindexAdvice();
                if (advice == null) {
                    throw new VelesException(
                            ErrorCode.SEARCH_NOT_SUPPORTED,
                            "collection '" + target.name + "' holds no vectors: it has no vector index");
                }
                output.fields(advice.toJson());
            }
        }
    }

    @Command(
            name = "reindex",
            description = {
                "Rebuilds the vector index over the same vectors, in the shape that is advised unless another is given.",
                "",
                "It takes about as long as it took to insert the vectors."
            })
    static final class Reindex implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Option(
                names = "--profile",
                paramLabel = "NAME",
                description = "A shape by its name: fast, turbo, high_recall, max_recall or fast_indexing.")
        private @Nullable String profile;

        @Option(names = "--m", paramLabel = "N", description = "Links that a row gets per level, 4 to 128.")
        private @Nullable Integer m;

        @Option(
                names = "--ef-construction",
                paramLabel = "N",
                description = "Candidates for the neighbours of a row, 100 to 2000.")
        private @Nullable Integer efConstruction;

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                SearchableCollection collection = SearchCommand.searchable(database, target.name);
                HnswParameters shape = shape(collection.schema().dimension());
                collection.reindex(shape);
                output.done(
                        "Rebuilt the vector index of " + target.name + " with M " + shape.m() + " and efConstruction "
                                + shape.efConstruction() + ".",
                        vectorIndex(collection));
            }
        }

        private HnswParameters shape(int dimension) {
            HnswParameters usual = profile == null
                    ? HnswParameters.forDimension(dimension)
                    : HnswParameters.profile(profile, dimension);
            return new HnswParameters(
                    m == null ? usual.m() : m,
                    efConstruction == null ? usual.efConstruction() : efConstruction,
                    usual.maxLayers());
        }
    }

    @Command(name = "link", description = "Links the vectors that wait into the vector index: see --deferred-indexing.")
    static final class Link implements Runnable {
        @Mixin
        private Output output = new Output();

        @Mixin
        private CollectionCommand.Target target = new CollectionCommand.Target();

        @Override
        public void run() {
            try (Database database = Folder.open(target.path, output)) {
                long linked = SearchCommand.searchable(database, target.name).linkWaiting();
                output.done("Linked " + linked + (linked == 1 ? " vector." : " vectors."), Obj.of("linked", linked));
            }
        }
    }
}
