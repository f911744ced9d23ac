package io.velesdb.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FilterTest {
    private static final Obj ROW = (Obj) Json.parse("""
            {"n": 5, "big": 9007199254740993, "d": 2.5, "s": "Dune", "t": true, "z": null, "a": [1, "x", null, [2]],
             "o": {"p": {"q": "deep"}, "a.b": 1}, "id": 99, "payload": {"n": 6},
             "here": {"lat": 59.91, "lng": 10.75}, "half": {"lat": 1}, "": "empty"}""");

    /** The table of velesql.md 4.3, and what follows from it: predicate, then its truth on a missing and on a null field. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`type`:`eq`,`field`:`f`,`value`:1} | false | false",
                "{`type`:`neq`,`field`:`f`,`value`:1} | true | true",
                "{`type`:`eq`,`field`:`f`,`value`:null} | false | true",
                "{`type`:`neq`,`field`:`f`,`value`:null} | true | false",
                "{`type`:`lt`,`field`:`f`,`value`:1} | false | false",
                "{`type`:`gte`,`field`:`f`,`value`:null} | false | false",
                "{`type`:`like`,`field`:`f`,`pattern`:`%`} | false | false",
                "{`type`:`ilike`,`field`:`f`,`pattern`:`%`} | false | false",
                "{`type`:`contains`,`field`:`f`,`value`:``} | false | false",
                "{`type`:`array_contains`,`field`:`f`,`value`:null} | false | false",
                "{`type`:`array_contains_all`,`field`:`f`,`values`:[]} | false | false",
                "{`type`:`geo_bbox`,`field`:`f`,`lat_min`:-90,`lng_min`:-180,`lat_max`:90,`lng_max`:180} | false | false",
                "{`type`:`geo_distance`,`field`:`f`,`lat`:0,`lng`:0,`operator`:`NotEq`,`threshold`:0} | false | false",
                "{`type`:`in`,`field`:`f`,`values`:[1]} | false | false",
                "{`type`:`in`,`field`:`f`,`values`:[1,null]} | false | true",
                "{`type`:`in`,`field`:`f`,`values`:[]} | false | false",
                "{`type`:`not`,`condition`:{`type`:`in`,`field`:`f`,`values`:[1,null]}} | true | false",
                "{`type`:`is_null`,`field`:`f`} | true | true",
                "{`type`:`is_not_null`,`field`:`f`} | false | false",
            })
    void missingAndNull(String condition, boolean onMissing, boolean onNull) {
        Filter filter = Filter.parse("{\"condition\":" + condition.replace('`', '"') + "}");
        assertThat(filter.matches(1, null)).isEqualTo(onMissing);
        assertThat(filter.matches(1, Obj.of("x", 1))).isEqualTo(onMissing);
        assertThat(filter.matches(1, Obj.of("f", null))).isEqualTo(onNull);
        assertThat(Filter.not(filter).matches(1, null)).isEqualTo(!onMissing);
    }

    static Stream<Arguments> truths() {
        return Stream.of(
                Arguments.of(Filter.eq("n", 5.0), true),
                Arguments.of(Filter.eq("n", "5"), false),
                Arguments.of(Filter.eq("t", 1), false),
                Arguments.of(Filter.eq("big", 9007199254740992.0), false),
                Arguments.of(Filter.gt("big", 9007199254740992.0), true),
                Arguments.of(Filter.eq("a", Arr.of(1, "x", null, Arr.of(2.0))), true),
                Arguments.of(Filter.eq("o.p", Obj.of("q", "deep")), true),
                Arguments.of(Filter.neq("s", "Dune"), false),
                Arguments.of(Filter.gte("n", 5), true),
                Arguments.of(Filter.lt("n", 5), false),
                Arguments.of(Filter.lte("d", 2.5), true),
                Arguments.of(Filter.gt("s", "Dun"), true),
                Arguments.of(Filter.gt("s", 1), false),
                Arguments.of(Filter.lte("s", 1), false),
                Arguments.of(Filter.gt("t", false), false),
                Arguments.of(Filter.lt("a", Arr.of(2)), false),
                Arguments.of(Filter.in("n", "x", 4, 5), true),
                Arguments.of(Filter.in("n", 1, 2, 3, 4, 5.0, 6, 7, 8, 9, 10), true),
                Arguments.of(Filter.in("s", 1, 2, 3, 4, 5.0, 6, 7, 8, 9, 10), false),
                Arguments.of(Filter.contains("s", "un"), true),
                Arguments.of(Filter.contains("s", "UN"), false),
                Arguments.of(Filter.contains("s", ""), true),
                Arguments.of(Filter.contains("n", ""), false),
                Arguments.of(Filter.like("s", "D_n%"), true),
                Arguments.of(Filter.like("s", "d%"), false),
                Arguments.of(Filter.ilike("s", "d%"), true),
                Arguments.of(Filter.like("n", "%"), false),
                Arguments.of(Filter.isNull("z"), true),
                Arguments.of(Filter.isNull("nowhere"), true),
                Arguments.of(Filter.isNotNull("t"), true),
                Arguments.of(Filter.arrayContains("a", 1.0), true),
                Arguments.of(Filter.arrayContains("a", null), true),
                Arguments.of(Filter.arrayContains("a", Arr.of(2)), true),
                Arguments.of(Filter.arrayContains("a", 2), false),
                Arguments.of(Filter.arrayContains("s", "D"), false),
                Arguments.of(Filter.arrayContainsAny("a", 7, "x"), true),
                Arguments.of(Filter.arrayContainsAny("a"), false),
                Arguments.of(Filter.arrayContainsAll("a", 1, "x"), true),
                Arguments.of(Filter.arrayContainsAll("a", 1, "y"), false),
                Arguments.of(Filter.arrayContainsAll("a"), true),
                Arguments.of(Filter.arrayContainsAll("s"), false),
                Arguments.of(Filter.geoBox("here", 59.91, 10, 60, 10.75), true),
                Arguments.of(Filter.geoBox("here", 60, 10, 59, 11), false),
                Arguments.of(Filter.geoBox("half", -90, -180, 90, 180), false),
                Arguments.of(Filter.geoDistance("here", 59.91, 10.75, Operator.EQ, 0), true),
                Arguments.of(Filter.geoDistance("here", 59.91, 10.75, Operator.NEQ, 0), false),
                Arguments.of(Filter.geoDistance("here", 60.39, 5.32, Operator.LT, 310_000), true),
                Arguments.of(Filter.geoDistance("here", 60.39, 5.32, Operator.GTE, 310_000), false),
                Arguments.of(Filter.geoDistance("half", 0, 0, Operator.NEQ, 0), false),
                Arguments.of(Filter.geoDistance("s", 0, 0, Operator.GT, 0), false),
                Arguments.of(Filter.and(), true),
                Arguments.of(Filter.or(), false),
                Arguments.of(Filter.and(Filter.eq("n", 5), Filter.eq("s", "x")), false),
                Arguments.of(Filter.or(Filter.eq("n", 6), Filter.eq("s", "Dune")), true),
                Arguments.of(Filter.not(Filter.eq("n", 6)), true),
                // paths
                Arguments.of(Filter.eq("id", 7), true),
                Arguments.of(Filter.gt("id", 6.5), true),
                Arguments.of(Filter.eq("payload.id", 99), true),
                Arguments.of(Filter.eq("payload.n", 5), true),
                Arguments.of(Filter.eq("payload.payload.n", 6), true),
                Arguments.of(Filter.eq("o.p.q", "deep"), true),
                Arguments.of(Filter.isNull("o.p.q.r"), true),
                Arguments.of(Filter.isNull("a.0"), true),
                Arguments.of(Filter.eq("payload", ROW), true),
                Arguments.of(new Filter.Eq(FieldPath.ofNames("o", "a.b"), Value.of(1)), true),
                Arguments.of(new Filter.Eq(FieldPath.ofNames(""), Value.of("empty")), true));
    }

    @ParameterizedTest
    @MethodSource("truths")
    void predicatesHoldAsSpecified(Filter filter, boolean truth) {
        assertThat(filter.matches(7, ROW)).isEqualTo(truth);
        assertThat(Filter.not(filter).matches(7, ROW)).isEqualTo(!truth);
        Filter read = Filter.parse(Json.write(filter.toJson()));
        assertThat(read).isEqualTo(filter);
        assertThat(read).hasSameHashCodeAs(filter);
    }

    @Test
    void idsAreUnsigned() {
        assertThat(Filter.gt("id", Long.MAX_VALUE).matches(-1, null)).isTrue();
        assertThat(Filter.eq("id", Value.ofUnsigned(-1)).matches(-1, null)).isTrue();
        assertThat(Filter.lt("id", 0).matches(-1, null)).isFalse();
    }

    @Test
    void anAbsentPayloadIsAnEmptyObject() {
        assertThat(Filter.eq("payload", Obj.EMPTY).matches(1, null)).isTrue();
        assertThat(Filter.isNull("payload").matches(1, null)).isFalse();
    }

    @Test
    void distancesAreOnASphereOf6371Kilometres() {
        assertThat(Geo.metres(0, 0, 0, 180)).isCloseTo(Math.PI * 6_371_000, within(1e-6));
        assertThat(Geo.metres(0, 179.5, 0, -179.5)).isCloseTo(Math.PI * 6_371_000 / 180, within(1e-6));
        assertThat(Geo.metres(59.9139, 10.7522, 60.3913, 5.3221)).isCloseTo(305_100, within(500.0));
        assertThat(Filter.geoDistance("f", 1e308, -1e308, Operator.NEQ, 5)
                        .matches(1, Obj.of("f", Obj.of("lat", -1e308, "lng", 1e308))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | filter [] is not an object",
                "3 | filter 3 is not an object",
                "{} | has no member \"condition\"",
                "{\"condition\":{\"type\":\"and\",\"conditions\":[]},\"x\":1} | unknown member \"x\"",
                "{\"type\":\"eq\",\"field\":\"a\",\"value\":1} | unknown member \"type\"",
                "{\"condition\":7} | condition 7 is not an object",
                "{\"condition\":{}} | has no member \"type\"",
                "{\"condition\":{\"type\":1}} | type 1: it must be text",
                "{\"condition\":{\"type\":\"equals\",\"field\":\"a\",\"value\":1}} | type \"equals\" is unknown",
                "{\"condition\":{\"type\":\"eq\",\"field\":\"a\"}} | \"eq\" has no member \"value\"",
                "{\"condition\":{\"type\":\"eq\",\"value\":1}} | \"eq\" has no member \"field\"",
                "{\"condition\":{\"type\":\"eq\",\"field\":\"a\",\"value\":1,\"pattern\":\"\"}} | unknown member \"pattern\"",
                "{\"condition\":{\"type\":\"eq\",\"field\":5,\"value\":1}} | field 5 is no path",
                "{\"condition\":{\"type\":\"eq\",\"field\":\"a..b\",\"value\":1}} | field \"a..b\" has an empty name",
                "{\"condition\":{\"type\":\"eq\",\"field\":\"\",\"value\":1}} | has an empty name",
                "{\"condition\":{\"type\":\"eq\",\"field\":[],\"value\":1}} | field [] has no name",
                "{\"condition\":{\"type\":\"eq\",\"field\":[\"a\",1],\"value\":1}} | has the name 1",
                "{\"condition\":{\"type\":\"is_null\",\"field\":\"vector\"}} | field \"vector\" is the vector",
                "{\"condition\":{\"type\":\"in\",\"field\":\"a\",\"values\":1}} | values 1: it must be an array",
                "{\"condition\":{\"type\":\"array_contains_any\",\"field\":\"a\",\"value\":1}} | unknown member \"value\"",
                "{\"condition\":{\"type\":\"contains\",\"field\":\"a\",\"value\":1}} | value 1: it must be text",
                "{\"condition\":{\"type\":\"like\",\"field\":\"a\",\"pattern\":null}} | pattern null: it must be text",
                "{\"condition\":{\"type\":\"geo_bbox\",\"field\":\"a\",\"lat_min\":1,\"lng_min\":\"2\",\"lat_max\":3,\"lng_max\":4}} | lng_min \"2\": it must be a number",
                "{\"condition\":{\"type\":\"geo_distance\",\"field\":\"a\",\"lat\":1,\"lng\":2,\"operator\":\"<\",\"threshold\":4}} | operator \"<\" is unknown",
                "{\"condition\":{\"type\":\"geo_distance\",\"field\":\"a\",\"lat\":1,\"lng\":2,\"operator\":\"Lt\"}} | no member \"threshold\"",
                "{\"condition\":{\"type\":\"and\",\"conditions\":{}}} | conditions {}: it must be an array",
                "{\"condition\":{\"type\":\"and\",\"conditions\":[1]}} | condition 1 is not an object",
                "{\"condition\":{\"type\":\"or\"}} | no member \"conditions\"",
                "{\"condition\":{\"type\":\"not\",\"conditions\":[]}} | unknown member \"conditions\"",
            })
    void aFilterOfAnotherShapeIsRefused(String json, String text) {
        assertThatThrownBy(() -> Filter.parse(json))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("[VELES-010]")
                .hasMessageContaining(text);
    }

    @Test
    void malformedJsonIsNoFilter() {
        assertThatThrownBy(() -> Filter.parse("{\"condition\":")).hasMessageContaining("[VELES-012]");
    }

    private static String nested(String head, String tail, int levels) {
        return "{\"condition\":" + head.repeat(levels - 1) + "{\"type\":\"is_null\",\"field\":\"a\"}"
                + tail.repeat(levels - 1) + "}";
    }

    @Test
    void sixtyFourLevelsAreReadAndNoMore() {
        String not = "{\"type\":\"not\",\"condition\":";
        String and = "{\"type\":\"and\",\"conditions\":[";
        assertThat(Filter.parse(nested(not, "}", 64)).matches(1, null)).isFalse();
        Filter deepest = Filter.parse(nested(and, "]}", 64));
        assertThat(deepest.matches(1, null)).isTrue();
        assertThat(Filter.fromJson(deepest.toJson())).isEqualTo(deepest);
        for (int levels : new int[] {65, 255, 256, 1_000, 100_000}) {
            assertThatThrownBy(() -> Filter.parse(nested(not, "}", levels))).hasMessageContaining("[VELES-010]");
            assertThatThrownBy(() -> Filter.parse(nested(and, "]}", levels))).hasMessageContaining("[VELES-010]");
        }
        assertThatThrownBy(() -> Filter.not(deepest))
                .hasMessageContaining("[VELES-010]")
                .hasMessageContaining("64 levels");
        assertThatThrownBy(() -> Filter.and(deepest)).hasMessageContaining("[VELES-010]");
        assertThatThrownBy(() -> Filter.or(Filter.isNull("x"), deepest)).hasMessageContaining("[VELES-010]");
    }

    @Test
    void filtersBuiltWithBadPartsAreRefused() {
        assertThatThrownBy(() -> FieldPath.of("a.")).hasMessageContaining("[VELES-010]");
        assertThatThrownBy(() -> new FieldPath(List.of())).hasMessageContaining("[VELES-010]");
        assertThatThrownBy(() -> Filter.geoBox("a", Double.NaN, 0, 0, 0))
                .hasMessageContaining("[VELES-010] lat_min NaN");
        assertThatThrownBy(() -> Filter.like("a", "\uD800")).hasMessageContaining("[VELES-017]");
        assertThatThrownBy(() -> Filter.contains("a", "\uD800")).hasMessageContaining("[VELES-017]");
        assertThatThrownBy(() -> FieldPath.ofNames("\uD800")).hasMessageContaining("[VELES-017]");
        assertThatThrownBy(() -> new Filter.Compare(FieldPath.of("a"), Operator.EQ, Value.of(1)))
                .hasMessageContaining("[VELES-010]");
    }
}
