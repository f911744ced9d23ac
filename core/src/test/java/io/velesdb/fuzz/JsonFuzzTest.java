package io.velesdb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

class JsonFuzzTest {
    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.SERIALIZATION, ErrorCode.SCHEMA_VALIDATION, ErrorCode.OVERFLOW);

    /** Whatever the bytes are, they are refused with an error of JSON or read as a value that can be written. */
    @FuzzTest
    void whatIsReadIsWrittenAndReadAgainTheSame(byte[] data) {
        Value value;
        try {
            value = Json.parse(data, 0, data.length);
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isIn(REFUSALS);
            return;
        }
        byte[] written = Json.writeUtf8(value);
        Value again = Json.parse(written, 0, written.length);
        assertThat(again).isEqualTo(value);
        assertThat(Json.writeUtf8(again)).isEqualTo(written);
        assertThat(again.hashCode()).isEqualTo(value.hashCode());
        assertThat(Value.compare(again, value)).isZero();
        String text = Json.write(value);
        assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(written);
        assertThat(Json.parse(text)).isEqualTo(value);
    }

    /** A payload is an object or nothing. */
    @FuzzTest
    void aPayloadIsAnObjectOrNothing(byte[] data) {
        try {
            Obj payload = Json.parsePayload(data, 0, data.length);
            if (payload != null) {
                byte[] written = Json.writeUtf8(payload);
                assertThat(Json.parsePayload(written, 0, written.length)).isEqualTo(payload);
            }
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isIn(REFUSALS);
        }
    }
}
