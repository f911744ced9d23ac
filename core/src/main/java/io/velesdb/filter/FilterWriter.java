package io.velesdb.filter;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of filters; the mirror of {@link FilterReader}. */
final class FilterWriter {
    private FilterWriter() {}

    static Obj write(Filter filter) {
        return Obj.builder().put("condition", condition(filter)).build();
    }

    private static Obj condition(Filter filter) {
        return switch (filter) {
            case Filter.And f -> junction("and", f.conditions());
            case Filter.Or f -> junction("or", f.conditions());
            case Filter.Not f ->
                Obj.builder()
                        .put("type", Value.of("not"))
                        .put("condition", condition(f.condition()))
                        .build();
            case Filter.Leaf f -> leaf(f);
        };
    }

    private static Obj junction(String type, List<Filter> conditions) {
        List<Value> parts = new ArrayList<>(conditions.size());
        for (Filter part : conditions) {
            parts.add(condition(part));
        }
        return Obj.builder()
                .put("type", Value.of(type))
                .put("conditions", Arr.of(parts))
                .build();
    }

    private static Obj leaf(Filter.Leaf leaf) {
        return switch (leaf) {
            case Filter.Eq f -> start("eq", f).put("value", f.value()).build();
            case Filter.Neq f -> start("neq", f).put("value", f.value()).build();
            case Filter.Compare f ->
                start(f.operator().type, f).put("value", f.value()).build();
            case Filter.In f -> start("in", f).put("values", values(f.values())).build();
            case Filter.Contains f ->
                start("contains", f).put("value", Value.of(f.text())).build();
            case Filter.IsNull f -> start("is_null", f).build();
            case Filter.IsNotNull f -> start("is_not_null", f).build();
            case Filter.Like f ->
                start(f.pattern().ignoresCase() ? "ilike" : "like", f)
                        .put("pattern", Value.of(f.pattern().text()))
                        .build();
            case Filter.ArrayContains f ->
                start("array_contains", f).put("value", f.value()).build();
            case Filter.ArrayContainsAny f ->
                start("array_contains_any", f).put("values", values(f.values())).build();
            case Filter.ArrayContainsAll f ->
                start("array_contains_all", f).put("values", values(f.values())).build();
            case Filter.GeoDistance f ->
                start("geo_distance", f)
                        .put("lat", Value.of(f.lat()))
                        .put("lng", Value.of(f.lng()))
                        .put("operator", Value.of(f.operator().geoName))
                        .put("threshold", Value.of(f.metres()))
                        .build();
            case Filter.GeoBox f ->
                start("geo_bbox", f)
                        .put("lat_min", Value.of(f.latMin()))
                        .put("lng_min", Value.of(f.lngMin()))
                        .put("lat_max", Value.of(f.latMax()))
                        .put("lng_max", Value.of(f.lngMax()))
                        .build();
        };
    }

    private static Obj.Builder start(String type, Filter.Leaf leaf) {
        return Obj.builder()
                .put("type", Value.of(type))
                .put("field", leaf.field().toJson());
    }

    private static Arr values(ValueSet values) {
        return Arr.of(values.values());
    }
}
