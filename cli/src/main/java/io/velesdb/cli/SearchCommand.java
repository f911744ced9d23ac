package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.SearchRequest;
import io.velesdb.SearchableCollection;
import io.velesdb.embedder.Embedder;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "search", description = "Finds the nearest points to a vector or to a text.")
final class SearchCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Mixin
    private EmbedderOptions embedderOptions = new EmbedderOptions();

    /** What is searched for. */
    static final class Question {
        @Option(names = "--vector", paramLabel = "JSON", description = "A vector, such as [0.5,1].")
        private @Nullable String vector;

        @Option(names = "--text", paramLabel = "TEXT", description = "A text; it is embedded first.")
        private @Nullable String text;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Question question = new Question();

    @Mixin
    private LimitOption limit = new LimitOption();

    /** How hard to look. */
    static final class Trouble {
        @Option(
                names = "--quality",
                paramLabel = "PRESET",
                description = "fast, balanced, accurate, perfect, autotune, custom:N or adaptive:A:B (default:"
                        + " search.default_mode, which is balanced unless set).")
        private @Nullable String quality;

        @Option(names = "--ef", paramLabel = "N", description = "Size of the candidate list, as custom:N.")
        private @Nullable Integer ef;
    }

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Trouble trouble;

    @Mixin
    private FilterOption filter = new FilterOption();

    @Override
    public void run() {
        Effort effort = effort();
        Filter condition = filter.parsed();
        float[] given = question.vector == null ? null : Arguments.vector(question.vector);
        try (Database database = Folder.open(target.path, output)) {
            SearchableCollection collection = searchable(database, target.name);
            float[] vector = given == null ? embedded() : given;
            SearchRequest request = SearchRequest.nearest(vector, limit.k()).effort(effort);
            long start = System.nanoTime();
            List<Hit> hits = collection.search(condition == null ? request : request.where(condition));
            Hits.show(output, hits, (System.nanoTime() - start) / 1e6);
        }
    }

    static SearchableCollection searchable(Database database, String name) {
        return database.collection(name) instanceof SearchableCollection collection
                ? collection
                : database.vectorCollection(name);
    }

    private float[] embedded() {
        try (Embedder embedder = embedderOptions.open()) {
            return embedder.embed(String.valueOf(question.text));
        }
    }

    private Effort effort() {
        if (trouble == null) {
            return Effort.USUAL;
        }
        if (trouble.ef != null) {
            return Effort.custom(trouble.ef);
        }
        return Effort.parse(String.valueOf(trouble.quality));
    }
}
