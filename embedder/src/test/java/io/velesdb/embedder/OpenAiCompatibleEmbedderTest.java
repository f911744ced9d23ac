package io.velesdb.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiCompatibleEmbedderTest {
    private record Reply(int status, String body) {}

    private final List<Obj> requests = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Function<Obj, Reply> behaviour = OpenAiCompatibleEmbedderTest::lengths;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Obj request = (Obj) Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Reply reply = behaviour.apply(request);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The vector (length of the text, 1, 0), in reverse order, as the protocol allows. */
    private static Reply lengths(Obj request) {
        List<Value> data = new ArrayList<>();
        Arr input = (Arr) request.get("input");
        for (int i = input.size() - 1; i >= 0; i--) {
            String text = ((Value.Str) input.get(i)).text();
            data.add(Obj.of("index", i, "embedding", Arr.of(text.length(), 1, 0.0)));
        }
        return new Reply(200, Json.write(Obj.of("data", Arr.of(data))));
    }

    private static Function<Obj, Reply> constant(int status, String body) {
        return request -> new Reply(status, body);
    }

    private EmbeddingService service() {
        return EmbeddingService.at("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "tiny");
    }

    @Test
    void namesAServiceWithoutWhatItsAddressKeepsSecret() {
        EmbeddingService service = EmbeddingService.at("http://user:hunter2@localhost:1/v1?key=hunter2", "m");
        assertThat(service.toString()).contains("http://localhost:1/v1").doesNotContain("hunter2");
        assertThat(service.shownEndpoint()).doesNotContain("hunter2");
    }

    @Test
    void sendsModelAndTextsAndScalesTheAnswerToUnitLength() {
        try (Embedder embedder = OpenAiCompatibleEmbedder.connect(service().withToken("secret"))) {
            assertThat(embedder.dimension()).isEqualTo(3);
            assertThat(embedder.model()).isEqualTo("tiny");
            float[] vector = embedder.embed("abc");
            assertThat(vector[0]).isCloseTo((float) (3 / Math.sqrt(10)), within(1e-6f));
            assertThat(vector[1]).isCloseTo((float) (1 / Math.sqrt(10)), within(1e-6f));
        }
        assertThat(requests.getLast().text("model")).isEqualTo("tiny");
        assertThat(tokens).containsOnly("Bearer secret");
    }

    @Test
    void sendsNoTokenWhenThereIsNone() {
        OpenAiCompatibleEmbedder.connect(service()).close();
        assertThat(tokens).containsExactly("null");
    }

    @Test
    void putsVectorsInTheOrderOfTheTextsAndCutsLongListsIntoBatches() {
        try (Embedder embedder = OpenAiCompatibleEmbedder.connect(service().withBatchSize(2))) {
            List<float[]> vectors = embedder.embedAll(List.of("a", "bb", "ccc", "dddd", "eeeee"));
            assertThat(vectors).hasSize(5);
            for (int i = 0; i < 5; i++) {
                assertThat(vectors.get(i)[0] / vectors.get(i)[1]).isCloseTo(i + 1, within(1e-5f));
            }
            assertThat(requests).hasSize(1 + 3);
            assertThat(embedder.embedAll(List.of())).isEmpty();
            assertThat(requests).hasSize(1 + 3);
        }
    }

    @Test
    void showsTheServicesComplaintWithStatusAndRemedyAndNeverTheToken() {
        behaviour = constant(401, "{\"error\":{\"message\":\"invalid key\"}}");
        fails(ErrorCode.IO, "401", "invalid key", "check the token");
        behaviour = constant(404, "{\"error\":\"model 'tiny' not found\"}");
        fails(ErrorCode.IO, "404", "model 'tiny' not found", "name of the model");
        behaviour = constant(500, "<html>\n  broken</html>");
        fails(ErrorCode.IO, "500", "<html> broken</html>", "log");
        behaviour = constant(429, "");
        fails(ErrorCode.IO, "429", "rate limit");
    }

    @Test
    void doesNotFollowARedirect() {
        behaviour = constant(307, "");
        fails(ErrorCode.IO, "307", "redirects");
        assertThat(requests).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithABadAnswer() {
        behaviour = constant(200, "hello");
        fails(ErrorCode.SERIALIZATION, "not JSON but 'hello'");
        behaviour = constant(200, "");
        fails(ErrorCode.SERIALIZATION, "not JSON");
        behaviour = constant(200, "{\"object\":\"list\"}");
        fails(ErrorCode.SERIALIZATION, "no array 'data'");
        behaviour = constant(200, "{\"data\":[]}");
        fails(ErrorCode.SERIALIZATION, "0 vectors for 1 texts");
        behaviour = constant(200, "{\"data\":[7]}");
        fails(ErrorCode.SERIALIZATION, "data[0] is not an object");
        behaviour = constant(200, "{\"data\":[{\"index\":3,\"embedding\":[1]}]}");
        fails(ErrorCode.SERIALIZATION, "data[0].index is 3");
        behaviour = constant(200, "{\"data\":[{\"embedding\":\"AACAPw==\"}]}");
        fails(ErrorCode.SERIALIZATION, "not an array of numbers");
        behaviour = constant(200, "{\"data\":[{\"embedding\":[]}]}");
        fails(ErrorCode.SERIALIZATION, "not an array of numbers");
        behaviour = constant(200, "{\"data\":[{\"embedding\":[1,null]}]}");
        fails(ErrorCode.SERIALIZATION, "embedding[1] is not a number");
        behaviour = constant(200, "{\"data\":[{\"embedding\":[0,0]}]}");
        fails(ErrorCode.SERIALIZATION, "no direction");
        behaviour = constant(200, "{\"data\":[{\"embedding\":[1e300]}]}");
        fails(ErrorCode.SERIALIZATION, "no direction");
    }

    @Test
    void refusesAnAnswerWithAnIndexTwiceOrUnequalLengths() {
        try (Embedder embedder = OpenAiCompatibleEmbedder.connect(service())) {
            List<String> two = List.of("a", "b");
            behaviour = constant(200, "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}");
            assertThatThrownBy(() -> embedder.embedAll(two)).hasMessageContaining("index 0 comes twice");
            behaviour = constant(200, "{\"data\":[{\"embedding\":[1,2]},{\"embedding\":[1]}]}");
            assertThatThrownBy(() -> embedder.embedAll(two)).hasMessageContaining("2 and 1 components");
            behaviour = constant(200, "{\"data\":[{\"embedding\":[1,2]},{\"embedding\":[1,2]}]}");
            assertThatThrownBy(() -> embedder.embedAll(two)).hasMessageContaining("2 components where it gave 3");
        }
    }

    @Test
    void givesUpWhenTheServiceIsTooSlow() {
        behaviour = request -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
            return lengths(request);
        };
        EmbeddingService slow = service().withTimeout(Duration.ofMillis(200));
        assertThatThrownBy(() -> OpenAiCompatibleEmbedder.connect(slow))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
                .hasMessageContaining("within 200 ms");
    }

    @Test
    void saysThatNobodyListens() {
        EmbeddingService service = service();
        server.stop(0);
        assertThatThrownBy(() -> OpenAiCompatibleEmbedder.connect(service))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
                .hasMessageContaining(service.endpoint().toString());
    }

    @Test
    void refusesABlankTextBeforeAskingTheService() {
        try (Embedder embedder = OpenAiCompatibleEmbedder.connect(service())) {
            assertThatThrownBy(() -> embedder.embedAll(List.of("a", " ")))
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY));
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void refusesAConfigurationThatCannotWork() {
        for (String url : List.of("localhost:8080", "file:///tmp/x", "http:///v1", "http://exa mple", "")) {
            assertThatThrownBy(() -> EmbeddingService.at(url, "m"))
                    .as(url)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG))
                    .hasMessageContaining("url");
        }
        EmbeddingService good = EmbeddingService.at("https://example.org/v1/", "m");
        assertThat(good.endpoint()).hasToString("https://example.org/v1/embeddings");
        assertThat(EmbeddingService.at("https://example.org/v1?api-version=1#x", "m")
                        .endpoint())
                .hasToString("https://example.org/v1/embeddings?api-version=1");
        assertThatThrownBy(() -> EmbeddingService.at("http://x", " ")).hasMessageContaining("model");
        assertThatThrownBy(() -> good.withToken("a\nb"))
                .hasMessageContaining("token")
                .hasMessageNotContaining("a\n");
        assertThatThrownBy(() -> good.withBatchSize(0)).hasMessageContaining("batch size 0");
        assertThatThrownBy(() -> good.withTimeout(Duration.ZERO)).hasMessageContaining("timeout PT0S");
        assertThat(good.withToken("secret").toString()).doesNotContain("secret");
    }

    @Test
    void aRefusedAddressIsShownWithoutWhatMayBeASecret() {
        for (String url : List.of(
                "https://me:hunter2@/v1",
                "https://me:hunter2@exa mple/v1",
                "https://me:hun%ter2@example.org/v1",
                "me:hunter2@example.org/v1",
                "ftp://me:hunter2@example.org/v1",
                "https://me:hun@ter2/hunter2@exa mple/v1",
                "https://exa mple/v1?key=hunter2",
                "file:///v1?key=hunter2#hunter2",
                "https://me:hun\nter2@exa mple")) {
            assertThatThrownBy(() -> EmbeddingService.at(url, "m"))
                    .as(url)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG))
                    .hasMessageContaining("url")
                    .hasMessageContaining("give one such as")
                    .hasMessageNotContaining("ter2")
                    .hasMessageNotContaining("me:");
        }
        assertThatThrownBy(() -> EmbeddingService.at("ftp://me:x@example.org/v1", "m"))
                .hasMessageContaining("'ftp://example.org/v1'");
    }

    private void fails(ErrorCode code, String... parts) {
        assertThatThrownBy(() -> OpenAiCompatibleEmbedder.connect(service().withToken("secret")))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("secret");
    }
}
