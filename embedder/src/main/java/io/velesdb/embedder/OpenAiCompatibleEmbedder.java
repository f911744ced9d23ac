package io.velesdb.embedder;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a service that speaks the OpenAI protocol: {@code POST …/embeddings} with {@code {"model", "input": [texts]}}.
 * Many local servers and most providers do.
 *
 * <p>Calls are not repeated: whoever imports a million texts knows better than this class when to try again. Redirects
 * are not followed, so the token goes nowhere else. Vectors are scaled to unit length. How long a text may be is the
 * service's matter; its complaint is shown. Whether the same text always gives the same bits depends on the service.
 *
 * <p>Safe for any number of threads.
 */
public final class OpenAiCompatibleEmbedder implements Embedder {
    /** Far above any batch; a service that sends more is broken, and its answer must not fill the memory. */
    private static final long LONGEST_ANSWER = 256L << 20;

    private final EmbeddingService service;
    private final HttpClient client;
    private final int dimension;

    private OpenAiCompatibleEmbedder(EmbeddingService service, HttpClient client, int dimension) {
        this.service = service;
        this.client = client;
        this.dimension = dimension;
    }

    /**
     * Embeds one short text, so that a wrong address, model or token shows here, and the dimension is known.
     *
     * @throws VelesException {@code VELES-011} when the service does not answer, not in time, or with an error status;
     *     {@code VELES-012} when its answer is not what the protocol says
     */
    public static OpenAiCompatibleEmbedder connect(EmbeddingService service) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(service.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            int dimension = ask(client, service, List.of("dimension")).getFirst().length;
            return new OpenAiCompatibleEmbedder(service, client, dimension);
        } catch (RuntimeException e) {
            client.shutdownNow();
            throw e;
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String model() {
        return service.model();
    }

    @Override
    public float[] embed(String text) {
        return embedAll(List.of(text)).getFirst();
    }

    @Override
    public List<float[]> embedAll(List<String> texts) {
        for (String text : texts) {
            if (text.isBlank()) {
                throw new VelesException(ErrorCode.QUERY, "the text to embed is blank; give at least one word");
            }
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += service.batchSize()) {
            int to = Math.min(texts.size(), from + service.batchSize());
            for (float[] vector : ask(client, service, texts.subList(from, to))) {
                if (vector.length != dimension) {
                    throw new VelesException(
                            ErrorCode.SERIALIZATION,
                            "the embedding service gave " + vector.length + " components where it gave " + dimension
                                    + " before: did its model change?");
                }
                vectors.add(vector);
            }
        }
        return vectors;
    }

    private static List<float[]> ask(HttpClient client, EmbeddingService service, List<String> texts) {
        HttpResponse<byte[]> response = send(client, request(service, texts), service);
        int status = response.statusCode();
        if (status < 200 || status > 299) {
            String complaint = EmbeddingAnswer.complaint(response.body());
            throw new VelesException(
                    ErrorCode.IO,
                    "the embedding service " + service.shownEndpoint() + " answered with status " + status
                            + (complaint.isEmpty() ? "" : " (" + complaint + ")") + ": " + remedy(status));
        }
        return EmbeddingAnswer.vectors(response.body(), texts.size());
    }

    private static HttpRequest request(EmbeddingService service, List<String> texts) {
        Arr input = Arr.of(texts.stream().map(Value::of).toList());
        byte[] body = Json.writeUtf8(Obj.of("model", service.model(), "input", input, "encoding_format", "float"));
        HttpRequest.Builder request = HttpRequest.newBuilder(service.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        if (service.token() != null) {
            request.header("Authorization", "Bearer " + service.token());
        }
        return request.build();
    }

    private static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, EmbeddingService service) {
        // Waiting on the future bounds the whole exchange; the request's own timeout ends with the headers.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            return answer.get(service.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unreachable(
                    service, "did not answer within " + service.timeout().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(service, "was not waited for: this thread was interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String text = cause.getMessage();
            throw unreachable(
                    service,
                    "does not answer: " + cause.getClass().getSimpleName() + (text == null ? "" : ", " + text),
                    cause);
        }
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401, 403 -> "check the token";
            case 404 -> "check the url and the name of the model";
            case 413 -> "send fewer or shorter texts at once";
            case 429 -> "its rate limit is reached, try again later";
            default ->
                status >= 300 && status < 400
                        ? "give the address that it redirects to"
                        : status >= 500 ? "look at the service's own log" : "check the url and the name of the model";
        };
    }

    private static VelesException unreachable(EmbeddingService service, String what, Throwable cause) {
        return new VelesException(
                ErrorCode.IO,
                "the embedding service " + service.shownEndpoint() + " " + what + "; check the url and that it runs",
                cause);
    }

    /** Ends running calls. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
