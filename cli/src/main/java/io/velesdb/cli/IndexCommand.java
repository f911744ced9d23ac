package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.IndexKind;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import io.velesdb.value.Obj;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "index",
        description = "Creates, lists and drops indexes of payload fields. They change no answer, only its cost.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IndexCommand.Create.class, IndexCommand.ListAll.class, IndexCommand.Drop.class})
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
                "memory_bytes",
                info.memoryBytes());
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
}
