package io.velesdb.cli;

import io.velesdb.embedder.Embedder;
import io.velesdb.embedder.EmbeddingService;
import io.velesdb.embedder.MiniLmEmbedder;
import io.velesdb.embedder.OpenAiCompatibleEmbedder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model turns text into vectors: the bundled one, unless a service is named. */
final class EmbedderOptions {
    static final String TOKEN_VARIABLE = "VELESDB_EMBEDDER_API_TOKEN";

    @Option(
            names = "--embedder-url",
            paramLabel = "URL",
            description = "An OpenAI-compatible service to ask instead of the bundled model, such as"
                    + " http://localhost:11434/v1; its token comes from " + TOKEN_VARIABLE + ".")
    private @Nullable String url;

    @Option(names = "--embedder-model", paramLabel = "NAME", description = "The service's name of the model.")
    private @Nullable String model;

    Embedder open() {
        if (url == null) {
            return MiniLmEmbedder.load();
        }
        String token = System.getenv(TOKEN_VARIABLE);
        return OpenAiCompatibleEmbedder.connect(
                EmbeddingService.at(url, model == null ? "" : model).withToken(token));
    }
}
