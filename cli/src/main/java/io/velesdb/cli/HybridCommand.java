package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.HybridHit;
import io.velesdb.HybridRequest;
import io.velesdb.SparseVector;
import io.velesdb.embedder.Embedder;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "hybrid",
        description = {
            "Finds points by meaning and by words at once.",
            "",
            "The words are looked for as 'text' does and, in a collection with vectors, are embedded as well, unless a"
                    + " vector is given. The lists are fused by their ranks."
        })
final class HybridCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "WORD", description = "What to look for.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--vector",
            paramLabel = "JSON",
            description = "A vector such as [0.5,1] instead of that of the words.")
    private @Nullable String vector;

    @Option(
            names = "--sparse",
            paramLabel = "JSON",
            description = "A sparse vector such as {\"17\":0.4,\"905\":1.2}: one search more.")
    private @Nullable String sparse;

    @Option(
            names = "--sparse-name",
            paramLabel = "NAME",
            description = "The sparse vectors to search (default: those without a name).",
            defaultValue = "")
    private String sparseName = "";

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FusionOptions fusion = new FusionOptions();

    @Option(names = "--quality", paramLabel = "PRESET", description = "Of the vector search: as 'search' has it.")
    private @Nullable String quality;

    @Mixin
    private TextQueryOptions text = new TextQueryOptions();

    @Mixin
    private FilterOption filter = new FilterOption();

    @Mixin
    private EmbedderOptions embedder = new EmbedderOptions();

    @Override
    public void run() {
        Filter condition = filter.parsed();
        float[] given = vector == null ? null : Arguments.vector(vector);
        HybridRequest request = HybridRequest.top(limit.k()).where(condition).fusedBy(fusion.fusion());
        if (quality != null) {
            request = request.effort(Effort.parse(quality));
        }
        if (sparse != null) {
            request = request.sparse(sparseName, SparseVector.fromJson(Json.parse(sparse)));
        }
        String asked = String.join(" ", words);
        if (!words.isEmpty()) {
            request = request.matching(text.query(asked), text.fields());
        }
        try (Database database = Folder.open(target.path, output)) {
            Collection collection = database.collection(target.name);
            if (given != null) {
                request = request.near(given);
            } else if (!words.isEmpty() && collection.schema().hasVectors()) {
                request = request.near(embedded(asked));
            }
            long start = System.nanoTime();
            List<HybridHit> hits = collection.hybridSearch(request);
            show(hits, branches(request), (System.nanoTime() - start) / 1e6);
        }
    }

    private float[] embedded(String asked) {
        try (Embedder model = embedder.open()) {
            return model.embed(asked);
        }
    }

    /** The names of the parts of a score, in their order. */
    private static List<String> branches(HybridRequest request) {
        List<String> names = new ArrayList<>();
        if (!request.vectors().isEmpty()) {
            names.add("vector");
        }
        if (request.sparse() != null) {
            names.add("sparse");
        }
        if (request.text() != null) {
            names.add("text");
        }
        return names;
    }

    private void show(List<HybridHit> hits, List<String> branches, double millis) {
        if (output.json()) {
            output.json(Arr.of(hits.stream().map(hit -> json(hit, branches)).toList()));
            return;
        }
        output.table(hits.stream().map(hit -> row(hit, branches)).toList(), "There are no such points.");
        Hits.took(output, hits.size(), millis);
    }

    private static Obj json(HybridHit hit, List<String> branches) {
        Obj.Builder parts = Obj.builder();
        for (int i = 0; i < branches.size(); i++) {
            parts.put(branches.get(i), Output.number(hit.parts().get(i)));
        }
        return Obj.of(
                "id",
                Ids.toValue(hit.id()),
                "score",
                Output.number(hit.score()),
                "parts",
                parts.build(),
                "payload",
                Arguments.payload(hit.payload()));
    }

    private static Obj row(HybridHit hit, List<String> branches) {
        Obj.Builder row = Obj.builder().put("score", Hits.score(hit.score()));
        for (int i = 0; branches.size() > 1 && i < branches.size(); i++) {
            float part = hit.parts().get(i);
            row.put(branches.get(i), part == 0 ? Value.NULL : Hits.score(part));
        }
        return Arguments.merge(row.put("id", Ids.toValue(hit.id())), hit.payload())
                .build();
    }
}
