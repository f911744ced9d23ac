package io.velesdb.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SparseIndexTest {
    private static final String[] NAMES = {"", "title", "body"};

    /** An index beside the rows it was made of. */
    private static final class Rows {
        final List<Map<String, SparseVector>> vectors = new ArrayList<>();
        final List<Long> ids = new ArrayList<>();
        long[] live = {};
        SparseIndex index = new SparseIndex();

        void append(long id, Map<String, SparseVector> row) {
            int slot = vectors.size();
            index.append(slot, row);
            vectors.add(row);
            ids.add(id);
            live = Arrays.copyOf(live, (slot >>> 6) + 1);
            live[slot >>> 6] |= 1L << slot;
        }

        void remove(int slot) {
            index.remove(slot, vectors.get(slot));
            live[slot >>> 6] &= ~(1L << slot);
        }

        boolean isLive(int slot) {
            return (live[slot >>> 6] >>> slot & 1) != 0;
        }

        long[] allowed(Random random) {
            long[] allowed = Arrays.copyOf(live, live.length);
            int one = 1 + random.nextInt(4);
            for (int slot = 0; slot < vectors.size(); slot++) {
                if (random.nextInt(one) != 0) {
                    allowed[slot >>> 6] &= ~(1L << slot);
                }
            }
            return allowed;
        }

        Rows compacted() {
            int[] kept = IntStream.range(0, vectors.size()).filter(this::isLive).toArray();
            Rows result = new Rows();
            for (int slot : kept) {
                result.append(ids.get(slot), vectors.get(slot));
            }
            result.index = index.compact(kept, kept.length);
            return result;
        }
    }

    private static SparseVector vector(Random random, int spread, int most) {
        int n = random.nextInt(most + 1);
        int[] indices = new int[n];
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            indices[i] = random.nextInt(10) == 0 ? -1 - random.nextInt(2) : random.nextInt(1 + random.nextInt(spread));
            weights[i] = random.nextInt(3) == 0 ? random.nextInt(5) - 1 : random.nextFloat() - 0.2f;
        }
        return SparseVector.of(indices, weights);
    }

    private static void expectBest(
            String when, SparseIndex.View view, Rows rows, String name, SparseVector query, int k, long[] allowed) {
        record Found(int slot, float score) {}
        List<Found> expected = new ArrayList<>();
        for (int slot = 0; slot < rows.vectors.size(); slot++) {
            SparseVector vector = rows.vectors.get(slot).get(name);
            if (vector == null || (allowed[slot >>> 6] >>> slot & 1) == 0) {
                continue;
            }
            double sum = 0;
            int shared = 0;
            for (int i = 0; i < query.size(); i++) {
                float weight = vector.get(query.index(i));
                if (weight != 0) {
                    sum += (double) query.weight(i) * weight;
                    shared++;
                }
            }
            if (shared > 0) {
                expected.add(new Found(slot, (float) sum + 0f));
            }
        }
        expected.sort((a, b) -> a.score != b.score
                ? Float.compare(b.score, a.score)
                : Long.compareUnsigned(rows.ids.get(a.slot), rows.ids.get(b.slot)));
        List<Found> best = expected.subList(0, Math.min(k, expected.size()));
        ScoredSlots found = view.search(name, query, k, allowed, rows.ids::get, Cancellation.NONE);
        assertThat(found.slots())
                .as(when)
                .isEqualTo(best.stream().mapToInt(Found::slot).toArray());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.scores()[i]).as(when).isEqualTo(best.get(i).score);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 5, 3", "2, 100, 5, 4", "3, 3000, 40, 12", "4, 9000, 300, 10", "5, 9000, 3, 2"})
    void theBestAreThoseOfBruteForceWhateverHappenedBefore(long seed, int slots, int spread, int most) {
        Random random = new Random(seed);
        Rows rows = new Rows();
        long[] ids = random.longs(2L * slots).toArray();
        for (int slot = 0; slot < slots; slot++) {
            Map<String, SparseVector> row = new TreeMap<>();
            for (String name : NAMES) {
                if (random.nextInt(3) > 0) {
                    row.put(name, vector(random, spread, most));
                }
            }
            rows.append(ids[slot], row);
            if (random.nextInt(4) == 0) {
                int dead = random.nextInt(slot + 1);
                if (rows.isLive(dead)) {
                    rows.remove(dead);
                }
            }
        }
        BinaryWriter out = new BinaryWriter();
        rows.index.save(out);
        SparseIndex reloaded =
                SparseIndex.load(new BinaryReader(out.toByteArray(), ErrorCode.STORAGE, "sparse"), slots);
        Rows compacted = rows.compacted();
        for (int i = compacted.vectors.size() / 4; i > 0; i--) {
            compacted.append(ids[slots + i], Map.of("title", vector(random, spread, most)));
        }
        for (int i = 0; i < 100; i++) {
            String name = NAMES[random.nextInt(3)];
            SparseVector query = vector(random, spread, 8);
            int k = 1 + random.nextInt(random.nextBoolean() ? 10 : slots + 1);
            String when = "seed " + seed + ", query " + i + ": " + query;
            if (rows.index.view().rows(name) > 0) {
                expectBest(when, rows.index.view(), rows, name, query, k, rows.live);
                expectBest("reloaded, " + when, reloaded.view(), rows, name, query, k, rows.allowed(random));
            }
            if (compacted.index.view().rows(name) > 0) {
                expectBest("compacted, " + when, compacted.index.view(), compacted, name, query, k, compacted.live);
            }
        }
    }

    @Test
    void aViewShowsNothingOfLaterRows() {
        SparseIndex index = new SparseIndex();
        SparseVector one = SparseVector.of(new int[] {1}, new float[] {1});
        index.append(0, Map.of("a", one));
        SparseIndex.View before = index.view();
        for (int slot = 1; slot < 1000; slot++) {
            index.append(slot, Map.of("a", SparseVector.of(new int[] {1, 2}, new float[] {slot, 1}), "b", one));
        }
        assertThat(search(before, "a", one).slots()).containsExactly(0);
        assertThat(before.rows("b")).isZero();
        assertThat(search(index.view(), "a", one).slots()).startsWith(999, 998);
        assertThat(index.view().rows("b")).isEqualTo(999);
    }

    private static ScoredSlots search(SparseIndex.View view, String name, SparseVector query) {
        return view.search(name, query, 10, (long @Nullable []) null, slot -> slot, Cancellation.NONE);
    }

    @Test
    void aNameThatNoLiveRowCarriesIsUnknown() {
        SparseVector one = SparseVector.of(new int[] {1}, new float[] {1});
        SparseIndex index = new SparseIndex();
        index.append(0, Map.of("a", one));
        assertThat(search(index.view(), "", one).size()).isZero();
        assertThatThrownBy(() -> search(index.view(), "b", one))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-030")
                .hasMessageContaining("'b'");
        index.remove(0, Map.of("a", one));
        assertThatThrownBy(() -> search(index.view(), "a", one)).hasMessageContaining("VELES-030");
    }

    @Test
    void hostileBytesAreDamageAndNothingElse() {
        Rows rows = new Rows();
        Random random = new Random(3);
        for (int slot = 0; slot < 60; slot++) {
            rows.append(slot, Map.of("", vector(random, 9, 5), "name", vector(random, 9, 5)));
        }
        BinaryWriter out = new BinaryWriter();
        rows.index.save(out);
        byte[] good = out.toByteArray();
        for (int i = 0; i < 4000; i++) {
            byte[] bad = i < good.length ? Arrays.copyOf(good, i) : Arrays.copyOf(good, good.length);
            if (i >= good.length) {
                for (int n = random.nextInt(3); n >= 0; n--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
            }
            try {
                SparseIndex loaded = SparseIndex.load(new BinaryReader(bad, ErrorCode.STORAGE, "sparse"), 60);
                if (loaded.view().rows("") > 0) {
                    search(loaded.view(), "", vector(random, 9, 5));
                }
                BinaryWriter again = new BinaryWriter();
                loaded.save(again);
            } catch (VelesException damage) {
                assertThat(damage.code()).as("byte set " + i).isEqualTo(ErrorCode.STORAGE);
            }
        }
    }
}
