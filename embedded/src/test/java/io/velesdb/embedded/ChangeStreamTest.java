package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.AccessRequest;
import io.velesdb.ChangeEvent;
import io.velesdb.ChangeSet;
import io.velesdb.ChangeStream;
import io.velesdb.Database;
import io.velesdb.Decision;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.MetadataCollection;
import io.velesdb.Observer;
import io.velesdb.Point;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ChangeStreamTest {
    private static final Path FOLDER = Path.of("/data/db");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(1);

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    @Test
    void everythingThatHappensIsToldInOrder_withoutWhatTheDatabaseDoesForItself() {
        try (Database database = open(OPTIONS);
                ChangeStream changes = database.changes(1)) {
            assertThat(changes.poll()).isNull();
            VectorCollection rows = database.createVectorCollection("rows", 2, Metric.COSINE);
            rows.upsert(List.of(Point.of(1, new float[] {1, 2}, Obj.of("a", 1)), Point.of(-2, new float[] {3, 4})));
            rows.delete(1);
            rows.vacuum();
            database.createMetadataCollection("people");
            database.batch()
                    .upsert("people", List.of(Point.of(1, Obj.of("n", "Ada")), Point.of(2, Obj.of("n", "Charles"))))
                    .addEdges("people", List.of(Edge.of(7, 1, 2, "KNOWS").withProperties(Obj.of("since", 1833))))
                    .commit();
            database.collection("people").removeEdge(7);
            database.collection("people").truncate();
            database.deleteCollection("people");
            List<ChangeSet> seen = drain(changes);
            assertThat(seen).extracting(ChangeSet::timeMillis).containsOnly(1_000L);
            assertThat(seen).extracting(ChangeSet::lsn).isSorted().doesNotHaveDuplicates();
            List<ChangeEvent> events =
                    seen.stream().flatMap(set -> set.events().stream()).toList();
            assertThat(events).hasSize(9);
            assertThat(events.get(0)).isEqualTo(new ChangeEvent.CollectionCreated("rows", rows.schema()));
            ChangeEvent.RowsUpserted upserted = (ChangeEvent.RowsUpserted) events.get(1);
            assertThat(upserted.points()).extracting(Point::id).containsExactly(1L, -2L);
            assertThat(upserted.points().get(1).vector()).containsExactly(3, 4);
            assertThat(upserted.points().get(0).payload()).isEqualTo(Obj.of("a", 1));
            assertThat(events.get(2)).isEqualTo(new ChangeEvent.RowsDeleted("rows", List.of(1L)));
            assertThat(events.get(3)).isInstanceOf(ChangeEvent.CollectionCreated.class);
            assertThat(events.get(4)).isInstanceOf(ChangeEvent.RowsUpserted.class);
            assertThat(events.get(5))
                    .isEqualTo(new ChangeEvent.EdgesPut(
                            "people", List.of(Edge.of(7, 1, 2, "KNOWS").withProperties(Obj.of("since", 1833)))));
            assertThat(events.get(6)).isEqualTo(new ChangeEvent.EdgesRemoved("people", List.of(7L)));
            assertThat(events.get(7)).isEqualTo(new ChangeEvent.Truncated("people"));
            assertThat(events.get(8)).isEqualTo(new ChangeEvent.CollectionDeleted("people"));
            // one batch, one change set
            assertThat(seen.stream().filter(set -> set.events().size() == 2)).hasSize(1);
        }
    }

    @Test
    void aStreamThatBeganBeforeACheckpointGoesOn_oneThatFellBehindIsToldWhereItCanBegin() {
        try (Database database = open(OPTIONS)) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            put(rows, 0, 10);
            ChangeStream early = database.changes(1);
            ChangeStream late = database.changes(1);
            assertThat(drain(early)).hasSize(11);
            database.checkpoint();
            put(rows, 10, 15);
            assertThat(drain(early)).hasSize(5);
            database.checkpoint();
            put(rows, 15, 16);
            assertThatThrownBy(late::poll)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EPOCH_MISMATCH))
                    .hasMessageContaining("change 1 ")
                    .hasMessageContaining("oldest one there is 17");
            assertThatThrownBy(() -> database.changes(16)).hasMessageContaining("oldest one there is 17");
            try (ChangeStream again = database.changes(17)) {
                assertThat(drain(again)).hasSize(1);
            }
            for (long wrong : new long[] {0, -1, database.lsn() + 2}) {
                assertThatThrownBy(() -> database.changes(wrong))
                        .isInstanceOfSatisfying(
                                VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY))
                        .hasMessageContaining("use 1 to 18");
            }
            early.close();
            assertThatThrownBy(early::poll).hasMessageContaining("closed");
        }
    }

    @Test
    void keptJournalReachesBackBehindCheckpointsAndReopenings_upToItsSize() {
        Options keeping = OPTIONS.withKeptJournalBytes(6_000);
        for (int round = 0; round < 6; round++) {
            try (Database database = open(keeping)) {
                MetadataCollection rows = database.hasCollection("rows")
                        ? database.metadataCollection("rows")
                        : database.createMetadataCollection("rows");
                put(rows, round * 10, round * 10 + 10);
                database.checkpoint();
                if (round == 2) {
                    try (ChangeStream all = database.changes(1)) {
                        assertThat(drain(all)).hasSize(31);
                    }
                }
            }
            assertThat(VelesDb.check(files, FOLDER).findings()).isEmpty();
        }
        try (Database database = open(keeping)) {
            assertThatThrownBy(() -> database.changes(1)).hasMessageContaining("not in the journal any more");
            try (ChangeStream last = database.changes(database.lsn() - 15)) {
                assertThat(drain(last)).hasSize(16);
            }
        }
        try (Database database = open(OPTIONS)) {
            assertThatThrownBy(() -> database.changes(database.lsn() - 15))
                    .hasMessageContaining("not in the journal any more");
        }
    }

    @Test
    void onlyDurableChangesAreShown() {
        try (Database database = open(OPTIONS.withLogMode(LogMode.NONE));
                ChangeStream changes = database.changes(1)) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            put(rows, 0, 5);
            assertThat(changes.poll()).isNull();
            database.flush();
            assertThat(drain(changes)).hasSize(6);
            put(rows, 5, 7);
            assertThat(changes.poll(1)).isNull();
            database.checkpoint();
            // durable through the checkpoint, whose journal is gone: a stream that holds nothing back is told
            assertThatThrownBy(changes::poll)
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EPOCH_MISMATCH));
        }
    }

    @Test
    void aSubscriberSeesEachChangeOfManyWritersOnce_whileCheckpointsGoOn() throws InterruptedException {
        int writers = 4;
        int each = 60;
        Map<Long, Object> mirrored = new TreeMap<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Database database = open(OPTIONS.withKeptJournalBytes(1 << 30))) {
            MetadataCollection rows = database.createMetadataCollection("rows");
            long from = database.lsn() + 1;
            Thread subscriber = Thread.ofPlatform().start(() -> {
                try (ChangeStream changes = database.changes(from)) {
                    long last = from - 1;
                    int seen = 0;
                    while (seen < writers * each) {
                        ChangeSet set = changes.poll(60_000);
                        assertThat(set).isNotNull();
                        assertThat(set.lsn()).isGreaterThan(last);
                        last = set.lsn();
                        assertThat(database.lsn()).isGreaterThanOrEqualTo(last);
                        for (ChangeEvent event : set.events()) {
                            for (Point point : ((ChangeEvent.RowsUpserted) event).points()) {
                                assertThat(mirrored.put(point.id(), point.payload()))
                                        .isNull();
                                seen++;
                            }
                        }
                    }
                    assertThat(changes.poll()).isNull();
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                threads.add(Thread.ofPlatform().start(() -> put(rows, writer * 1_000, writer * 1_000 + each)));
            }
            for (int i = 0; i < 5; i++) {
                database.checkpoint();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            subscriber.join();
            assertThat(failure.get()).isNull();
            for (Map.Entry<Long, Object> row : mirrored.entrySet()) {
                assertThat(rows.get(row.getKey()).getFirst().payload()).isEqualTo(row.getValue());
            }
            assertThat(rows.count()).isEqualTo(mirrored.size());
        }
    }

    @Test
    void whoWaitsIsToldThatTheDatabaseWasClosed() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Database database = open(OPTIONS);
        ChangeStream changes = database.changes(1);
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                changes.poll(Long.MAX_VALUE);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        database.close();
        waiting.join();
        assertThat(failure.get()).isInstanceOf(VelesException.class).hasMessageContaining("the database is closed");
        assertThatThrownBy(changes::poll).hasMessageContaining("the database is closed");
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws InterruptedException {
        try (Database database = open(OPTIONS);
                ChangeStream changes = database.changes(1)) {
            AtomicReference<Object> seen = new AtomicReference<>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                ChangeSet set = changes.poll(Long.MAX_VALUE);
                seen.set(set == null && Thread.currentThread().isInterrupted());
            });
            waiting.interrupt();
            waiting.join();
            assertThat(seen.get()).isEqualTo(true);
        }
    }

    @Test
    void whatACallerMayNotReadIsNotTold_andTheStreamStaysWhereItIs() {
        boolean[] denied = {false};
        Observer watching = new Observer() {
            @Override
            public Decision decide(AccessRequest request) {
                return denied[0] && request.collection().equals("secrets")
                        ? new Decision.Within(Filter.eq("public", true))
                        : new Decision.Allow();
            }
        };
        try (Database plain = open(OPTIONS)) {
            Database watched = new Database(plain.engine(), plain.lifecycle(), watching);
            ChangeStream changes = watched.changes(1);
            denied[0] = true;
            plain.createMetadataCollection("open");
            plain.createMetadataCollection("secrets");
            assertThat(changes.poll()).isNotNull();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(changes::poll)
                        .isInstanceOfSatisfying(
                                VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_RAIL));
            }
            assertThatThrownBy(() -> watched.changes(1)).hasMessageContaining("confined");
            denied[0] = false;
            assertThat(changes.poll().events()).singleElement().isInstanceOf(ChangeEvent.CollectionCreated.class);
        }
    }

    private static void put(MetadataCollection rows, int from, int to) {
        for (int id = from; id < to; id++) {
            rows.upsert(Point.of(id, Obj.of("n", id, "text", "x".repeat(100))));
        }
    }

    private static List<ChangeSet> drain(ChangeStream changes) {
        List<ChangeSet> all = new ArrayList<>();
        for (ChangeSet set = changes.poll(); set != null; set = changes.poll()) {
            all.add(set);
        }
        return all;
    }

    private Database open(Options options) {
        return VelesDb.open(files, FOLDER, options, () -> 1_000L, (what, why) -> {
            throw new AssertionError("had to rebuild " + what + ": " + why.getMessage());
        });
    }
}
