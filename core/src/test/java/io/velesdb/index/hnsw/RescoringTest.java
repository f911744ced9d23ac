package io.velesdb.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RescoringTest {
    @ParameterizedTest
    @CsvSource({"10, 4, 42", "1, 4, 33", "20, 4, 80", "100, 1, 132", "10, 0, 0", "1000, 1000, 1000000"})
    void whatARequestAsksForIsTheLimitWhateverTheEffort(int k, int oversampling, int candidates) {
        assertThat(Rescoring.of(oversampling).candidates(k, 5, 3)).isEqualTo(candidates);
        assertThat(Rescoring.of(oversampling).candidates(k, 65_536, 3)).isEqualTo(candidates);
    }

    @ParameterizedTest
    @CsvSource({"10, 4, 10, 64", "20, 4, 10, 80", "20, 4, 500, 500", "10, 0, 500, 0"})
    void whatACollectionAsksForIsTheLeastUnlessItIsNone(int k, int oversampling, int ef, int candidates) {
        assertThat(Rescoring.atLeast(oversampling).candidates(k, ef, 1)).isEqualTo(candidates);
    }
}
