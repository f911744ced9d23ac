package io.velesdb.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.host.Cancellation;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HnswIndexTest {
    @ParameterizedTest
    @EnumSource(Metric.class)
    void findsTheNearestOfAFewThousandVectors(Metric metric) {
        int dimension = 64;
        int n = 3_000;
        Random random = new Random(7);
        HeapVectorSpace space = new HeapVectorSpace(dimension, metric);
        HnswIndex index = HnswIndex.create(TestPlatform.SERIAL, HnswParameters.DEFAULT, space);
        float[] v = new float[dimension];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < dimension; j++) {
                v[j] = random.nextFloat();
            }
            space.append(v, 0);
            if (i % 7 == 0) {
                index.insert(slot -> slot);
            }
        }
        index.insert(slot -> slot);
        HnswIndex.View view = index.view();
        SearchScratch scratch = index.acquire();
        int hit = 0;
        for (int q = 0; q < 50; q++) {
            for (int j = 0; j < dimension; j++) {
                v[j] = random.nextFloat();
            }
            index.search(view, v, 10, Effort.PERFECT, null, 0, slot -> slot, Cancellation.NONE, scratch);
            int[] truth = new int[10];
            for (int i = 0; i < 10; i++) {
                truth[i] = scratch.slot(i);
            }
            index.search(view, v, 10, Effort.BALANCED, null, 0, slot -> slot, Cancellation.NONE, scratch);
            assertThat(scratch.hits()).isEqualTo(10);
            for (int i = 0; i < 10; i++) {
                int slot = scratch.slot(i);
                hit += Arrays.stream(truth).anyMatch(t -> t == slot) ? 1 : 0;
            }
        }
        assertThat(hit / 500.0).isGreaterThan(0.85);
    }
}
