package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.IndexDefinition;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
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

    @Test
    void anIndexIsFilledBesideThoseWhoReadAndWrite(@TempDir Path folder) throws InterruptedException {
        try (Database database = VelesDb.open(folder)) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            rows.upsert(IntStream.range(0, 5_000)
                    .mapToObj(id -> Point.of(id, Obj.of("name", nameOf(id))))
                    .toList());
            rows.createIndex(IndexDefinition.secondary("name"));
            // right before, while and after it is filled; no query makes it due
            assertThat(rows.count(Filter.eq("name", nameOf(4_711)))).isEqualTo(1);
            rows.createIndex(IndexDefinition.trigram("name"));
            rows.upsert(Point.of(5_000, Obj.of("name", nameOf(5_000))));
            while (rows.indexes().stream().anyMatch(index -> index.waiting() > 1)) {
                Thread.sleep(20);
            }
            assertThat(rows.indexes()).allMatch(index -> index.entries() >= 5_000);
            assertThat(rows.count(Filter.like("name", "%w 500_, w%"))).isEqualTo(1);
        }
    }

    private static String nameOf(long id) {
        return "row " + id + ", with a name that is long enough to stand in no dictionary of a column";
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
