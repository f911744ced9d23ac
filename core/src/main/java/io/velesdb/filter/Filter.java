package io.velesdb.filter;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a row meets or not, immutable. The factory methods take a field as text with dots between names and
 * values as plain Java objects ({@link Value#of(Object)}); the records take {@link FieldPath} and {@link Value}. Text that
 * JSON would not accept, a bad path and more than {@value #MAX_LEVELS} levels are refused when the filter is built, with
 * {@link VelesException} VELES-010 (VELES-017 and VELES-023 for values that JSON cannot hold).
 */
public sealed interface Filter permits Filter.Leaf, Filter.And, Filter.Or, Filter.Not {
    /** A leaf is one level; each {@code And}, {@code Or} and {@code Not} around it is one more. */
    int MAX_LEVELS = 64;

    /** Whether the row with this id and payload meets the condition. */
    boolean matches(long id, @Nullable Obj payload);

    /**
     * A filter in JSON: {@code {"condition": {"type": "eq", "field": "kind", "value": "ship"}}}.
     *
     * @throws VelesException VELES-012 for malformed JSON, VELES-010 for a filter of another shape
     */
    static Filter parse(String json) {
        return fromJson(Json.parseRequest(json));
    }

    /** As {@link #parse}, from a JSON value. */
    static Filter fromJson(Value json) {
        return FilterReader.read(json);
    }

    /** The JSON form, which {@link #fromJson} reads back as an equal filter. */
    default Obj toJson() {
        return FilterWriter.write(this);
    }

    // ---- leaves

    /** A condition on the value of one field. */
    sealed interface Leaf extends Filter
            permits Eq,
                    Neq,
                    Compare,
                    In,
                    Contains,
                    IsNull,
                    IsNotNull,
                    Like,
                    ArrayContains,
                    ArrayContainsAny,
                    ArrayContainsAll,
                    GeoDistance,
                    GeoBox {
        FieldPath field();

        /** Whether the condition holds for a value of the field; {@code null} means that the field is missing. */
        boolean test(@Nullable Value value);

        @Override
        default boolean matches(long id, @Nullable Obj payload) {
            return test(field().resolve(id, payload));
        }
    }

    /** Equal; a null equals only a null that is there. */
    record Eq(FieldPath field, Value value) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return value.equals(found);
        }
    }

    /** Not equal, or missing: the negation of {@link Eq}. */
    record Neq(FieldPath field, Value value) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return !value.equals(found);
        }
    }

    /** Ordered before or after, between two numbers or two strings only. */
    record Compare(FieldPath field, Operator operator, Value value) implements Leaf {
        public Compare {
            if (!operator.isOrdering()) {
                throw new VelesException(ErrorCode.QUERY, "operator " + operator + " is no order: use Eq or Neq");
            }
        }

        @Override
        public boolean test(@Nullable Value found) {
            boolean comparable = found instanceof Value.Num && value instanceof Value.Num
                    || found instanceof Value.Str && value instanceof Value.Str;
            return comparable && operator.holds(Value.compare(found, value));
        }
    }

    /** Equal to one of the values; never, when there are none. */
    record In(FieldPath field, ValueSet values) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return found != null && values.contains(found);
        }
    }

    /** A string that contains {@code text}, case kept; the empty text is in every string. */
    record Contains(FieldPath field, String text) implements Leaf {
        public Contains {
            Value.checkText(text);
        }

        @Override
        public boolean test(@Nullable Value found) {
            return found instanceof Value.Str string && string.text().contains(text);
        }
    }

    /** Null or missing. */
    record IsNull(FieldPath field) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return found == null || found instanceof Value.Null;
        }
    }

    /** Neither null nor missing. */
    record IsNotNull(FieldPath field) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return found != null && !(found instanceof Value.Null);
        }
    }

    /** A string that fits the pattern as a whole. */
    record Like(FieldPath field, LikePattern pattern) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return found instanceof Value.Str string && pattern.matches(string.text());
        }
    }

    /** An array with an element equal to the value. */
    record ArrayContains(FieldPath field, Value value) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return found instanceof Arr array && array.elements().contains(value);
        }
    }

    /** An array with an element equal to one of the values; never, when there are none. */
    record ArrayContainsAny(FieldPath field, ValueSet values) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            if (found instanceof Arr array) {
                for (int i = 0; i < array.size(); i++) {
                    if (values.contains(array.get(i))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** An array with an element equal to each of the values; any array, when there are none. */
    record ArrayContainsAll(FieldPath field, ValueSet values) implements Leaf {
        @Override
        public boolean test(@Nullable Value found) {
            return found instanceof Arr array && ValueSet.of(array.elements()).containsAll(values.values());
        }
    }

    /**
     * An object with numeric members {@code lat} and {@code lng}, in degrees, whose great-circle distance from a point is
     * as asked.
     *
     * @param metres compared with the distance on a sphere of radius 6,371,000 m
     */
    record GeoDistance(FieldPath field, double lat, double lng, Operator operator, double metres) implements Leaf {
        public GeoDistance {
            Geo.requireFinite("lat", lat);
            Geo.requireFinite("lng", lng);
            Geo.requireFinite("threshold", metres);
        }

        @Override
        public boolean test(@Nullable Value found) {
            return Geo.isPoint(found) && holds(Geo.lat(found), Geo.lng(found));
        }

        /** Whether the condition holds for a point, in degrees. */
        public boolean holds(double pointLat, double pointLng) {
            double distance = Geo.metres(lat, lng, pointLat, pointLng);
            return distance >= 0 && operator.holds(distance < metres ? -1 : distance > metres ? 1 : 0);
        }
    }

    /** An object with numeric members {@code lat} and {@code lng} inside a box, edges included; none when inverted. */
    record GeoBox(FieldPath field, double latMin, double lngMin, double latMax, double lngMax) implements Leaf {
        public GeoBox {
            Geo.requireFinite("lat_min", latMin);
            Geo.requireFinite("lng_min", lngMin);
            Geo.requireFinite("lat_max", latMax);
            Geo.requireFinite("lng_max", lngMax);
        }

        @Override
        public boolean test(@Nullable Value found) {
            return Geo.isWithin(found, "lat", latMin, latMax) && Geo.isWithin(found, "lng", lngMin, lngMax);
        }

        /** Whether the condition holds for a point, in degrees. */
        public boolean holds(double lat, double lng) {
            return lat >= latMin && lat <= latMax && lng >= lngMin && lng <= lngMax;
        }
    }

    // ---- logic

    /** All of the conditions; true when there are none. */
    record And(List<Filter> conditions) implements Filter {
        public And {
            conditions = List.copyOf(conditions);
            Levels.check(conditions);
        }

        @Override
        public boolean matches(long id, @Nullable Obj payload) {
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).matches(id, payload)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** At least one of the conditions; false when there are none. */
    record Or(List<Filter> conditions) implements Filter {
        public Or {
            conditions = List.copyOf(conditions);
            Levels.check(conditions);
        }

        @Override
        public boolean matches(long id, @Nullable Obj payload) {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).matches(id, payload)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Exactly the rows that the condition leaves out. */
    record Not(Filter condition) implements Filter {
        public Not {
            Levels.check(List.of(condition));
        }

        @Override
        public boolean matches(long id, @Nullable Obj payload) {
            return !condition.matches(id, payload);
        }
    }

    // ---- factories

    static Filter eq(String field, @Nullable Object value) {
        return new Eq(FieldPath.of(field), Value.of(value));
    }

    static Filter neq(String field, @Nullable Object value) {
        return new Neq(FieldPath.of(field), Value.of(value));
    }

    static Filter gt(String field, Object value) {
        return new Compare(FieldPath.of(field), Operator.GT, Value.of(value));
    }

    static Filter gte(String field, Object value) {
        return new Compare(FieldPath.of(field), Operator.GTE, Value.of(value));
    }

    static Filter lt(String field, Object value) {
        return new Compare(FieldPath.of(field), Operator.LT, Value.of(value));
    }

    static Filter lte(String field, Object value) {
        return new Compare(FieldPath.of(field), Operator.LTE, Value.of(value));
    }

    static Filter in(String field, @Nullable Object... values) {
        return new In(FieldPath.of(field), values(values));
    }

    static Filter contains(String field, String text) {
        return new Contains(FieldPath.of(field), text);
    }

    static Filter isNull(String field) {
        return new IsNull(FieldPath.of(field));
    }

    static Filter isNotNull(String field) {
        return new IsNotNull(FieldPath.of(field));
    }

    /** {@code %} is any run, {@code _} one character, a backslash makes the next character literal. */
    static Filter like(String field, String pattern) {
        return new Like(FieldPath.of(field), LikePattern.of(pattern));
    }

    /** As {@link #like}, without regard to case. */
    static Filter ilike(String field, String pattern) {
        return new Like(FieldPath.of(field), LikePattern.ignoringCase(pattern));
    }

    static Filter arrayContains(String field, @Nullable Object value) {
        return new ArrayContains(FieldPath.of(field), Value.of(value));
    }

    static Filter arrayContainsAny(String field, @Nullable Object... values) {
        return new ArrayContainsAny(FieldPath.of(field), values(values));
    }

    static Filter arrayContainsAll(String field, @Nullable Object... values) {
        return new ArrayContainsAll(FieldPath.of(field), values(values));
    }

    static Filter geoDistance(String field, double lat, double lng, Operator operator, double metres) {
        return new GeoDistance(FieldPath.of(field), lat, lng, operator, metres);
    }

    static Filter geoBox(String field, double latMin, double lngMin, double latMax, double lngMax) {
        return new GeoBox(FieldPath.of(field), latMin, lngMin, latMax, lngMax);
    }

    static Filter and(Filter... conditions) {
        return new And(List.of(conditions));
    }

    static Filter or(Filter... conditions) {
        return new Or(List.of(conditions));
    }

    static Filter not(Filter condition) {
        return new Not(condition);
    }

    private static ValueSet values(@Nullable Object[] objects) {
        List<Value> values = new ArrayList<>(objects.length);
        for (Object object : objects) {
            values.add(Value.of(object));
        }
        return ValueSet.of(values);
    }
}
