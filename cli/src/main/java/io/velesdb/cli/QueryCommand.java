package io.velesdb.cli;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.QueryResult;
import io.velesdb.VelesException;
import io.velesdb.cli.shell.ResultFormat;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedder.Embedder;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = "Runs and explains statements of VelesQL.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {QueryCommand.Execute.class, QueryCommand.Explain.class})
final class QueryCommand {
    /** The database, the statement and its parameters. */
    static final class Target {
        @Parameters(index = "0", paramLabel = "PATH", description = "The folder of the database.")
        private Path path = Path.of("");

        @Parameters(index = "1", paramLabel = "STATEMENT", description = "A statement of VelesQL.")
        private String statement = "";

        @Option(names = "--params", paramLabel = "JSON", description = "The values of $name, such as {\"name\":1}.")
        private @Nullable String parameters;

        @Option(
                names = "--embed",
                paramLabel = "NAME=TEXT",
                description = "Sets $NAME to the vector of a text; may be given several times.")
        private Map<String, String> texts = Map.of();

        @Option(names = "--collection", paramLabel = "NAME", description = "The collection of a MATCH that names none.")
        private @Nullable String collection;

        @Mixin
        private GuardRailOption guardRails = new GuardRailOption();

        QueryResult run(QueryOutput output, EmbedderOptions embedderOptions) {
            return on(output, embedderOptions, (database, all) -> database.query(statement, all));
        }

        QueryResult explain(boolean analyze, QueryOutput output, EmbedderOptions embedderOptions) {
            return on(output, embedderOptions, (database, all) -> database.explain(statement, all, analyze));
        }

        private QueryResult on(
                QueryOutput output, EmbedderOptions embedderOptions, BiFunction<Database, Obj, QueryResult> action) {
            Function<Configuration, Database> opener = guardRails.on(
                    configuration -> VelesDb.open(path, Options.DEFAULTS.withConfiguration(configuration)));
            Obj given = given();
            Folder.mustExist(path);
            Obj all = texts.isEmpty() ? given : withTexts(given, embedderOptions);
            try (Database database = opener.apply(output.configuration())) {
                return action.apply(database, all);
            }
        }

        private Obj given() {
            Obj given = Obj.EMPTY;
            if (parameters != null) {
                if (!(Json.parseRequest(parameters) instanceof Obj object)) {
                    throw new VelesException(ErrorCode.QUERY, "--params is not a JSON object, such as {\"name\":1}");
                }
                given = object;
            }
            return collection == null ? given : given.with("_collection", collection);
        }

        private Obj withTexts(Obj given, EmbedderOptions embedderOptions) {
            Obj.Builder all = Obj.builder().putAll(given);
            try (Embedder embedder = embedderOptions.open()) {
                texts.forEach((name, text) -> all.put(name, Output.vector(embedder.embed(text))));
            }
            return all.build();
        }
    }

    @Command(
            name = "execute",
            description = {
                "Runs a statement.",
                "",
                "JSON is one array of row objects; CSV has a first line of column names."
            })
    static final class Execute implements Runnable {
        @Mixin
        private QueryOutput output = new QueryOutput();

        @Mixin
        private Target target = new Target();

        @Mixin
        private EmbedderOptions embedderOptions = new EmbedderOptions();

        @Override
        public void run() {
            QueryResult result = target.run(output, embedderOptions);
            output.format().print(result, output.out(), output.terminal());
            if (output.format() == ResultFormat.TABLE) {
                int rows = result.rows().size();
                String changed =
                        result.affected() == 0 ? "" : String.format(Locale.ROOT, ", %,d changed", result.affected());
                output.err().println(String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows") + changed);
            }
        }
    }

    @Command(
            name = "explain",
            description = {
                "Shows how a SELECT, MATCH, UPDATE or DELETE would run.",
                "",
                "A table is the tree of its steps; JSON has all that is known."
            })
    static final class Explain implements Runnable {
        @Mixin
        private QueryOutput output = new QueryOutput();

        @Mixin
        private Target target = new Target();

        @Mixin
        private EmbedderOptions embedderOptions = new EmbedderOptions();

        @Option(names = "--analyze", description = "Runs it too, changes included, and shows what was measured.")
        private boolean analyze;

        @Override
        public void run() {
            QueryResult result = target.explain(analyze, output, embedderOptions);
            output.format().print(result, output.out(), output.terminal());
        }
    }
}
