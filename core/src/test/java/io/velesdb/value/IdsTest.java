package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "9223372036854775808", "18446744073709551615"})
    void theTextFormAndTheJsonFormReadBack(String text) {
        long id = Ids.parse(text);
        assertThat(Ids.format(id)).isEqualTo(text);
        assertThat(Ids.derive(text)).isEqualTo(id);
        assertThat(Ids.of(Json.parse(text))).isEqualTo(id);
        assertThat(Ids.of(Value.of(text))).isEqualTo(id);
        assertThat(Ids.toValue(id)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1.0",
                "1e2",
                "\"01\"",
                "\"+1\"",
                "\"\"",
                "\" 1\"",
                "\"18446744073709551616\"",
                "\"x\"",
                "\"١\"",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void everythingElseIsNoId(String json) {
        assertThatThrownBy(() -> Ids.of(Json.parse(json)))
                .hasMessageContaining("[VELES-023] id " + json.substring(0, 1));
        if (json.startsWith("\"")) {
            assertThatThrownBy(() -> Ids.parse(json.substring(1, json.length() - 1)))
                    .hasMessageContaining("[VELES-023]");
        }
    }

    @Test
    void aMissingIdIsNamed() {
        assertThatThrownBy(() -> Ids.of(null)).hasMessageContaining("[VELES-023] id (none)");
    }

    @Test
    void stringsDeriveTheirIdFromSha256() throws NoSuchAlgorithmException {
        MessageDigest jdk = MessageDigest.getInstance("SHA-256");
        for (String text : new String[] {"", "abc", "01", "18446744073709551616", "é€😀", "x".repeat(1000)}) {
            byte[] hash = jdk.digest(text.getBytes(StandardCharsets.UTF_8));
            assertThat(Ids.derive(text)).isEqualTo(ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE);
        }
        // Fixed for ever: the same text must find the same point in a folder written years ago.
        assertThat(Ids.format(Ids.derive("abc"))).isEqualTo("4213142463398924266");
        assertThatThrownBy(() -> Ids.derive("\uD800")).hasMessageContaining("[VELES-017]");
    }

    @Test
    void sha256AgreesWithTheJdkForEveryPaddingLength() throws NoSuchAlgorithmException {
        MessageDigest jdk = MessageDigest.getInstance("SHA-256");
        byte[] bytes = new byte[300];
        new Random(1).nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length++) {
            assertThat(Sha256.hash(bytes, length)).isEqualTo(jdk.digest(Arrays.copyOf(bytes, length)));
        }
    }
}
