package io.velesdb.index.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.filter.RandomFilters;
import io.velesdb.host.Cancellation;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnIndexTest {
    /** Rows in memory, and how often their payloads were asked for. */
    private static final class Rows implements ColumnIndex.RowReader {
        final List<@Nullable Obj> payloads = new ArrayList<>();
        int reads;

        @Override
        public long id(int slot) {
            return slot % 3 == 0 ? -slot : slot;
        }

        @Override
        public @Nullable Obj payload(int slot) {
            reads++;
            return payloads.get(slot);
        }

        ColumnIndex index() {
            ColumnIndex index = new ColumnIndex();
            for (int slot = 0; slot < payloads.size(); slot++) {
                index.append(slot, payloads.get(slot));
            }
            return index;
        }
    }

    private static long[] all(int slots) {
        long[] live = new long[Bits.words(slots)];
        Bits.fill(live, slots);
        return live;
    }

    private static int[] members(ColumnIndex.View view, Filter filter, Rows rows, int slots) {
        return members(view, filter, rows, slots, all(slots));
    }

    private static int[] members(ColumnIndex.View view, Filter filter, Rows rows, int slots, long[] live) {
        long[] into = new long[Bits.words(slots) + 1];
        Arrays.fill(into, 0x5555555555555555L);
        int count = view.evaluate(filter, rows, live, Cancellation.NONE, into);
        int[] members = new int[slots];
        int size = 0;
        for (int slot = 0; slot < slots; slot++) {
            if ((into[slot >>> 6] >>> slot & 1) != 0) {
                members[size++] = slot;
            }
        }
        assertThat(count).isEqualTo(size);
        if (slots % 64 != 0) {
            assertThat(into[slots >>> 6] >>> slots)
                    .as("bits behind the last slot")
                    .isZero();
        }
        assertThat(into[Bits.words(slots)]).as("the word behind").isEqualTo(0x5555555555555555L);
        return Arrays.copyOf(members, size);
    }

    private static int[] expected(Filter filter, Rows rows, int slots, long[] live) {
        int[] members = new int[slots];
        int size = 0;
        for (int slot = 0; slot < slots; slot++) {
            if ((live[slot >>> 6] >>> slot & 1) != 0 && filter.matches(rows.id(slot), rows.payloads.get(slot))) {
                members[size++] = slot;
            }
        }
        return Arrays.copyOf(members, size);
    }

    private static ColumnIndex reloaded(ColumnIndex index, int slots) {
        BinaryWriter out = new BinaryWriter();
        index.save(out);
        return ColumnIndex.load(new BinaryReader(out.toByteArray(), ErrorCode.STORAGE, "columns"), slots);
    }

    /** Few values and many: sets that become bitmaps, dictionaries that close, keys, hashes. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 5",
        "2, 1, 5",
        "3, 63, 3",
        "4, 64, 20",
        "5, 700, 4",
        "6, 3000, 30",
        "7, 9000, 20000",
        "8, 20000, 1000000"
    })
    void everyFilterSelectsWhatBruteForceSelects(long seed, int slots, int variety) {
        Random random = new Random(seed);
        RandomFilters generator = new RandomFilters(random, variety);
        Rows rows = new Rows();
        for (int slot = 0; slot < slots; slot++) {
            rows.payloads.add(generator.payload());
        }
        ColumnIndex index = rows.index();
        ColumnIndex reloaded = reloaded(index, slots);
        int[] kept = random.ints(0, Math.max(1, slots))
                .limit(slots / 2)
                .sorted()
                .distinct()
                .toArray();
        ColumnIndex compacted = index.compact(kept, kept.length);
        Rows keptRows = new Rows();
        for (int slot : kept) {
            keptRows.payloads.add(rows.payloads.get(slot));
        }
        // A compacted index goes on growing.
        for (int i = 0; i < slots / 4; i++) {
            Obj payload = generator.payload();
            keptRows.payloads.add(payload);
            compacted.append(kept.length + i, payload);
        }
        int keptSlots = keptRows.payloads.size();
        int filters = slots > 5000 ? 150 : 600;
        for (int i = 0; i < filters; i++) {
            Filter filter = generator.filter(1 + random.nextInt(5));
            String when = "seed " + seed + ", filter " + i + ": " + filter.toJson();
            long[] live = all(slots);
            assertThat(members(index.view(), filter, rows, slots))
                    .as(when)
                    .isEqualTo(expected(filter, rows, slots, live));
            for (int w = 0; w < live.length; w++) {
                live[w] &= ~(1L << random.nextInt(64));
            }
            assertThat(members(reloaded.view(), filter, rows, slots, live))
                    .as("reloaded, " + when)
                    .isEqualTo(expected(filter, rows, slots, live));
            assertThat(members(compacted.view(), filter, keptRows, keptSlots))
                    .as("compacted, " + when)
                    .isEqualTo(expected(filter, keptRows, keptSlots, all(keptSlots)));
        }
    }

    @Test
    void readersSeeTheirOwnStateBesideTheWriter() throws InterruptedException {
        long seed = 4711;
        Random random = new Random(seed);
        RandomFilters generator = new RandomFilters(random, 3000);
        Rows rows = new Rows();
        int slots = 30_000;
        for (int slot = 0; slot < slots; slot++) {
            rows.payloads.add(generator.payload());
        }
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            filters.add(generator.filter(3));
        }
        var published = new java.util.concurrent.atomic.AtomicReference<ColumnIndex.View>(new ColumnIndex().view());
        var publishedSlots = new java.util.concurrent.ConcurrentHashMap<ColumnIndex.View, Integer>();
        publishedSlots.put(published.get(), 0);
        Thread writer = new Thread(() -> {
            ColumnIndex index = new ColumnIndex();
            for (int slot = 0; slot < slots; slot++) {
                index.append(slot, rows.payloads.get(slot));
                if (slot % 7 == 0) {
                    ColumnIndex.View view = index.view();
                    publishedSlots.put(view, slot + 1);
                    published.set(view);
                }
            }
        });
        writer.start();
        int rounds = 0;
        while (writer.isAlive() || rounds < 50) {
            ColumnIndex.View view = published.get();
            int seen = publishedSlots.get(view);
            Filter filter = filters.get(rounds++ % filters.size());
            assertThat(members(view, filter, rows, seen))
                    .as("seed %d, %d slots: %s", seed, seen, filter.toJson())
                    .isEqualTo(expected(filter, rows, seen, all(seen)));
        }
        writer.join();
    }

    private static Rows catalogue(int slots) {
        Rows rows = new Rows();
        for (int slot = 0; slot < slots; slot++) {
            rows.payloads.add(Obj.of(
                    "kind",
                    "k" + slot % 40,
                    "year",
                    1900 + slot % 120,
                    "price",
                    slot * 0.25,
                    "title",
                    "title number " + slot,
                    "tags",
                    List.of("t" + slot % 7, "t" + slot % 11),
                    "maker",
                    Obj.of("city", slot % 2 == 0 ? "Oslo" : "Bergen"),
                    "at",
                    Obj.of("lat", 50 + slot % 100 * 0.1, "lng", slot % 90 * 0.1)));
        }
        return rows;
    }

    @Test
    void whatColumnsKnowIsAnsweredWithoutPayloads() {
        int slots = 10_000;
        Rows rows = catalogue(slots);
        ColumnIndex.View view = rows.index().view();
        List<Filter> known = List.of(
                Filter.eq("kind", "k7"),
                Filter.neq("kind", "k7"),
                Filter.in("kind", "k1", "k2", "nothing"),
                Filter.like("kind", "k_"),
                Filter.gte("year", 1990.5),
                Filter.lt("price", 100),
                Filter.and(Filter.eq("kind", "k7"), Filter.gt("price", 1000), Filter.ilike("maker.city", "OSLO")),
                Filter.arrayContains("tags", "t3"),
                Filter.arrayContainsAll("tags", "t3", "t4"),
                Filter.arrayContainsAny("tags", "t3", "t4"),
                Filter.not(Filter.eq("maker.city", "Oslo")),
                Filter.isNull("title"),
                Filter.isNotNull("nowhere"),
                Filter.geoBox("at", 51, 1, 52, 2),
                Filter.gt("id", 100),
                Filter.eq("payload", 5));
        for (Filter filter : known) {
            assertThat(members(view, filter, rows, slots)).isEqualTo(expected(filter, rows, slots, all(slots)));
        }
        assertThat(rows.reads).isZero();
    }

    @Test
    void payloadsAreReadOnlyOfRowsThatTheColumnsLeaveInDoubt() {
        int slots = 10_000;
        Rows rows = catalogue(slots);
        ColumnIndex.View view = rows.index().view();
        assertThat(members(view, Filter.eq("title", "title number 9876"), rows, slots))
                .containsExactly(9876);
        assertThat(rows.reads).isEqualTo(1);
        rows.reads = 0;
        Filter both = Filter.and(Filter.like("title", "%5"), Filter.eq("kind", "k7"));
        assertThat(members(view, both, rows, slots)).isEqualTo(expected(both, rows, slots, all(slots)));
        assertThat(rows.reads).isLessThanOrEqualTo(slots / 40);
        rows.reads = 0;
        long[] live = new long[Bits.words(slots)];
        live[9876 >>> 6] = 1L << 9876;
        assertThat(members(view, Filter.like("title", "%6"), rows, slots, live)).containsExactly(9876);
        assertThat(rows.reads).isEqualTo(1);
    }

    @Test
    void fieldsBeyondTheLimitAreAnsweredByPayloads() {
        Rows rows = new Rows();
        for (int slot = 0; slot < 3000; slot++) {
            rows.payloads.add(Obj.of("f" + slot, slot, "in", Obj.of("g" + slot % 5, slot)));
        }
        ColumnIndex index = rows.index();
        int[] kept = {1, 2, 2500};
        Rows keptRows = new Rows();
        for (int slot : kept) {
            keptRows.payloads.add(rows.payloads.get(slot));
        }
        ColumnIndex compacted = reloaded(index.compact(kept, 3), 3);
        keptRows.payloads.add(Obj.of("f2500", 7));
        compacted.append(3, keptRows.payloads.get(3));
        for (String field : List.of("f3", "f2500", "in.g2", "nowhere")) {
            for (Filter filter : List.of(Filter.gte(field, 0), Filter.isNull(field), Filter.eq(field, 2500))) {
                assertThat(members(index.view(), filter, rows, 3000))
                        .isEqualTo(expected(filter, rows, 3000, all(3000)));
                assertThat(members(compacted.view(), filter, keptRows, 4))
                        .isEqualTo(expected(filter, keptRows, 4, all(4)));
            }
        }
    }

    @Test
    void cancellationEndsAnEvaluation() {
        Rows rows = catalogue(10_000);
        ColumnIndex.View view = rows.index().view();
        long[] into = new long[Bits.words(10_000)];
        Cancellation late = () -> {
            if (rows.reads > 500) {
                throw new VelesException(ErrorCode.GUARD_RAIL, "too late");
            }
        };
        assertThatThrownBy(() -> view.evaluate(Filter.contains("title", "x"), rows, all(10_000), late, into))
                .hasMessageContaining("too late");
        assertThat(rows.reads).isLessThan(1000);
    }

    @Test
    void slotsComeInOrder() {
        ColumnIndex index = new ColumnIndex();
        index.append(0, null);
        assertThatThrownBy(() -> index.append(2, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.append(0, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedBytesAreRefusedNeverTrusted() {
        RandomFilters generator = new RandomFilters(new Random(5), 100);
        Rows rows = new Rows();
        for (int slot = 0; slot < 300; slot++) {
            rows.payloads.add(generator.payload());
        }
        BinaryWriter out = new BinaryWriter();
        rows.index().save(out);
        byte[] whole = out.toByteArray();
        assertThatThrownBy(() -> load(whole, 299)).hasMessageContaining("[VELES-006] columns is damaged");
        for (int size = 0; size < whole.length; size += 1 + size / 50) {
            byte[] cut = Arrays.copyOf(whole, size);
            assertThatThrownBy(() -> load(cut, 300)).hasMessageContaining("[VELES-006]");
        }
        Random random = new Random(6);
        for (int i = 0; i < 3000; i++) {
            byte[] flipped = Arrays.copyOf(whole, whole.length);
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                // What is still well-formed may answer wrongly, but must neither fail nor reach beyond its slots.
                ColumnIndex damaged = load(flipped, 300);
                members(damaged.view(), generator.filter(3), rows, 300);
                damaged.append(300, generator.payload());
            } catch (VelesException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORAGE);
            }
        }
    }

    private static ColumnIndex load(byte[] bytes, int slots) {
        return ColumnIndex.load(new BinaryReader(bytes, ErrorCode.STORAGE, "columns"), slots);
    }

    @Test
    void theSameRowsMakeTheSameBytes() {
        Rows rows = catalogue(2000);
        BinaryWriter first = new BinaryWriter();
        BinaryWriter second = new BinaryWriter();
        rows.index().save(first);
        reloaded(rows.index(), 2000).save(second);
        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    }
}
