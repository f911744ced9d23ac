package io.velesdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.VelesException;
import io.velesdb.host.Clock;
import io.velesdb.host.Concurrency;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Room is taken before a record is written: all that its operations need, where they need it. */
class RoomTest {
    private static final long CAPACITY = 10_000;

    private final List<StoreId> discarded = new ArrayList<>();
    private final List<Long> records = new ArrayList<>();
    private boolean journalFails;
    private final Engine engine = engine(SlotTable.MOST_SLOTS);

    private Engine engine(int mostSlots) {
        return new Engine(
                new StrictPlatform(),
                Limits.DEFAULTS,
                mostSlots,
                (lsn, bytes, length) -> {
                    if (journalFails) {
                        throw new VelesException(ErrorCode.IO, "the sync failed");
                    }
                    records.add(lsn);
                },
                Committer.SERIAL);
    }

    @Test
    void theRowsThatACollectionNumbersFitASectionOfACheckpoint() {
        BinaryWriter section = new BinaryWriter();
        long[] scattered = new Random(5).longs(10_000).toArray();
        LongColumn.write(section, scattered, scattered.length);
        LongColumn.write(section, scattered, scattered.length);
        // the worst that two columns can be, with flag, order and live bit as CollectionImage.save adds them
        double perRow = section.length() / 10_000.0 + 1 + 4 + 1.0 / 8;
        assertThat(perRow).isLessThanOrEqualTo(SlotTable.MOST_BYTES + 0.01);
        assertThat(SlotTable.MOST_BYTES * SlotTable.MOST_SLOTS).isLessThan(Integer.MAX_VALUE - 1e6);
    }

    /** Documents and vectors that refuse to take what was not reserved. */
    private final class StrictPlatform implements Platform {
        private final MemoryPlatform memory = new MemoryPlatform(() -> 0L);

        @Override
        public Concurrency concurrency() {
            return memory.concurrency();
        }

        @Override
        public Clock clock() {
            return memory.clock();
        }

        @Override
        public VectorSpace createVectors(StoreId id, int dimension, Metric metric) {
            return new HeapVectorSpace(dimension, metric);
        }

        @Override
        public VectorSpace openVectors(
                StoreId id, int dimension, Metric metric, int size, CheckpointReader in, String prefix) {
            return memory.openVectors(id, dimension, metric, size, in, prefix);
        }

        @Override
        public DocumentStore createDocuments(StoreId id) {
            return new StrictDocuments();
        }

        @Override
        public DocumentStore openDocuments(StoreId id, long length) {
            return memory.openDocuments(id, length);
        }

        @Override
        public void discard(StoreId id) {
            discarded.add(id);
        }

        @Override
        public IntRows createRows(int stride) {
            return memory.createRows(stride);
        }

        @Override
        public IntRows openRows(CheckpointReader in, String name, int stride) {
            return memory.openRows(in, name, stride);
        }
    }

    private static final class StrictDocuments implements DocumentStore {
        private final HeapDocuments documents = new HeapDocuments();
        private long end;

        @Override
        public void reserve(long bytes, int count) {
            if (length() + bytes > CAPACITY) {
                throw new VelesException(ErrorCode.IO, "no space left");
            }
            end = Math.max(end, length() + bytes);
        }

        @Override
        public long append(byte[] bytes, int offset, int length) {
            if (length() + length > end) {
                throw new IllegalStateException("not reserved");
            }
            return documents.append(bytes, offset, length);
        }

        @Override
        public byte[] read(long position) {
            return documents.read(position);
        }

        @Override
        public long length() {
            return documents.length();
        }

        @Override
        public void sync() {}
    }

    @Test
    void whatTheWritesOfAGroupNeedIsReservedTogether() {
        engine.createCollection("notes", CollectionSchema.metadata());
        records.clear();
        List<Write> group = List.of(upsert(1, 100), upsert(2, 200), upsert(3, 300));
        engine.commitGroup(group);
        assertThat(group).allSatisfy(write -> assertThat(write.result()).isEqualTo(1));
        assertThat(records).hasSize(1);
    }

