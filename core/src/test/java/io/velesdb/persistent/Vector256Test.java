package io.velesdb.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vector256Test {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesLikeAMapOfIndexes_andPublishedVectorsNeverChange(long seed) {
        Random random = new Random(seed);
        int[] bounds = {200, 256, 257, 70_000, 20_000_000, Integer.MAX_VALUE};
        Map<Integer, String> model = new HashMap<>();
        Vector256<String> vector = Vector256.empty();
        List<Vector256<String>> published = new ArrayList<>();
        List<Map<Integer, String>> models = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            Vector256.Editor<String> editor = vector.edit();
            int bound = bounds[round * bounds.length / 60];
            for (int i = random.nextInt(100); i > 0; i--) {
                int index = random.nextInt(bound);
                String value = random.nextInt(4) == 0 ? null : "v" + random.nextInt(1_000);
                editor.set(index, value);
                model.put(index, value);
                assertThat(editor.get(index)).as("seed %d", seed).isEqualTo(value);
            }
            vector = editor.vector();
            published.add(vector);
            models.add(new HashMap<>(model));
        }
        for (int i = 0; i < published.size(); i++) {
            Vector256<String> then = published.get(i);
            Map<Integer, String> expected = models.get(i);
            for (int index : model.keySet()) {
                assertThat(then.get(index))
                        .as("seed %d round %d index %d", seed, i, index)
                        .isEqualTo(expected.get(index));
            }
            assertThat(then.get(Integer.MAX_VALUE - 1)).isEqualTo(expected.get(Integer.MAX_VALUE - 1));
        }
    }
}
