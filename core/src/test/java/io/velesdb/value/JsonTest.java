package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.VelesException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-1",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "18446744073709551615",
                "1.0",
                "-0.0",
                "75.5",
                "1.0E10",
                "4.9E-324",
                "1.7976931348623157E308",
                "\"\"",
                "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\"",
                "\"é€😀\u007f\u2028\"",
                "[]",
                "{}",
                "[1,[2,{}],\"x\"]",
                "{\"b\":1,\"a\":{\"\":null}}"
            })
    void compactTextReadsAndWritesBackUnchanged(String text) {
        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Json.writeUtf8(Json.parse(utf8, 0, utf8.length))).isEqualTo(utf8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                " { \"a\" : [ 1 , 2 ] }  | {\"a\":[1,2]}",
                "-0 | 0",
                "1e2 | 100.0",
                "1E-400 | 0.0",
                "\"\\u0041\\/\\ud83d\\ude00\" | \"A/😀\"",
                "{\"a\":1,\"b\":2,\"a\":3} | {\"a\":3,\"b\":2}",
            })
    void otherSpellingsAreRead(String text, String compact) {
        assertThat(Json.write(Json.parse(text))).isEqualTo(compact);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NIL",
            value = {
                "`` | 0 | a value",
                "`  ` | 2 | a value",
                "{ | 1 | a member's name",
                "{\"a\" | 4 | ':'",
                "{\"a\":} | 5 | a value",
                "{\"a\":1 | 6 | ',' or '}'",
                "{\"a\":1,} | 7 | a member's name",
                "{a:1} | 1 | a member's name",
                "[1 2] | 3 | ',' or ']'",
                "[1,] | 3 | a value",
                "\"abc | 4 | closing quote",
                "\"a\\x\" | 3 | after a backslash",
                "\"\\u12g4\" | 5 | four hexadecimal digits",
                "tru | 0 | a value",
                "nul! | 0 | a value",
                "01 | 1 | leading zero",
                "1. | 2 | a digit",
                "- | 1 | a digit",
                "+1 | 0 | a value",
                "1e | 2 | a digit",
                "1e+ | 3 | a digit",
                ".5 | 0 | a value",
                "NaN | 0 | a value",
                "1 1 | 2 | nothing more",
                "\"é\" x | 4 | nothing more",
                "\"😀\" x | 5 | nothing more",
                "'a' | 0 | a value",
            })
    void malformedTextIsRefusedWithItsOffset(String text, int offset, String expected) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("[VELES-012] malformed JSON at offset " + offset + ": expected")
                .hasMessageContaining(expected);
    }

    @Test
    void controlCharactersMustBeEscaped() {
        assertThatThrownBy(() -> Json.parse("\"a\nb\""))
                .hasMessageContaining("[VELES-012]")
                .hasMessageContaining("0xa");
        assertThatThrownBy(() -> Json.parse("\"\\n\nb\"")).hasMessageContaining("[VELES-012]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00x\"",
                "\"\\ud800\\ud800\\udc00\"",
                "{\"\\ud800\":1}",
                "\"\\ud800",
                "[\"x\"]"
            })
    void textThatIsNotUnicodeIsRefused(String text) {
        if (text.equals("[\"x\"]")) {
            assertThatThrownBy(() -> Json.parse(text.replace('x', '\uD800'))).hasMessageContaining("[VELES-017]");
        } else {
            assertThatThrownBy(() -> Json.parse(text)).hasMessageMatching("\\[VELES-01[27]].*");
        }
        byte[] bytes = {'"', (byte) 0xC3, '"'};
        assertThatThrownBy(() -> Json.parse(bytes, 0, 3))
                .hasMessageContaining("[VELES-017]")
                .hasMessageContaining("offset 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446744073709551616",
                "-9223372036854775809",
                "99999999999999999999",
                "1e309",
                "-1.8e308",
                "123456789012345678901234567890123456789012345678901234567890"
            })
    void numbersOutOfRangeAreRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .hasMessageContaining("[VELES-023]")
                .hasMessageContaining("out of range");
    }

    @Test
    void nestingStopsAtTheLimit() {
        String fits = "[".repeat(128) + "]".repeat(128);
        assertThat(Json.write(Json.parse(fits))).isEqualTo(fits);
        assertThatThrownBy(() -> Json.parse("[".repeat(129) + "]".repeat(129)))
                .hasMessageContaining("[VELES-017]")
                .hasMessageContaining("128 levels at offset 128");
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000))).hasMessageContaining("[VELES-017]");
    }

    @Test
    void payloadsAreObjectsOrNothing() {
        assertThat(Json.parsePayload("null")).isNull();
        assertThat(Json.parsePayload("{}")).isEqualTo(Obj.EMPTY);
        assertThatThrownBy(() -> Json.parsePayload("[1]"))
                .hasMessageContaining("[VELES-017] payload [1] is not an object");
        assertThatThrownBy(() -> Json.parsePayload("\"" + "é".repeat(100) + "\""))
                .hasMessageContaining("…");
    }
}