    @Test
    void rowsBehindATruncationOfTheirRecordGetRoomInTheGenerationThatTheyGoTo() {
        engine.createCollection("notes", CollectionSchema.metadata());
        engine.commitGroup(List.of(upsert(1, 100)));
        records.clear();
        List<Write> group =
                List.of(upsert(2, 500), truncate(), upsert(3, 600), upsert(4, 600), truncate(), upsert(5, 700));
        engine.commitGroup(group);
        assertThat(group).extracting(Write::result).containsExactly(1L, 2L, 1L, 1L, 2L, 1L);
        assertThat(records).hasSize(1);
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(1);
        assertThat(discarded).isEmpty();
    }

    @Test
    void aWriteThatFindsNoRoomFailsAloneWhereverItStandsInItsGroup() {
        engine.createCollection("notes", CollectionSchema.metadata());
        Write before = upsert(1, 100);
        Write tooLarge = upsert(2, 20_000);
        Write after = upsert(3, 100);
        engine.commitGroup(List.of(before, tooLarge, after));
        assertThat(before.result()).isEqualTo(1);
        assertThat(after.result()).isEqualTo(1);
        assertThatThrownBy(tooLarge::result).hasMessageContaining("VELES-011").hasMessageContaining("no space left");
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(2);
    }

    @Test
    void whenTheSyncFailsAllWritesOfTheRecordFailAndTheNextGenerationIsGivenUp() {
        engine.createCollection("notes", CollectionSchema.metadata());
        engine.commitGroup(List.of(upsert(1, 100)));
        journalFails = true;
        List<Write> group = List.of(upsert(2, 100), truncate(), upsert(3, 100));
        engine.commitGroup(group);
        journalFails = false;
        assertThat(group)
                .allSatisfy(write -> assertThatThrownBy(write::result)
                        .hasMessageContaining("VELES-011")
                        .hasMessageContaining("the sync failed"));
        assertThat(discarded).containsExactly(new StoreId(1, 1));
        Write next = upsert(4, 100);
        engine.commitGroup(List.of(next));
        assertThat(next.result()).isEqualTo(1);
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(2);
    }

    @Test
    void aCompactionThatFindsNoRoomGivesBackWhatItTook() {
        engine.createCollection("notes", CollectionSchema.metadata());
        for (int i = 0; i < 8; i++) {
            engine.commitGroup(List.of(upsert(1, 1_000)));
        }
        Write large = Write.shared(state -> {
            int notes = state.get("notes").number();
            return List.of(row(notes, 2, 900), new Operation.Compact(notes), row(notes, 3, 9_500));
        });
        engine.commitGroup(List.of(large));
        assertThatThrownBy(large::result).hasMessageContaining("VELES-011");
        assertThat(discarded).containsExactly(new StoreId(1, 1));
        assertThat(engine.upkeep().vacuum("notes")).isEqualTo(7);
    }

    @Test
    void aCollectionThatHasNumberedAllRowVersionsRefusesMoreUntilItIsVacuumed() {
        Engine small = engine(5);
        small.createCollection("notes", CollectionSchema.metadata());
        small.commitGroup(List.of(upsert(1, 10), upsert(1, 10), upsert(2, 10), upsert(2, 10)));
        Write fits = upsert(3, 10);
        Write over = upsert(4, 10);
        small.commitGroup(List.of(fits, over));
        assertThat(fits.result()).isEqualTo(1);
        assertThatThrownBy(over::result)
                .isInstanceOfSatisfying(
                        VelesException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.GUARD_RAIL))
                .hasMessageContaining("'notes' would hold 6 row versions")
                .hasMessageContaining("can number 5")
                .hasMessageContaining("vacuum it");
        assertThat(small.upkeep().vacuum("notes")).isEqualTo(2);
        Write again = upsert(4, 10);
        small.commitGroup(List.of(again));
        assertThat(again.result()).isEqualTo(1);
    }

    @Test
    void aWriteOfWhichNothingIsKnownHasNotHappened() {
        assertThatThrownBy(upsert(1, 10)::result).hasMessageContaining("VELES-013");
    }

    private static Write truncate() {
        return Write.shared(
                state -> List.of(new Operation.Truncate(state.get("notes").number())));
    }

    private static Write upsert(long id, int bytes) {
        return Write.shared(state -> List.of(row(state.get("notes").number(), id, bytes)));
    }

    private static Operation row(int collection, long id, int bytes) {
        Payload[] payloads = {Payload.of(Obj.of("text", "x".repeat(bytes)))};
        return new Operation.Upsert(collection, new long[] {id}, null, payloads);
    }
}
