package io.velesdb.filter;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random payloads, and filters that have something to do with them: few names, so that paths meet, and values of every
 * kind in every field.
 */
public final class RandomFilters {
    private static final String[] NAMES = {"a", "b", "c.d", "tags", "n", "text", "at", "id", "payload", ""};
    private static final double[] DOUBLES = {0.5, -0.0, 0.0, 1.0, 2.0, -1.5, 1e300, -1e300, 9007199254740992.0, 0x1p63};
    private static final long[] LONGS = {
        0, 1, 2, -1, 9007199254740992L, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final String[] TEXTS = {"", "x", "X", "xy", "é", "😀", "a%b", "x_y", "Oslo", "oslo"};

    private final Random random;
    private final int variety;

    /** @param variety how many different numbers and texts there are, besides the special ones */
    public RandomFilters(Random random, int variety) {
        this.random = random;
        this.variety = variety;
    }

    /** Null now and then, else an object of a few members. */
    public Obj payload() {
        return random.nextInt(12) == 0 ? null : object(0);
    }

    private Obj object(int depth) {
        Obj.Builder members = Obj.builder();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = NAMES[random.nextInt(NAMES.length)];
            members.put(name, name.equals("at") && random.nextInt(4) > 0 ? point() : value(depth + 1));
        }
        if (depth == 0 && random.nextInt(4) > 0) {
            members.put("n", number());
            members.put("text", text());
        }
        return members.build();
    }

    private Value point() {
        return Obj.of("lat", random.nextInt(1800) / 10.0 - 90, "lng", random.nextInt(3700) / 10.0 - 185);
    }

    private Value value(int depth) {
        int kind = random.nextInt(depth < 4 ? 10 : 8);
        if (kind == 8) {
            List<Value> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(value(depth + 1));
            }
            return Arr.of(elements);
        }
        return switch (kind) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2, 3, 4 -> number();
            case 5, 6, 7 -> text();
            default -> object(depth);
        };
    }

    private Value number() {
        return switch (random.nextInt(8)) {
            case 0 -> Value.of(DOUBLES[random.nextInt(DOUBLES.length)]);
            case 1 -> Value.of(LONGS[random.nextInt(LONGS.length)]);
            case 2 -> variety > 500 ? Value.of(1) : Value.ofUnsigned(-1 - random.nextInt(2));
            case 3 -> Value.of(random.nextInt(variety) / 4.0);
            default -> Value.of(random.nextInt(variety));
        };
    }

    private Value text() {
        return switch (random.nextInt(8)) {
            case 0 -> Value.of("long " + "ab".repeat(30 + random.nextInt(8)));
            case 1, 2, 3 -> Value.of("t" + random.nextInt(variety));
            default -> Value.of(TEXTS[random.nextInt(TEXTS.length)]);
        };
    }

    private FieldPath path() {
        List<String> names = new ArrayList<>();
        for (int i = 1 + random.nextInt(random.nextInt(3) + 1); i > 0; i--) {
            names.add(NAMES[random.nextInt(NAMES.length)]);
        }
        return new FieldPath(names);
    }

    /** A filter of at most {@code levels} levels. */
    public Filter filter(int levels) {
        int kind = random.nextInt(10);
        if (levels <= 1 || kind < 4) {
            return leaf();
        }
        if (kind == 4) {
            return new Filter.Not(filter(levels - 1));
        }
        List<Filter> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(filter(levels - 1));
        }
        return kind < 8 ? new Filter.And(parts) : new Filter.Or(parts);
    }

    private Filter leaf() {
        FieldPath path = random.nextInt(4) == 0 ? FieldPath.of(random.nextBoolean() ? "n" : "text") : path();
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Filter.Eq(path, value(2));
            case 2 -> new Filter.Neq(path, value(2));
            case 3, 4, 5 ->
                new Filter.Compare(
                        path, Operator.values()[2 + random.nextInt(4)], random.nextInt(8) == 0 ? value(3) : number());
            case 6 -> new Filter.In(path, values());
            case 7 -> new Filter.Contains(path, random.nextBoolean() ? "x" : "ab");
            case 8 -> new Filter.IsNull(path);
            case 9 -> new Filter.IsNotNull(path);
            case 10 ->
                new Filter.Like(path, random.nextBoolean() ? LikePattern.of("%x%") : LikePattern.ignoringCase("o%O"));
            case 11 -> new Filter.ArrayContains(path, value(2));
            case 12 -> new Filter.ArrayContainsAny(path, values());
            case 13 -> new Filter.ArrayContainsAll(path, values());
            case 14 ->
                new Filter.GeoDistance(
                        FieldPath.of("at"),
                        random.nextInt(190) - 95,
                        random.nextInt(400) - 200,
                        Operator.values()[random.nextInt(6)],
                        random.nextInt(12_000_000));
            default -> {
                int lat = random.nextInt(180) - 90;
                int lng = random.nextInt(360) - 180;
                yield new Filter.GeoBox(
                        random.nextInt(3) == 0 ? path : FieldPath.of("at"), lat, lng, lat + 40, lng + 80);
            }
        };
    }

    private ValueSet values() {
        List<Value> values = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(4) == 0 ? 20 : 3); i > 0; i--) {
            values.add(value(2));
        }
        return ValueSet.of(values);
    }
}
