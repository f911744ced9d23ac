package io.velesdb.filter;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON form of filters. Strict: each condition has exactly the members of its type, and whatever is not so is a
 * VELES-010 that names the member, what was found and what belongs there.
 */
final class FilterReader {
    private static final Map<String, List<String>> MEMBERS = members();

    private FilterReader() {}

    private static Map<String, List<String>> members() {
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (String type : List.of("eq", "neq", "gt", "gte", "lt", "lte", "contains", "array_contains")) {
            members.put(type, List.of("field", "value"));
        }
        for (String type : List.of("in", "array_contains_any", "array_contains_all")) {
            members.put(type, List.of("field", "values"));
        }
        members.put("is_null", List.of("field"));
        members.put("is_not_null", List.of("field"));
        members.put("like", List.of("field", "pattern"));
        members.put("ilike", List.of("field", "pattern"));
        members.put("geo_distance", List.of("field", "lat", "lng", "operator", "threshold"));
        members.put("geo_bbox", List.of("field", "lat_min", "lng_min", "lat_max", "lng_max"));
        members.put("and", List.of("conditions"));
        members.put("or", List.of("conditions"));
        members.put("not", List.of("condition"));
        return members;
    }

    static Filter read(Value json) {
        if (!(json instanceof Obj filter)) {
            throw bad("filter " + Json.excerpt(json) + " is not an object: write {\"condition\": {…}}");
        }
        for (int i = 0; i < filter.size(); i++) {
            if (!filter.name(i).equals("condition")) {
                throw bad("filter has the unknown member \"" + filter.name(i)
                        + "\": its only member is \"condition\", as in {\"condition\": {\"type\": \"eq\", …}}");
            }
        }
        return condition(required(filter, "filter", "condition"), 1);
    }

    private static Filter condition(Value json, int level) {
        if (level > Filter.MAX_LEVELS) {
            throw Levels.tooDeep();
        }
        if (!(json instanceof Obj condition)) {
            throw bad("condition " + Json.excerpt(json) + " is not an object: write {\"type\": \"eq\", …}");
        }
        String type = text(condition, "condition", "type");
        List<String> members = MEMBERS.get(type);
        if (members == null) {
            throw bad("condition type \"" + type + "\" is unknown: use one of " + String.join(", ", MEMBERS.keySet()));
        }
        for (int i = 0; i < condition.size(); i++) {
            if (!condition.name(i).equals("type") && !members.contains(condition.name(i))) {
                throw bad("condition \"" + type + "\" has the unknown member \"" + condition.name(i) + "\": it has "
                        + String.join(", ", members));
            }
        }
        return switch (type) {
            case "and" -> new Filter.And(conditions(condition, type, level));
            case "or" -> new Filter.Or(conditions(condition, type, level));
            case "not" -> new Filter.Not(condition(required(condition, type, "condition"), level + 1));
            default -> leaf(condition, type, FieldPath.fromJson(required(condition, type, "field")));
        };
    }

    private static List<Filter> conditions(Obj condition, String type, int level) {
        List<Filter> parts = new ArrayList<>();
        for (Value part : array(condition, type, "conditions")) {
            parts.add(condition(part, level + 1));
        }
        return parts;
    }

    private static Filter leaf(Obj c, String type, FieldPath field) {
        return switch (type) {
            case "eq" -> new Filter.Eq(field, required(c, type, "value"));
            case "neq" -> new Filter.Neq(field, required(c, type, "value"));
            case "gt" -> new Filter.Compare(field, Operator.GT, required(c, type, "value"));
            case "gte" -> new Filter.Compare(field, Operator.GTE, required(c, type, "value"));
            case "lt" -> new Filter.Compare(field, Operator.LT, required(c, type, "value"));
            case "lte" -> new Filter.Compare(field, Operator.LTE, required(c, type, "value"));
            case "in" -> new Filter.In(field, values(c, type));
            case "contains" -> new Filter.Contains(field, text(c, type, "value"));
            case "is_null" -> new Filter.IsNull(field);
            case "is_not_null" -> new Filter.IsNotNull(field);
            case "like" -> new Filter.Like(field, LikePattern.of(text(c, type, "pattern")));
            case "ilike" -> new Filter.Like(field, LikePattern.ignoringCase(text(c, type, "pattern")));
            case "array_contains" -> new Filter.ArrayContains(field, required(c, type, "value"));
            case "array_contains_any" -> new Filter.ArrayContainsAny(field, values(c, type));
            case "array_contains_all" -> new Filter.ArrayContainsAll(field, values(c, type));
            case "geo_distance" ->
                new Filter.GeoDistance(
                        field,
                        number(c, type, "lat"),
                        number(c, type, "lng"),
                        geoOperator(text(c, type, "operator")),
                        number(c, type, "threshold"));
            default ->
                new Filter.GeoBox(
                        field,
                        number(c, type, "lat_min"),
                        number(c, type, "lng_min"),
                        number(c, type, "lat_max"),
                        number(c, type, "lng_max"));
        };
    }

    private static Operator geoOperator(String name) {
        for (Operator operator : Operator.values()) {
            if (operator.geoName.equals(name)) {
                return operator;
            }
        }
        throw bad("operator \"" + name + "\" is unknown: use one of Eq, NotEq, Gt, Gte, Lt, Lte");
    }

    // ---- members

    private static Value required(Obj object, String type, String name) {
        Value value = object.get(name);
        if (value == null) {
            throw bad(what(type) + " has no member \"" + name + "\": add it");
        }
        return value;
    }

    private static String text(Obj object, String type, String name) {
        Value value = required(object, type, name);
        if (value instanceof Value.Str string) {
            return string.text();
        }
        throw illTyped(type, name, value, "text");
    }

    private static double number(Obj object, String type, String name) {
        Value value = required(object, type, name);
        if (value instanceof Value.Num number) {
            return number.doubleValue();
        }
        throw illTyped(type, name, value, "a number");
    }

    private static Arr array(Obj object, String type, String name) {
        Value value = required(object, type, name);
        if (value instanceof Arr array) {
            return array;
        }
        throw illTyped(type, name, value, "an array");
    }

    private static ValueSet values(Obj object, String type) {
        return ValueSet.of(array(object, type, "values").elements());
    }

    private static VelesException illTyped(String type, String name, Value value, String expected) {
        return bad(what(type) + " has the " + name + " " + Json.excerpt(value) + ": it must be " + expected);
    }

    private static String what(String type) {
        return type.equals("filter") || type.equals("condition") ? "the " + type : "condition \"" + type + "\"";
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.QUERY, text);
    }
}
