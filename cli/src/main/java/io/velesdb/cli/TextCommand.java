package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "text", description = "Finds points by the words in their payloads, best by BM25 first.")
final class TextCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "WORD", description = "What to look for.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private TextQueryOptions text = new TextQueryOptions();

    @Mixin
    private FilterOption filter = new FilterOption();

    @Override
    public void run() {
        Filter condition = filter.parsed();
        TextQuery query = text.query(String.join(" ", words));
        TextRequest request = new TextRequest(query, limit.k(), text.fields(), condition, null, true, null);
        try (Database database = Folder.open(target.path, output)) {
            Collection collection = database.collection(target.name);
            long start = System.nanoTime();
            List<Hit> hits = collection.textSearch(request);
            Hits.show(output, hits, (System.nanoTime() - start) / 1e6);
        }
    }
}
