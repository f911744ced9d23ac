package io.velesdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.VelesException;
import io.velesdb.journal.Change;
import io.velesdb.journal.ChangeCodec;
import io.velesdb.journal.Journal;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final List<Long> records = new ArrayList<>();
    private boolean journalFails;
    private boolean journalBreaks;
    private final Journal journal = (lsn, bytes, length) -> {
        if (journalFails) {
            throw new VelesException(ErrorCode.IO, "disk full");
        }
        if (journalBreaks) {
            throw new IllegalStateException("broken");
        }
        records.add(lsn);
    };
    private final Engine engine = new Engine(new MemoryPlatform(() -> 0L), Limits.DEFAULTS, journal, Committer.SERIAL);

    @Test
    void aWriteThatNeedsOneBeforeItInItsGroupIsJudgedAfterThatOneIsApplied() {
        Write create = create("notes");
        Write upsert = upsert("notes", 1, 2, 3);
        Write delete = delete("notes", 2, 9);
        Write drop = Write.exclusive(
                state -> List.of(new Operation.DropCollection(state.get("notes").number())));
        Write late = upsert("notes", 4);

        engine.commitGroup(List.of(create, upsert, delete, drop, late));

        assertThat(upsert.result()).isEqualTo(3);
        assertThat(delete.result()).isEqualTo(1);
        assertThat(drop.result()).isEqualTo(1);
        assertThatThrownBy(late::result).isInstanceOf(VelesException.class).hasMessageContaining("VELES-002");
        assertThat(engine.snapshot().collectionCount()).isZero();
    }

    @Test
    void writesOfOneGroupShareARecord() {
        engine.createCollection("notes", CollectionSchema.metadata());
        records.clear();
        engine.commitGroup(List.of(upsert("notes", 1), upsert("notes", 2), upsert("notes", 3)));
        assertThat(records).containsExactly(2L);
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(3);
    }

    @Test
    void aRefusedWriteDoesNotTouchTheOthersOfItsGroup() {
        engine.createCollection("notes", CollectionSchema.metadata());
        Write good = upsert("notes", 1);
        Write bad = upsert("none", 1);
        Write alsoGood = upsert("notes", 2);
        engine.commitGroup(List.of(good, bad, alsoGood));
        assertThat(good.result()).isEqualTo(1);
        assertThat(alsoGood.result()).isEqualTo(1);
        assertThatThrownBy(bad::result).hasMessageContaining("VELES-002");
    }

    @Test
    void whenTheJournalFailsNothingIsVisibleAndTheNextWriteTriesAgain() {
        engine.createCollection("notes", CollectionSchema.metadata());
        journalFails = true;
        Write lost = upsert("notes", 1);
        engine.commitGroup(List.of(lost));
        assertThatThrownBy(lost::result).hasMessageContaining("VELES-011");
        assertThat(engine.snapshot().get("notes").rows()).isZero();

        journalFails = false;
        Write kept = upsert("notes", 1);
        engine.commitGroup(List.of(kept));
        assertThat(kept.result()).isEqualTo(1);
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(1);
    }

    @Test
    void aWriteThatFailsUnexpectedlyFailsAloneWhereverItStandsInItsGroup() {
        engine.createCollection("notes", CollectionSchema.metadata());
        Write before = upsert("notes", 1);
        Write failing = Write.shared(state -> {
            throw new IllegalStateException("a mistake of ours");
        });
        Write failingAlone = Write.exclusive(state -> {
            throw new IllegalStateException("a mistake of ours");
        });
        Write after = upsert("notes", 2);
        engine.commitGroup(List.of(before, failing, failingAlone, after));
        assertThat(before.result()).isEqualTo(1);
        assertThat(after.result()).isEqualTo(1);
        assertThatThrownBy(failing::result).hasMessageContaining("VELES-013").hasMessageContaining("a mistake of ours");
        assertThatThrownBy(failingAlone::result).hasMessageContaining("VELES-013");
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(2);
    }

    @Test
    void whatIsFoundOutAfterAWriteHappenedDoesNotMakeItFail() {
        engine.createCollection("notes", CollectionSchema.metadata());
        Write happened = upsert("notes", 1);
        engine.commitGroup(List.of(happened));
        happened.fail(new VelesException(ErrorCode.INTERNAL, "later"));
        assertThat(happened.result()).isEqualTo(1);
    }

    @Test
    void whenTheJournalFailsUnexpectedlyWritesAreRefusedUntilTheNextOpen() {
        engine.createCollection("notes", CollectionSchema.metadata());
        journalBreaks = true;
        Write lost = upsert("notes", 1);
        engine.commitGroup(List.of(lost));
        journalBreaks = false;
        Write later = upsert("notes", 1);
        engine.commitGroup(List.of(later));
        assertThatThrownBy(lost::result).hasMessageContaining("VELES-013").hasMessageContaining("reopen");
        assertThatThrownBy(later::result).hasMessageContaining("VELES-013").hasMessageContaining("reopen");
        assertThat(engine.snapshot().get("notes").rows()).isZero();
    }

    @Test
    void aRecordThatDoesNotFitTheDatabaseIsDamage() {
        engine.createCollection("notes", CollectionSchema.graph());
        Operation nameless = new Operation.PutEdges(
                1, new long[] {1}, new long[] {1}, new long[] {2}, new String[] {" "}, new byte[1][]);
        BinaryWriter bytes = new BinaryWriter();
        ChangeCodec.encode(new Change(2, 0, List.of(nameless)), bytes);
        assertThatThrownBy(() -> engine.replay(2, bytes.toByteArray())).hasMessageContaining("[VELES-006]");
    }

    @Test
    void aSnapshotFindsCollectionsByNumberWhicheverAreGone() {
        for (int i = 1; i <= 20; i++) {
            engine.createCollection("c" + i, CollectionSchema.metadata());
        }
        for (int i = 1; i <= 20; i += 3) {
            engine.dropCollection("c" + i);
        }
        for (int i = 0; i <= 21; i++) {
            CollectionSnapshot found = engine.snapshot().find(i);
            boolean gone = i < 1 || i > 20 || i % 3 == 1;
            assertThat(found == null).as("collection " + i).isEqualTo(gone);
            assertThat(gone || found.name().equals("c" + i)).isTrue();
        }
    }

    @Test
    void aLargeGroupIsCutIntoSeveralRecords() {
        engine.createCollection("notes", CollectionSchema.metadata());
        records.clear();
        List<Write> writes = new ArrayList<>();
        String text = "x".repeat(1_000_000);
        for (int i = 0; i < 80; i++) {
            writes.add(upsertText("notes", i, text));
        }
        engine.commitGroup(writes);
        assertThat(records).hasSize(3);
        assertThat(engine.snapshot().get("notes").rows()).isEqualTo(80);
    }

    @Test
    void aSnapshotStaysAsItWas() {
        engine.createCollection("notes", CollectionSchema.metadata());
        engine.commitGroup(List.of(upsert("notes", 1, 2)));
        CollectionSnapshot before = engine.snapshot().get("notes");
        engine.commitGroup(List.of(delete("notes", 1), upsertText("notes", 2, "new")));
        engine.commitGroup(List.of(upsert("notes", 3)));

        assertThat(before.rows()).isEqualTo(2);
        assertThat(before.slotOf(1)).isNotNegative();
        assertThat(before.slotOf(3)).isNegative();
        assertThat(before.payload(before.slotOf(2))).isEqualTo(Obj.of("text", "old"));
        CollectionSnapshot now = engine.snapshot().get("notes");
        assertThat(now.payload(now.slotOf(2))).isEqualTo(Obj.of("text", "new"));
        assertThat(now.slotOf(1)).isNegative();
    }

    @Test
    void vacuumDropsDeadVersionsAndIsDueWhenTheyAreMany() {
        engine.createCollection("notes", CollectionSchema.metadata());
        for (int round = 0; round < 3; round++) {
            long[] ids = new long[600];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = i;
            }
            engine.commitGroup(List.of(upsert("notes", ids)));
        }
        assertThat(engine.upkeep().vacuumDue()).containsExactly("notes");
        assertThat(engine.upkeep().vacuum("notes")).isEqualTo(1_200);
        assertThat(engine.upkeep().vacuumDue()).isEmpty();
        assertThat(engine.upkeep().vacuum("notes")).isZero();
        assertThat(engine.snapshot().get("notes").slots()).isEqualTo(600);
    }

    private static Write create(String name) {
        return Write.exclusive(state -> List.of(new Operation.CreateCollection(0, name, CollectionSchema.metadata())));
    }

    private static Write upsert(String name, long... ids) {
        return Write.shared(state -> {
            Payload[] payloads = new Payload[ids.length];
            for (int i = 0; i < ids.length; i++) {
                payloads[i] = Payload.of(Obj.of("text", "old"));
            }
            return List.of(new Operation.Upsert(state.get(name).number(), ids, null, payloads));
        });
    }

    private static Write upsertText(String name, long id, String text) {
        Payload[] payloads = {Payload.of(Obj.of("text", text))};
        return Write.shared(
                state -> List.of(new Operation.Upsert(state.get(name).number(), new long[] {id}, null, payloads)));
    }

    private static Write delete(String name, long... ids) {
        return Write.shared(
                state -> List.of(new Operation.Delete(state.get(name).number(), ids)));
    }
}
