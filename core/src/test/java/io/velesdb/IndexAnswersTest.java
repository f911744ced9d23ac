package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.OrderedScan;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.host.Cancellation;
import io.velesdb.index.column.RowEstimate;
import io.velesdb.index.column.ValueCount;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No index changes an answer: a collection with all of them is held against its rows, and against one with none. */
class IndexAnswersTest {
    private static final String[] WORDS = {"Straße", "boat", "BOATYARD", "sea", "\ud83d\ude00x", "harbour", "abc", ""};
    private static final String[] FIELDS = {"n", "text", "place", "mixed", "rare", "in.n", "place.lat", "none"};

    private final Database database = Database.inMemory();
    private final MetadataCollection indexed = database.createMetadataCollection("indexed");
    private final MetadataCollection plain = database.createMetadataCollection("plain");
    private final Map<Long, @Nullable Obj> model = new TreeMap<>(Long::compareUnsigned);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFilterSelectsTheSameRowsWithAndWithoutIndexes(long seed) {
        Random random = new Random(seed);
        boolean early = random.nextBoolean();
        if (early) {
            createIndexes();
        }
        write(random, 2_500);
        if (!early) {
            createIndexes();
        }
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 60; i++) {
                check(filter(random, 2), "seed " + seed + ", round " + round);
            }
            for (String field : FIELDS) {
                checkOrder(field, random, "seed " + seed + ", round " + round + ", field " + field);
                checkGroups(field, random, "seed " + seed + ", round " + round + ", field " + field);
            }
            write(random, round == 3 ? 3_000 : 1 + random.nextInt(60));
            delete(random, random.nextInt(300));
            if (round % 3 == 1) {
                indexed.vacuum();
            }
            if (round == 5) {
                indexed.dropIndex(IndexDefinition.trigram("text"));
                indexed.createIndex(IndexDefinition.trigram("text"));
            }
        }
        indexed.truncate();
        plain.truncate();
        model.clear();
        write(random, 50);
        for (int i = 0; i < 60; i++) {
            check(filter(random, 2), "seed " + seed + ", after truncate");
        }
    }

    @Test
    void aStateThatIsHeldKeepsItsAnswersWhileTheIndexesGoOn() {
        createIndexes();
        Random random = new Random(7);
        write(random, 2_000);
        CollectionSnapshot held = database.engine().snapshot().get("indexed");
        Filter filter = Filter.and(Filter.gte("text", "b"), Filter.lt("text", "sea"));
        long[] before = new long[(held.slots() + 63) >>> 6];
        long[] after = new long[before.length];
        held.columns().evaluate(filter, held, held.liveWords(), Cancellation.NONE, before);
        write(random, 3_000);
        delete(random, 1_000);
        CollectionSnapshot now = database.engine().snapshot().get("indexed");
        long[] words = new long[(now.slots() + 63) >>> 6];
        now.columns().evaluate(filter, now, now.liveWords(), Cancellation.NONE, words);
        held.columns().evaluate(filter, held, held.liveWords(), Cancellation.NONE, after);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void estimatesComeFromWhatIsKnown() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            points.add(Point.of(i, Obj.of("n", i, "pos", i % 10 == 0 ? "verb" : "noun")));
        }
        indexed.upsert(points);
        assertThat(estimate(Filter.eq("pos", "verb")))
                .isEqualTo(new RowEstimate(1_000, RowEstimate.Method.CARDINALITY));
        assertThat(estimate(Filter.gt("n", 8_999)).method()).isEqualTo(RowEstimate.Method.NO_HISTOGRAM);
        assertThat(estimate(Filter.isNotNull("none"))).isEqualTo(new RowEstimate(0, RowEstimate.Method.CARDINALITY));
        indexed.analyze();
        RowEstimate range = estimate(Filter.gt("n", 8_999));
        assertThat(range.method()).isEqualTo(RowEstimate.Method.HISTOGRAM);
        assertThat(range.rows()).isBetween(950L, 1_050L);
        assertThat(estimate(Filter.and(Filter.gt("n", 8_999), Filter.eq("pos", "verb")))
                        .rows())
                .isBetween(95L, 105L);
        assertThat(estimate(Filter.eq("n", 17)).rows()).isEqualTo(1);
    }

    @Test
    void anIndexTellsWhatItHolds() {
        createIndexes();
        write(new Random(3), 2_000);
        database.engine().upkeep().refreshIndexes("indexed");
        assertThat(database.engine().upkeep().indexesDue()).isEmpty();
        for (IndexInfo index : indexed.indexes()) {
            assertThat(index.cardinality()).as("%s", index).isPositive();
            assertThat(index.entries()).as("%s", index).isPositive();
            assertThat(index.memoryBytes())
                    .as("%s", index)
                    .satisfies(bytes ->
                            assertThat(bytes > 0).isEqualTo(index.definition().kind() != IndexKind.PROPERTY));
        }
    }

    @Test
    void rowsThatCameAtOnceMakeAnIndexDue() {
        write(new Random(3), 10);
        indexed.createIndex(IndexDefinition.secondary("n"));
        write(new Random(4), 3_000);
        assertThat(database.engine().upkeep().indexesDue()).containsExactly("indexed");
        database.engine().upkeep().refreshIndexes("indexed");
        assertThat(database.engine().upkeep().indexesDue()).isEmpty();
    }

    private RowEstimate estimate(Filter filter) {
        return database.engine().snapshot().get("indexed").estimate(filter);
    }

    private void createIndexes() {
        for (String field : new String[] {"n", "text", "mixed", "rare", "in.n", "place"}) {
            indexed.createIndex(IndexDefinition.secondary(field));
        }
        indexed.createIndex(IndexDefinition.trigram("text"));
        indexed.createIndex(IndexDefinition.trigram("mixed"));
        indexed.createIndex(IndexDefinition.geo("place"));
        indexed.createIndex(IndexDefinition.property("A", "n"));
        indexed.createIndex(IndexDefinition.range("A", "text"));
    }

    private void check(Filter filter, String where) {
        List<Long> expected = new ArrayList<>();
        model.forEach((id, payload) -> {
            if (filter.matches(id, payload)) {
                expected.add(id);
            }
        });
        assertThat(ids(indexed, filter)).as("%s: %s", where, filter).isEqualTo(expected);
        assertThat(ids(plain, filter)).as("%s: %s", where, filter).isEqualTo(expected);
        assertThat(indexed.count(filter)).as("%s: %s", where, filter).isEqualTo(expected.size());
        long estimate = estimate(filter).rows();
        assertThat(estimate).as("%s: %s", where, filter).isBetween(0L, (long) model.size());
    }

    private static List<Long> ids(Collection collection, Filter filter) {
        return collection.scroll(null, Limits.MAX_PAGE, filter).points().stream()
                .map(Point::id)
                .toList();
    }

    private void checkOrder(String name, Random random, String where) {
        FieldPath field = FieldPath.of(name);
        boolean ascending = random.nextBoolean();
        CollectionSnapshot state = database.engine().snapshot().get("indexed");
        Filter filter = random.nextBoolean() ? Filter.gte("n", 0) : Filter.and();
        long[] selected = new long[(state.slots() + 63) >>> 6];
        state.columns().evaluate(filter, state, state.liveWords(), Cancellation.NONE, selected);
        OrderedScan scan = state.orderedScan(field, ascending, selected, Cancellation.NONE);
        boolean has = indexed.indexes().stream()
                .anyMatch(index -> index.definition().kind() == IndexKind.SECONDARY
                        && index.definition().field().equals(field));
        assertThat(scan != null).as(where).isEqualTo(has);
        if (scan == null) {
            return;
        }
        List<Long> expected = new ArrayList<>();
        model.forEach((id, payload) -> {
            if (filter.matches(id, payload)) {
                expected.add(id);
            }
        });
        Comparator<Long> byValue =
                (a, b) -> Value.compare(field.resolve(a, model.get(a)), field.resolve(b, model.get(b)));
        expected.sort((ascending ? byValue : byValue.reversed()).thenComparing(Long::compareUnsigned));
        List<Long> found = new ArrayList<>();
        while (scan.next()) {
            found.add(scan.id());
        }
        assertThat(found).as("%s, ascending %s", where, ascending).isEqualTo(expected);
    }

    private void checkGroups(String name, Random random, String where) {
        FieldPath field = FieldPath.of(name);
        CollectionSnapshot state = database.engine().snapshot().get("indexed");
        Filter filter = random.nextBoolean() ? Filter.gte("n", 1_900) : Filter.and();
        long[] selected = new long[(state.slots() + 63) >>> 6];
        state.columns().evaluate(filter, state, state.liveWords(), Cancellation.NONE, selected);
        Map<@Nullable Value, Long> expected = new HashMap<>();
        model.forEach((id, payload) -> {
            if (filter.matches(id, payload)) {
                expected.merge(field.resolve(id, payload), 1L, Long::sum);
            }
        });
        Map<@Nullable Value, Long> found = new HashMap<>();
        for (ValueCount group : state.columns().groupCount(field, state, selected, Cancellation.NONE)) {
            assertThat(found.put(group.value(), group.rows())).as(where).isNull();
        }
        assertThat(found).as(where).isEqualTo(expected);
    }

    // ---- rows

    private void write(Random random, int count) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(6_000) - 5;
            Obj payload = random.nextInt(20) == 0 ? null : payload(random);
            points.add(Point.of(id, payload));
            model.put(id, payload);
        }
        indexed.upsert(points);
        plain.upsert(points);
    }

    private void delete(Random random, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = random.nextInt(6_000) - 5;
            model.remove(ids[i]);
        }
        indexed.delete(ids);
        plain.delete(ids);
    }

    private static Obj payload(Random random) {
        Obj.Builder payload = Obj.builder();
        if (random.nextInt(10) > 0) {
            payload.put("n", Value.of(random.nextInt(2_000) - 50));
        }
        if (random.nextInt(10) > 0) {
            payload.put("text", Value.of(text(random)));
        }
        if (random.nextInt(8) > 0) {
            payload.put("place", random.nextInt(20) == 0 ? mixed(random) : place(random));
        }
        payload.put("mixed", mixed(random));
        if (random.nextInt(50) == 0) {
            payload.put("rare", mixed(random));
        }
        payload.put("in", random.nextBoolean() ? Obj.of("n", random.nextDouble() * 100) : mixed(random));
        return payload.build();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        // short ones repeat and are kept; long ones are not
        for (int words = random.nextBoolean() ? 1 : 12 + random.nextInt(8); words > 0; words--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            text.append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static Obj place(Random random) {
        double scale = random.nextInt(10) == 0 ? 4 : 1;
        Object lat = random.nextInt(20) == 0 ? random.nextInt(90) : (random.nextDouble() - 0.5) * 180 * scale;
        Object lng = random.nextInt(40) == 0 ? (Object) ((1L << 53) + 1) : (random.nextDouble() - 0.5) * 360 * scale;
        return random.nextInt(15) == 0 ? Obj.of("lat", "north", "lng", lng) : Obj.of("lat", lat, "lng", lng);
    }

    private static Value mixed(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(List.of(random.nextInt(3)));
            case 3 -> Obj.of("a", random.nextInt(3));
            case 4 -> Value.of(random.nextInt(4) * 0.5);
            case 5 -> Value.ofUnsigned(-1 - random.nextInt(3));
            case 6 -> Value.of((1L << 53) + random.nextInt(3));
            default -> Value.of(text(random));
        };
    }

    private static Filter filter(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 16 : 13);
        return switch (kind) {
            case 0 -> Filter.eq(field(random), mixed(random));
            case 1 -> Filter.neq(field(random), mixed(random));
            case 2, 3 -> compare(random, "n", Value.of(random.nextInt(2_100) - 100));
            case 4 -> compare(random, random.nextBoolean() ? "text" : "mixed", Value.of(text(random)));
            case 5 -> compare(random, field(random), mixed(random));
            case 6 -> Filter.like("text", pattern(random));
            case 7 -> Filter.ilike(random.nextBoolean() ? "text" : "mixed", pattern(random));
            case 8 -> Filter.contains("text", WORDS[random.nextInt(WORDS.length)]);
            case 9, 10 ->
                Filter.geoDistance(
                        "place",
                        random.nextDouble() * 200 - 100,
                        random.nextDouble() * 360 - 180,
                        Operator.values()[random.nextInt(Operator.values().length)],
                        random.nextInt(3) == 0 ? 15_000_000 : random.nextInt(4_000_000));
            case 11 -> {
                double lat = random.nextDouble() * 200 - 100;
                double lng = random.nextDouble() * 400 - 200;
                yield Filter.geoBox("place", lat, lng, lat + random.nextInt(60) - 3, lng + random.nextInt(120) - 3);
            }
            case 12 -> Filter.eq("text", text(random));
            case 13 -> Filter.and(filter(random, depth - 1), filter(random, depth - 1), filter(random, depth - 1));
            case 14 -> Filter.or(filter(random, depth - 1), filter(random, depth - 1));
            default -> Filter.not(filter(random, depth - 1));
        };
    }

    private static Filter compare(Random random, String field, Value bound) {
        Filter first = compareOnce(random, field, bound);
        return random.nextBoolean()
                ? first
                : Filter.and(first, compareOnce(random, field, bound instanceof Value.Str ? Value.of("s") : bound));
    }

    private static Filter compareOnce(Random random, String field, Value bound) {
        return switch (random.nextInt(4)) {
            case 0 -> Filter.gt(field, bound);
            case 1 -> Filter.gte(field, bound);
            case 2 -> Filter.lt(field, bound);
            default -> Filter.lte(field, bound);
        };
    }

    private static String field(Random random) {
        return FIELDS[random.nextInt(FIELDS.length)];
    }

    private static String pattern(Random random) {
        String word = WORDS[random.nextInt(WORDS.length)];
        String other = WORDS[random.nextInt(WORDS.length)];
        return switch (random.nextInt(5)) {
            case 0 -> "%" + word + "%";
            case 1 -> word + "%" + other + "%";
            case 2 -> "%" + word + " " + other + "%";
            case 3 ->
                "%" + (word.length() > 3 ? word.substring(0, 1) + "_" + word.substring(2) : "_") + "%" + other + "%";
            default -> "%" + word.toUpperCase(java.util.Locale.ROOT) + "%";
        };
    }
}
