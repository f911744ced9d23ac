package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner itself: an answer that differs must not pass. */
final class CaseRunnerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2]|[1,2]",
                "{\"a\":1}|{\"a\":1.0,\"b\":2}",
                "[{\"payload\":{\"n\":1}}]|[{\"id\":3,\"payload\":{\"n\":1}}]",
                "null|null"
            })
    void equalAnswersPass(String expected, String answer) {
        assertThatCode(() -> run("\"expect\":" + expected, answer)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2]|[2,1]",
                "[1]|[1,2]",
                "{\"a\":1}|{\"b\":1}",
                "{\"a\":1}|{\"a\":2}",
                "1|\"1\"",
                "null|0",
                "[]|{}",
                "{\"payload\":{\"n\":1}}|{\"payload\":{\"n\":1.0}}",
                "{\"payload\":{\"a\":1,\"b\":2}}|{\"payload\":{\"b\":2,\"a\":1}}",
                "{\"payload\":{}}|{\"payload\":{\"a\":1}}"
            })
    void otherAnswersFail(String expected, String answer) {
        assertThatThrownBy(() -> run("\"expect\":" + expected, answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("step 0");
    }

    @Test
    void anErrorMustBeTheOneExpectedAndSayItsWords() {
        assertThatCode(() -> run("\"error\":\"VELES-010\",\"says\":[\"K IS 0\"]", null))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> run("\"error\":\"VELES-027\"", null)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> run("\"error\":\"VELES-010\",\"says\":[\"limit\"]", null))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> run("\"expect\":1", null)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> run("\"error\":\"VELES-010\"", "1")).isInstanceOf(AssertionError.class);
    }

    /** Runs a case of one step on a surface that gives {@code answer}, or VELES-010 for null. */
    private static void run(String expectation, String answer) {
        Surface surface = new Surface() {
            @Override
            public Value perform(String operation, Obj arguments) {
                if (answer == null) {
                    throw new VelesException(ErrorCode.QUERY, "k is 0");
                }
                return Json.parse(answer);
            }

            @Override
            public void close() {}
        };
        CaseRunner.run((Obj) Json.parse("{\"steps\":[{\"do\":\"search\"," + expectation + "}]}"), surface);
    }
}
