package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesInMemoryTest {
    @Test
    void changesAreToldFromTheFirstOneOn_andAsTheyHappen() {
        Database database = Database.inMemory();
        MetadataCollection rows = database.createMetadataCollection("rows");
        rows.upsert(Point.of(1, Obj.of("n", 1)));
        ChangeStream changes = database.changes(1);
        assertThat(events(changes))
                .containsExactly(
                        new ChangeEvent.CollectionCreated("rows", CollectionSchema.metadata()),
                        new ChangeEvent.RowsUpserted("rows", List.of(Point.of(1, Obj.of("n", 1)))));
        // there is no thread to wait for
        assertThat(changes.poll(Long.MAX_VALUE)).isNull();
        rows.delete(1);
        assertThat(changes.nextLsn()).isEqualTo(3);
        assertThat(events(changes)).containsExactly(new ChangeEvent.RowsDeleted("rows", List.of(1L)));
    }

    @Test
    void onlyTheLastOnesAreKept_byNumberAndBySize() {
        Database database = Database.inMemory();
        MetadataCollection rows = database.createMetadataCollection("rows");
        for (int i = 0; i < 2_000; i++) {
            rows.upsert(Point.of(i, Obj.of("n", i)));
        }
        assertThatThrownBy(() -> database.changes(1))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EPOCH_MISMATCH))
                .hasMessageContaining("oldest one there is " + (database.lsn() - 1_023));
        ChangeStream slow = database.changes(database.lsn() - 1_023);
        assertThat(slow.poll()).isNotNull();
        for (int i = 0; i < 6; i++) {
            rows.upsert(Point.of(i, Obj.of("text", "x".repeat(900_000))));
        }
        assertThatThrownBy(slow::poll).hasMessageContaining("not in the journal any more");
        ChangeStream last = database.changes(database.lsn() - 3);
        assertThat(events(last)).hasSize(4);
    }

    @Test
    void namesOfManyDeletedCollectionsAreKnown() {
        Database database = Database.inMemory();
        for (int i = 0; i < 200; i++) {
            database.createMetadataCollection("c" + i);
            database.deleteCollection("c" + i);
        }
        List<ChangeEvent> events = events(database.changes(1));
        assertThat(events).hasSize(400);
        for (int i = 0; i < 400; i++) {
            assertThat(events.get(i).collection()).isEqualTo("c" + i / 2);
        }
    }

    private static List<ChangeEvent> events(ChangeStream changes) {
        List<ChangeEvent> all = new ArrayList<>();
        for (ChangeSet set = changes.poll(); set != null; set = changes.poll()) {
            all.addAll(set.events());
        }
        return all;
    }
}
