package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    private final List<String> reached = new ArrayList<>();

    @Test
    void vectorsThatWritesLeftWaitingAreLinkedOnceNobodyWrites(@TempDir Path folder) throws InterruptedException {
        Random random = new Random(7);
        try (Database database = VelesDb.open(folder)) {
            VectorCollection rows = database.createVectorCollection("rows", 4, Metric.EUCLIDEAN);
            rows.upsert(
                    IntStream.range(0, 1_600).mapToObj(id -> point(id, random)).toList());
            rows.upsert(point(1_600, random));
            assertThat(rows.waitingVectors()).isEqualTo(1);
            while (rows.waitingVectors() > 0) {
                Thread.sleep(20);
            }
            float[] last = Objects.requireNonNull(rows.get(1_600).getFirst().vector());
            assertThat(rows.search(SearchRequest.nearest(last, 1)))
                    .extracting(Hit::id)
                    .containsExactly(1_600L);
        }
    }

    private static Point point(long id, Random random) {
        return Point.of(
                id, new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat(), random.nextFloat()});
    }

    @Test
    void aCollectionThatWasDeletedMeanwhileIsNoFailure() {
        boolean failed = Maintenance.forEach(() -> List.of("a", "deleted", "b"), name -> {
            if (name.equals("deleted")) {
                throw new VelesException(ErrorCode.COLLECTION_NOT_FOUND, "there is no collection 'deleted'");
            }
            reached.add(name);
        });
        assertThat(failed).isFalse();
        assertThat(reached).containsExactly("a", "b");
    }

    @Test
    void aCollectionThatFailsDoesNotKeepTheOthersWaiting() {
        boolean failed = Maintenance.forEach(() -> List.of("a", "full", "broken", "b"), name -> {
            switch (name) {
                case "full" -> throw new VelesException(ErrorCode.IO, "no space left");
                case "broken" -> throw new OutOfMemoryError("simulated");
                default -> reached.add(name);
            }
        });
        assertThat(failed).isTrue();
        assertThat(reached).containsExactly("a", "b");
    }
}
