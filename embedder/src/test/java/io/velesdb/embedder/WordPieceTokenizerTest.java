package io.velesdb.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPieceTokenizerTest {
    private static final Map<String, Integer> SMALL =
            Map.of("[UNK]", 0, "[CLS]", 1, "[SEP]", 2, "oar", 3, "##s", 4, "boat", 5, ",", 6, "##man", 7);

    private final WordPieceTokenizer small = new WordPieceTokenizer(SMALL);

    /** tokens.jsonl was made by the Python package tokenizers 0.23.3 from the model's own tokenizer file. */
    @Test
    void givesTheTokensOfTheReferenceTokenizer() throws IOException {
        WordPieceTokenizer tokenizer =
                new WordPieceTokenizer(Vocabulary.read(bytes("/all-minilm-l6-v2-q-tokenizer.json")));
        List<String> lines = new String(bytes("tokens.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).hasSizeGreaterThan(40);
        for (String line : lines) {
            Obj expected = (Obj) Json.parse(line);
            String text = expected.text("text");
            long[] tokens = ((Arr) expected.get("ids"))
                    .elements().stream().mapToLong(v -> ((Value.Int) v).value()).toArray();
            assertThat(tokenizer.tokens(text, 256)).as(text).containsExactly(tokens);
        }
    }

    @Test
    void takesTheLongestPieceFirst() {
        assertThat(small.tokens("Boatman, oars", 20)).containsExactly(1, 5, 7, 6, 3, 4, 2);
    }

    @Test
    void makesTheWholeWordUnknownWhenOnePieceIsMissing() {
        assertThat(small.tokens("oarx oar", 20)).containsExactly(1, 0, 3, 2);
    }

    @Test
    void cutsToTheLimitAndStillEndsWithTheEndToken() {
        assertThat(small.tokens("oar oar oars oar", 6)).containsExactly(1, 3, 3, 3, 4, 2);
        assertThat(small.tokens("oars", 3)).containsExactly(1, 3, 2);
        assertThat(small.tokens("oar", 2)).containsExactly(1, 2);
    }

    @Test
    void readsTheNamesOfSpecialTokensAsPlainText() {
        assertThat(small.tokens("[SEP]", 20)).containsExactly(1, 0, 0, 0, 2);
    }

    @Test
    void survivesLoneSurrogates() {
        assertThat(small.tokens("oar\ud800 \udc00", 20)).containsExactly(1, 3, 2);
    }

    @Test
    void refusesAVocabularyWithoutTheSpecialTokens() {
        assertThatThrownBy(() -> new WordPieceTokenizer(Map.of("oar", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[UNK]");
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = resource.startsWith("/")
                ? WordPieceTokenizerTest.class.getClassLoader().getResourceAsStream(resource.substring(1))
                : WordPieceTokenizerTest.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }
}
