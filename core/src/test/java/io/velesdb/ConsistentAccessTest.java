package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.CollectionDiagnostics.IndexHealth;
import io.velesdb.engine.Expiry;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What lets callers act on one state: get or create, requirements of batches, views, searches together. */
class ConsistentAccessTest {
    private long nowMillis = 1_000_000;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> nowMillis);

    private VectorCollection notes() {
        return database.getOrCreateVectorCollection("notes", 2, Metric.COSINE);
    }

    @Test
    void getOrCreateReturnsTheSameCollectionWithWhatIsInIt() {
        notes().upsert(Point.of(1, new float[] {1, 0}));

        assertThat(notes().count()).isEqualTo(1);
        assertThat(database.collections()).hasSize(1);
    }

    @Test
    void getOrCreateRefusesWhatIsThereWithAnotherShape() {
        notes();

        assertThatThrownBy(() -> database.getOrCreateVectorCollection("notes", 3, Metric.COSINE))
                .hasMessageContaining("VELES-004")
                .hasMessageContaining("dimension 2, not 3");
        assertThatThrownBy(() -> database.getOrCreateVectorCollection("notes", 2, Metric.DOT))
                .hasMessageContaining("VELES-001")
                .hasMessageContaining("metric cosine");
        assertThatThrownBy(() -> database.getOrCreateCollection("notes", CollectionSchema.metadata()))
                .hasMessageContaining("VELES-001")
                .hasMessageContaining("a vector, not as a metadata");
    }

    @Test
    void manyThreadsGetOneCollection() throws InterruptedException {
        Set<Throwable> failures = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 20; round++) {
            String name = "c" + round;
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int id = t;
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        database.getOrCreateVectorCollection(name, 1, Metric.DOT)
                                .upsert(Point.of(id, new float[] {1}));
                    } catch (InterruptedException | RuntimeException failure) {
                        failures.add(failure);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(database.collection(name).count()).isEqualTo(4);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void allIdsAreInUnsignedOrderWithoutExpiredRows() {
        VectorCollection notes = notes();
        notes.upsert(List.of(
                Point.of(-1, new float[] {1, 0}),
                Point.of(5, new float[] {1, 0}),
                Point.of(3, new float[] {1, 0}, Obj.of(Expiry.FIELD, 1_000)),
                Point.of(0, new float[] {1, 0}, Obj.of(Expiry.FIELD, 1_001))));

        assertThat(notes.allIds()).containsExactly(0, 5, -1);
        nowMillis = 1_001_000;
        assertThat(notes.allIds()).containsExactly(5, -1);
        assertThat(database.createMetadataCollection("none").allIds()).isEmpty();
    }

    @Test
    void searchesTogetherAnswerAsSearchesAlone() {
        VectorCollection notes = notes();
        for (int id = 0; id < 50; id++) {
            notes.upsert(Point.of(id, new float[] {id, 50 - id}, Obj.of("even", id % 2 == 0)));
        }
        List<SearchRequest> requests = List.of(
                SearchRequest.nearest(new float[] {1, 0}, 3),
                SearchRequest.nearest(new float[] {0, 1}, 5).where(Filter.eq("even", true)),
                SearchRequest.nearest(new float[] {1, 1}, 1).withoutPayload());

        List<List<Hit>> together = notes.searchBatch(requests);

        assertThat(together)
                .containsExactlyElementsOf(requests.stream().map(notes::search).toList());
        assertThat(notes.searchBatch(List.of())).isEmpty();
    }

    @Test
    void theFirstBadSearchIsNamedByItsIndex() {
        VectorCollection notes = notes();
        SearchRequest good = SearchRequest.nearest(new float[] {1, 0}, 1);

        assertThatThrownBy(() ->
                        notes.searchBatch(List.of(good, SearchRequest.nearest(new float[3], 1), good.timeoutMillis(0))))
                .hasMessageStartingWith("[VELES-004] request 1: ");
        assertThatThrownBy(() -> notes.searchBatch(List.of(good, good, SearchRequest.nearest(new float[2], 0))))
                .hasMessageStartingWith("[VELES-010] request 2: k is 0");
    }

    @Test
    void aBatchWhoseRequirementsHoldIsCarriedOut() {
        VectorCollection notes = notes();
        notes.upsert(Point.of(1, new float[] {1, 0}, Obj.of("n", 1)));

        boolean done = database.batch()
                .require("notes", 1, Filter.eq("n", 1))
                .requireAbsent("notes", 2)
                .upsert("notes", List.of(Point.of(2, new float[] {1, 0})))
                .delete("notes", 1)
                .tryCommit();

        assertThat(done).isTrue();
        assertThat(notes.allIds()).containsExactly(2);
    }

    @Test
    void aBatchWhoseRequirementsFailWritesNothing() {
        VectorCollection notes = notes();
        notes.upsert(Point.of(1, new float[] {1, 0}, Obj.of("n", 1)));
        long before = database.lsn();

        assertThat(database.batch()
                        .require("notes", 1, Filter.eq("n", 2))
                        .delete("notes", 1)
                        .tryCommit())
                .isFalse();
        assertThat(database.batch()
                        .require("notes", 9, Filter.and())
                        .delete("notes", 1)
                        .tryCommit())
                .isFalse();
        assertThatThrownBy(() -> database.batch()
                        .requireAbsent("notes", 1)
                        .delete("notes", 1)
                        .commit())
                .hasMessageContaining("VELES-010")
                .hasMessageContaining("point 1 of collection 'notes'");
        assertThat(database.lsn()).isEqualTo(before);
        assertThat(notes.count()).isEqualTo(1);
    }

    @Test
    void requirementsMakeConcurrentCountersExact() throws InterruptedException {
        VectorCollection notes = notes();
        notes.upsert(Point.of(1, new float[] {1, 0}, Obj.of("n", 0)));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 100; i++) {
                    boolean done;
                    do {
                        Point row = notes.get(1).get(0);
                        long n = Long.parseLong(row.payload().get("n").toString());
                        done = database.batch()
                                .require("notes", 1, Filter.eq("n", n))
                                .upsert("notes", List.of(Point.of(1, row.vector(), Obj.of("n", n + 1))))
                                .tryCommit();
                    } while (!done);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(notes.get(1).get(0).payload()).isEqualTo(Obj.of("n", 400));
    }

    @Test
    void aViewShowsOneMoment() {
        VectorCollection notes = notes();
        notes.upsert(List.of(Point.of(1, new float[] {1, 0}), Point.of(2, new float[] {0, 1}, Obj.of("n", 2))));
        notes.relate(1, 2, "next", null);
        DatabaseView view = database.view();

        notes.truncate();
        notes.upsert(Point.of(3, new float[] {1, 1}));

        List<Long> ids = new ArrayList<>();
        view.forEachPoint("notes", point -> ids.add(point.id()));
        assertThat(ids).containsExactly(1L, 2L);
        assertThat(view.edges("notes")).hasSize(1);
        assertThat(view.point("notes", 2).payload()).isEqualTo(Obj.of("n", 2));
        assertThat(view.point("notes", 3)).isNull();
        assertThat(view.lsn()).isLessThan(database.lsn());
        assertThatThrownBy(() -> view.edges("none")).hasMessageContaining("VELES-002");
    }

    @Test
    void diagnosticsTellWhatAnIndexNeeds() {
        VectorCollection notes = notes();
        assertThat(database.diagnostics("notes"))
                .isEqualTo(new CollectionDiagnostics(false, false, true, 0, IndexHealth.EMPTY, null));

        List<Point> points = new ArrayList<>();
        for (int id = 0; id < 1_000; id++) {
            points.add(Point.of(id, new float[] {1, id}));
        }
        notes.upsert(points);
        assertThat(database.diagnostics("notes"))
                .isEqualTo(new CollectionDiagnostics(true, true, true, 1_000, IndexHealth.HEALTHY, null));

        notes.upsert(points);
        CollectionDiagnostics worn = database.diagnostics("notes");
        assertThat(worn.indexHealth()).isEqualTo(IndexHealth.NEEDS_REBUILD);
        assertThat(worn.indexHealthDetail()).startsWith("1000 of 2000 row versions");
        notes.vacuum();
        assertThat(database.diagnostics("notes").indexHealth()).isEqualTo(IndexHealth.HEALTHY);

        database.createMetadataCollection("plain").upsert(Point.of(1, Obj.EMPTY));
        assertThat(database.diagnostics("plain").indexHealth()).isEqualTo(IndexHealth.UNKNOWN);
        assertThat(database.diagnostics("plain").searchReady()).isFalse();
        GraphCollection graph = database.createGraphCollection("graph", 2, Metric.DOT);
        graph.upsert(Point.of(1, Obj.EMPTY));
        assertThat(database.diagnostics("graph").hasVectors()).isFalse();
        graph.upsert(Point.of(2, new float[] {1, 0}));
        assertThat(database.diagnostics("graph").searchReady()).isTrue();
        assertThatThrownBy(() -> database.diagnostics("none")).hasMessageContaining("VELES-002");
    }
}
