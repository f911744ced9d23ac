package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without threads a batch is written when it is full, or when somebody flushes. */
class StreamingInMemoryTest {
    private final Database database = Database.inMemory();
    private final VectorCollection rows = database.createVectorCollection("rows", 2, Metric.EUCLIDEAN);

    @Test
    void pointsAreWrittenWhenABatchIsFull_andAllOfThemByAFlush() {
        rows.enableStreaming(StreamingConfig.DEFAULTS.withBatchSize(10));
        for (int id = 0; id < 9; id++) {
            rows.streamInsert(point(id));
        }
        assertThat(rows.count()).isZero();
        rows.streamInsert(point(9));
        assertThat(rows.count()).isEqualTo(10);
        assertThat(rows.streamInsert(List.of(point(10), point(11)))).isEqualTo(2);
        assertThat(rows.count()).isEqualTo(10);
        database.flush();
        assertThat(rows.count()).isEqualTo(12);
        // in the order in which they came
        rows.streamInsert(point(1, "old"));
        rows.streamInsert(point(1, "new"));
        rows.disableStreaming();
        assertThat(rows.get(1).getFirst().payload()).isEqualTo(Obj.of("text", "new"));
        assertThatThrownBy(() -> rows.streamInsert(point(1)))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG));
    }

    @Test
    void aFullBufferTakesAllPointsOrNone() {
        rows.enableStreaming(new StreamingConfig(5, 5, 50));
        assertThatThrownBy(() -> rows.streamInsert(
                        LongStream.range(0, 6).mapToObj(id -> point((int) id)).toList()))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_RAIL))
                .hasMessageContaining("buffer_size");
        database.flush();
        assertThat(rows.count()).isZero();
    }

    @Test
    void aBadPointIsRefusedAtOnce_andNothingOfItsBatchIsAccepted() {
        rows.enableStreaming(StreamingConfig.DEFAULTS);
        assertThatThrownBy(() -> rows.streamInsert(List.of(point(1), Point.of(2, new float[] {1}))))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIMENSION_MISMATCH));
        database.flush();
        assertThat(rows.count()).isZero();
    }

    @Test
    void whatWaitsForADeletedCollectionGoesWithIt() {
        rows.enableStreaming(StreamingConfig.DEFAULTS);
        rows.streamInsert(point(1));
        database.deleteCollection("rows");
        database.flush();
        VectorCollection other = database.createVectorCollection("rows", 2, Metric.EUCLIDEAN);
        database.close();
        assertThat(other.count()).isZero();
    }

    @Test
    void aStreamThatCannotWriteEnds_andWritesWhatItAcceptedWhenItIsEnabledAgain() {
        Database small =
                Database.inMemory(Configuration.DEFAULTS.with("limits.max_vectors_per_collection", 3), () -> 0L);
        VectorCollection few = small.createVectorCollection("few", 2, Metric.EUCLIDEAN);
        few.enableStreaming(StreamingConfig.DEFAULTS.withBatchSize(4));
        few.streamInsert(List.of(point(1), point(2), point(3)));
        few.streamInsert(point(4));
        assertThat(few.count()).isZero();
        for (Runnable call : List.<Runnable>of(() -> few.streamInsert(point(5)), small::flush)) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                    .hasMessageContaining("4 accepted points wait in it")
                    .hasMessageContaining("limits.max_vectors_per_collection");
        }
        few.enableStreaming(StreamingConfig.DEFAULTS.withBatchSize(3));
        assertThatThrownBy(small::flush).hasMessageContaining("1 accepted points wait in it");
        assertThat(few.count()).isEqualTo(3);
        few.delete(1);
        few.enableStreaming(StreamingConfig.DEFAULTS);
        small.flush();
        assertThat(few.count()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0,1,50", "10,11,50", "10,0,50", "10,10,0", "10000001,1,1", "10000000,100001,1", "10,10,3600001"})
    void settingsOutOfRangeAreRefused(int buffer, int batch, int interval) {
        assertThatThrownBy(() -> new StreamingConfig(buffer, batch, interval))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG));
    }

    private static Point point(int id) {
        return point(id, "x");
    }

    private static Point point(int id, String text) {
        return Point.of(id, new float[] {id, 1}, Obj.of("text", text));
    }
}
