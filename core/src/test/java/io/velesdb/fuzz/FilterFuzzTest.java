package io.velesdb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

class FilterFuzzTest {
    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.SERIALIZATION, ErrorCode.SCHEMA_VALIDATION, ErrorCode.OVERFLOW, ErrorCode.QUERY);
    private static final Obj PAYLOAD = (Obj) Json.parse("""
            {"a": 1, "b": "Text", "c": [1, 2.5, "x", null], "d": {"e": true, "f": {"lat": 48.1, "lng": 11.5}}, "n": null}
            """);

    /** Whatever the text is, it is refused or read as a filter that answers, and that its own JSON form reads back. */
    @FuzzTest
    void whatIsReadAnswersAndIsReadBackTheSame(byte[] data) {
        Filter filter;
        try {
            filter = Filter.parse(new String(data, StandardCharsets.UTF_8));
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isIn(REFUSALS);
            return;
        }
        Filter again = Filter.fromJson(filter.toJson());
        assertThat(again).isEqualTo(filter);
        assertThat(again.toJson()).isEqualTo(filter.toJson());
        assertThat(again.matches(7, PAYLOAD)).isEqualTo(filter.matches(7, PAYLOAD));
        assertThat(again.matches(-1, null)).isEqualTo(filter.matches(-1, null));
    }
}
