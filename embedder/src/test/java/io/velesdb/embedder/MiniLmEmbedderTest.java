package io.velesdb.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
    private static Embedder embedder;

    @BeforeAll
    static void load() {
        embedder = MiniLmEmbedder.load();
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    /** The pairs and scores that the model's authors publish; the 8-bit weights move them by less than 0.01. */
    @Test
    void reproducesThePublishedSimilarities() {
        List<float[]> v = embedder.embedAll(List.of(
                "A man is eating food.",
                "A man is eating a piece of bread.",
                "The girl is carrying a baby.",
                "A man is eating pasta."));
        assertThat(dot(v.get(0), v.get(1))).isCloseTo(0.755, within(0.01));
        assertThat(dot(v.get(0), v.get(2))).isCloseTo(-0.105, within(0.015));
    }

    @Test
    void putsCloseSentencesNearerThanDistantOnes() {
        float[] question = embedder.embed("How do I bake bread at home?");
        double near = dot(question, embedder.embed("A recipe for a simple loaf made in your own oven"));
        double far = dot(question, embedder.embed("The parliament voted on the new tax law"));
        assertThat(near).isGreaterThan(far + 0.3);
    }

    @Test
    void givesUnitLengthInThePromisedDimension() {
        assertThat(embedder.dimension()).isEqualTo(384);
        assertThat(embedder.model()).isEqualTo("all-MiniLM-L6-v2");
        for (String text : List.of("x", "a sentence", "漢字", "!?", "word ".repeat(5_000))) {
            float[] vector = embedder.embed(text);
            assertThat(vector).hasSize(384);
            assertThat(dot(vector, vector)).as(text).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void givesTheSameBitsAloneInAListAndFromManyThreads() {
        List<String> texts = IntStream.range(0, 12)
                .mapToObj(i -> "oars and boats ".repeat(1 + i * i))
                .toList();
        List<float[]> together = embedder.embedAll(texts);
        ConcurrentMap<Integer, float[]> alone = new ConcurrentHashMap<>();
        IntStream.range(0, texts.size()).parallel().forEach(i -> alone.put(i, embedder.embed(texts.get(i))));
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i)).containsExactly(alone.get(i));
        }
    }

    @Test
    void doesNotSeeWhatStandsBehindTheTokenLimit() {
        String full = "boat ".repeat(MiniLmEmbedder.MAX_TOKENS - 2);
        assertThat(embedder.embed(full + "parliament")).containsExactly(embedder.embed(full));
    }

    @Test
    void givesAnEmptyListForAnEmptyList() {
        assertThat(embedder.embedAll(List.of())).isEmpty();
    }

    @Test
    void refusesABlankText() {
        assertThatThrownBy(() -> embedder.embed(" \n"))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY))
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> embedder.embedAll(List.of("oar", ""))).isInstanceOf(VelesException.class);
    }

    @Test
    void closesTwiceAndRefusesCallsAfterwards() {
        Embedder other = MiniLmEmbedder.load();
        other.close();
        other.close();
        assertThatThrownBy(() -> other.embed("oar")).isInstanceOf(IllegalStateException.class);
        assertThat(embedder.embed("oar")).hasSize(384);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
