package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.cli.console.Progress;
import io.velesdb.cli.quickstart.Answer;
import io.velesdb.cli.quickstart.Question;
import io.velesdb.cli.quickstart.SampleDatabase;
import io.velesdb.cli.quickstart.WarmPace;
import io.velesdb.embedder.Embedder;
import io.velesdb.embedder.MiniLmEmbedder;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "quickstart",
        description = {
            "Searches 10,000 entries of the WordNet dictionary: by meaning, within a filter, by meaning and words at"
                    + " once, and along the relations between them.",
            "",
            "The first run makes a database in a folder and loads the entries; later runs open it. Without a question,"
                    + " three prepared ones are asked."
        })
final class QuickstartCommand implements Runnable {
    private static final long WARM_MILLIS = 700;

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "0..*", paramLabel = "QUESTION", description = "In plain English words.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "The folder of the database (default: ${DEFAULT-VALUE}).",
            defaultValue = "./velesdb-quickstart")
    private Path path = Path.of("");

    @Option(
            names = {"-k", "--limit"},
            paramLabel = "N",
            description = "Entries to find (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int k;

    @Option(
            names = "--filter",
            paramLabel = "JSON",
            description = "For the second search of your question (default: only verbs).")
    private @Nullable String filter;

    @Override
    public void run() {
        List<Question> questions = questions();
        // Loading the model takes about as long as opening the database: side by side.
        CompletableFuture<Embedder> loading = CompletableFuture.supplyAsync(MiniLmEmbedder::load);
        try (Database database = Folder.openOrCreate(path, output)) {
            VectorCollection entries = entries(database);
            warmUp(entries, questions, loading);
            try (Embedder embedder = join(loading)) {
                List<Answer> answers = new ArrayList<>();
                for (Question question : questions) {
                    Answer answer = Answer.to(question, entries, embedder, k);
                    answers.add(answer);
                    if (!output.json()) {
                        answer.print(output.out(), output.terminal(), entries.count());
                    }
                }
                WarmPace pace = WarmPace.measure(entries, answers, WARM_MILLIS);
                if (output.json()) {
                    output.json(Obj.of(
                            "path", path.toString(),
                            "entries", entries.count(),
                            "model", embedder.model(),
                            "answers", Arr.of(answers.stream().map(Answer::json).toList()),
                            "warm", pace.json()));
                } else {
                    close(pace);
                }
            }
        }
    }

    private void close(WarmPace pace) {
        PrintWriter out = output.out();
        out.printf(
                Locale.ROOT,
                "Once the JVM is warm, a search takes %.3f ms, with the filter %.3f ms.%n%n",
                pace.plainMillis(),
                pace.filteredMillis());
        String velesdb = VelesCommand.called();
        String entries = " " + path + " " + SampleDatabase.COLLECTION;
        out.println("Next:  " + velesdb + " quickstart \"your own question\"");
        out.println("       " + velesdb + " search" + entries + " --text \"a small boat\"");
        out.println("       " + velesdb + " text" + entries + " small boat");
        out.println("       " + velesdb + " graph pagerank" + entries);
        out.println("       " + velesdb + " info " + path);
    }

    private List<Question> questions() {
        String text = String.join(" ", words).strip();
        if (text.isEmpty()) {
            return Question.PREPARED;
        }
        return List.of(
                filter == null ? Question.of(text) : new Question(text, "with your filter", Filter.parse(filter)));
    }

    private VectorCollection entries(Database database) {
        try (Progress progress =
                new Progress(output.err(), output.terminal().progress(), "Loading", SampleDatabase.SIZE)) {
            long start = System.nanoTime();
            SampleDatabase.Opened opened = SampleDatabase.open(database, loaded -> progress.at(loaded, loaded));
            progress.close();
            if (opened.loaded() && !output.json()) {
                output.out()
                        .printf(
                                Locale.ROOT,
                                "Loaded %,d WordNet entries into %s in %.1f s.%n%n",
                                opened.entries().count(),
                                path,
                                (System.nanoTime() - start) / 1e9);
            }
            return opened.entries();
        }
    }

    /** Uses the time until the model is there, so that the first answer is not mostly the compiler's. */
    private static void warmUp(
            VectorCollection entries, List<Question> questions, CompletableFuture<Embedder> loading) {
        float[] vector = entries.scroll(1).points().getFirst().vector();
        if (vector == null) {
            return;
        }
        SearchRequest any = SearchRequest.nearest(vector, 10);
        SearchRequest filtered = any.where(questions.getFirst().filter());
        while (!loading.isDone()) {
            entries.search(any);
            entries.search(filtered);
        }
    }

    private static Embedder join(CompletableFuture<Embedder> loading) {
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
