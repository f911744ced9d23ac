package io.velesdb.embedder;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to ask an embedding service.
 *
 * @param url the base address, to whose path {@code /embeddings} is appended, for example {@code http://localhost:11434/v1}; a
 *     query, such as {@code ?api-version=1}, stays behind the path
 * @param model the service's name of the model
 * @param token sent as bearer token when given; it goes in clear text to an {@code http} address
 * @param timeout the most that one call to the service may take, its answer included
 * @param batchSize the most texts in one call
 */
public record EmbeddingService(
        URI url, String model, @Nullable String token, Duration timeout, int batchSize) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final int DEFAULT_BATCH_SIZE = 64;

    public EmbeddingService {
        String scheme = url.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) || url.getHost() == null) {
            throw wrong("url", withoutSecrets(url.toString()), "give one such as http://localhost:11434/v1");
        }
        if (model.isBlank()) {
            throw wrong("model", "'" + model + "'", "give the service's name of the model");
        }
        if (token != null && (token.isBlank() || !token.chars().allMatch(c -> c > 32 && c < 127))) {
            throw wrong("token", "(hidden)", "it holds a blank, a line end or a letter beyond ASCII");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw wrong("timeout", timeout.toString(), "give a positive duration");
        }
        if (batchSize < 1) {
            throw wrong("batch size", Integer.toString(batchSize), "give at least 1");
        }
    }

    /**
     * A service with the usual limits: 30 seconds for a call, 64 texts in each.
     *
     * @throws VelesException {@code VELES-009} when a value is not usable
     */
    public static EmbeddingService at(String url, String model) {
        try {
            return new EmbeddingService(new URI(url), model, null, DEFAULT_TIMEOUT, DEFAULT_BATCH_SIZE);
        } catch (URISyntaxException e) {
            throw wrong("url", withoutSecrets(url), e.getReason() + "; give one such as http://localhost:11434/v1");
        }
    }

    public EmbeddingService withToken(@Nullable String newToken) {
        return new EmbeddingService(url, model, newToken, timeout, batchSize);
    }

    public EmbeddingService withTimeout(Duration newTimeout) {
        return new EmbeddingService(url, model, token, newTimeout, batchSize);
    }

    public EmbeddingService withBatchSize(int newBatchSize) {
        return new EmbeddingService(url, model, token, timeout, newBatchSize);
    }

    /** Where the texts are sent. */
    URI endpoint() {
        String address = url.toString().replaceFirst("(?s)#.*", "");
        int query = address.indexOf('?');
        String base = query < 0 ? address : address.substring(0, query);
        String rest = query < 0 ? "" : address.substring(query);
        return URI.create((base.endsWith("/") ? base : base + "/") + "embeddings" + rest);
    }

    /** The endpoint as messages name it: without the user information and the query, which may hold a password or a key. */
    String shownEndpoint() {
        URI endpoint = endpoint();
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return endpoint.getScheme() + "://" + endpoint.getHost() + port + endpoint.getRawPath();
    }

    /** Without token, user information and query, so that no secret ends in a log. */
    @Override
    public String toString() {
        return "EmbeddingService[" + shownEndpoint() + ", " + model + "]";
    }

    /** An address that cannot be taken apart, without all that may be a user, a password or a query. */
    private static String withoutSecrets(String url) {
        return "'"
                + url.replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1")
                        .replaceFirst("(?s)[?#].*", "") + "'";
    }

    private static VelesException wrong(String name, String value, String remedy) {
        return new VelesException(
                ErrorCode.CONFIG, "the embedding service's " + name + " " + value + " cannot be used: " + remedy);
    }
}
