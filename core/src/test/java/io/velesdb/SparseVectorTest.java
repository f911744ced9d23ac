package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparseVectorTest {
    @Test
    void entriesAscendUnsignedTheLastOfARepeatedIndexCountsAndZerosAreDropped() {
        SparseVector vector = SparseVector.of(new int[] {-1, 7, 3, 7, 9, 3}, new float[] {1, 2, 5, -4, 0, 0});
        assertThat(vector.toString()).isEqualTo("{7: -4.0, 4294967295: 1.0}");
        assertThat(vector.size()).isEqualTo(2);
        assertThat(vector.get(7)).isEqualTo(-4f);
        assertThat(vector.get(-1)).isEqualTo(1f);
        assertThat(vector.get(3)).isZero();
        assertThat(vector.get(9)).isZero();
    }

    @Test
    void aZeroDropsWhatAnEarlierEntrySaid() {
        assertThat(SparseVector.of(new int[] {5, 5}, new float[] {2, -0.0f}).size())
                .isZero();
    }

    @Test
    void anyOrderOfTheEntriesIsTheSameVector() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int n = random.nextInt(40);
            int[] indices = random.ints(n).map(i -> i % 20).toArray();
            float[] weights = new float[n];
            TreeMap<Long, Float> expected = new TreeMap<>();
            for (int i = 0; i < n; i++) {
                weights[i] = random.nextInt(5) - 2;
                expected.put(Integer.toUnsignedLong(indices[i]), weights[i]);
            }
            expected.values().removeIf(weight -> weight == 0);
            SparseVector vector = SparseVector.of(indices, weights);
            TreeMap<Long, Float> found = new TreeMap<>();
            for (int i = 0; i < vector.size(); i++) {
                found.put(Integer.toUnsignedLong(vector.index(i)), vector.weight(i));
                assertThat(vector.get(vector.index(i))).as("seed " + seed).isEqualTo(vector.weight(i));
            }
            assertThat(found).as("seed " + seed).isEqualTo(expected);
            int[] sorted = new int[vector.size()];
            float[] values = new float[vector.size()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = vector.index(sorted.length - 1 - i);
                values[i] = vector.weight(sorted.length - 1 - i);
            }
            assertThat(SparseVector.of(sorted, values)).isEqualTo(vector).hasSameHashCodeAs(vector);
        }
    }

    @Test
    void badEntriesAreNamed() {
        assertThatThrownBy(() -> SparseVector.of(new int[2], new float[3]))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-030")
                .hasMessageContaining("2 indices and 3 weights");
        assertThatThrownBy(() -> SparseVector.of(new int[] {1, 2}, new float[] {1, Float.NaN}))
                .hasMessageContaining("VELES-030")
                .hasMessageContaining("weight 1 is NaN");
        assertThatThrownBy(() -> SparseVector.of(new long[] {1, 1L << 32}, new float[2]))
                .hasMessageContaining("VELES-030")
                .hasMessageContaining("index 1 is 4294967296");
        assertThatThrownBy(() -> SparseVector.of(new long[] {-1}, new float[1]))
                .hasMessageContaining("VELES-030")
                .hasMessageContaining("index 0 is -1");
        assertThatThrownBy(() -> SparseVector.of(new int[65_537], new float[65_537]))
                .hasMessageContaining("VELES-030")
                .hasMessageContaining("65537 entries");
        assertThat(SparseVector.of(new int[65_536], new float[65_536]).size()).isZero();
    }

    @Test
    void bothFormsOfJsonAreReadAndWrittenBackTheSame() {
        SparseVector vector = SparseVector.of(new int[] {17, -1}, new float[] {0.4f, -2});
        assertThat(SparseVector.fromJson(Json.parse("{\"17\":0.4,\"4294967295\":-2}")))
                .isEqualTo(vector);
        assertThat(SparseVector.fromJson(Json.parse("{\"values\":[-2,0.4],\"indices\":[4294967295,17]}")))
                .isEqualTo(vector);
        assertThat(Json.write(vector.toJson())).isEqualTo("{\"indices\":[17,4294967295],\"values\":[0.4,-2.0]}");
        assertThat(SparseVector.fromJson(vector.toJson())).isEqualTo(vector);
        assertThat(SparseVector.fromJson(Obj.EMPTY).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "7",
                "{\"x\":1}",
                "{\"\":1}",
                "{\"-1\":1}",
                "{\"4294967296\":1}",
                "{\"99999999999\":1}",
                "{\"1\":\"2\"}",
                "{\"1\":1e39}",
                "{\"indices\":[1],\"values\":[1,2]}",
                "{\"indices\":[1.5],\"values\":[1]}",
                "{\"indices\":[1],\"values\":[1],\"name\":\"x\"}",
                "{\"indices\":[1]}"
            })
    void jsonThatIsNoSparseVectorIsRefused(String json) {
        assertThatThrownBy(() -> SparseVector.fromJson(Json.parse(json)))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SPARSE_INDEX));
    }
}
