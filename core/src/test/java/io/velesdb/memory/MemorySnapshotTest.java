package io.velesdb.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MemorySnapshotTest {
    private static final float[] EAST = {1, 0};

    private long now = 1_000_000;
    private final HeapSnapshots kept = new HeapSnapshots();
    private final AgentMemory memory = open(2, kept);

    private AgentMemory open(int dimension, SnapshotStore snapshots) {
        return AgentMemory.open(
                Database.inMemory(Limits.DEFAULTS, () -> now * 1_000),
                AgentMemoryOptions.DEFAULTS.withDimension(dimension).withSnapshots(snapshots, 3));
    }

    private static void fill(AgentMemory memory) {
        memory.semantic().store(1, "one", EAST, Obj.of("n", 1));
        memory.semantic().store(-1, "last", new float[] {0, -0.0f}, Obj.of("n", 1.0));
        memory.semantic().relate(1, -1, "next", Obj.of("w", 2));
        memory.semantic().relate(-1, 1, "back");
        memory.semantic().setTtl(1, 100);
        memory.episodic().record(7, "seven", 77, null);
        memory.episodic().recordWithTtl(8, "eight", 88, 500, EAST);
        memory.procedural().learn(3, "three", List.of("a", "b"), EAST, 0.25);
        memory.procedural().reinforce(3, true);
    }

    /** Everything that a memory holds, as text. */
    private static String told(AgentMemory memory) {
        StringBuilder all = new StringBuilder();
        for (MemoryKind kind : MemoryKind.values()) {
            MemoryRows rows = memory.store(kind).rows();
            rows.database()
                    .view()
                    .forEachPoint(
                            kind.collectionName(),
                            point -> all.append(point.id())
                                    .append(Arrays.toString(point.vector()))
                                    .append(Json.write(point.payload() == null ? Obj.EMPTY : point.payload()))
                                    .append(point.sparse().keySet()));
            all.append(rows.collection().edges(null)).append(rows.expiries().all());
        }
        return all.toString();
    }

    @Test
    void aSnapshotBringsEverythingBack() {
        fill(memory);
        String before = told(memory);
        assertThat(memory.snapshot()).isEqualTo(1);

        memory.semantic().store(1, "changed", EAST);
        memory.semantic().store(5, "added", EAST);
        memory.semantic().relate(1, 5, "next");
        memory.semantic().unrelate(1, -1, "next");
        memory.semantic().setTtl(-1, 7);
        memory.episodic().clear();
        memory.procedural().delete(3);

        memory.loadSnapshot(1);
        assertThat(told(memory)).isEqualTo(before);
        memory.loadLatestSnapshot();
        assertThat(told(memory)).isEqualTo(before);
        now += 100;
        assertThat(memory.semantic().get(1)).isNull();
    }

    @Test
    void loadingWhatIsThereWritesNothing() {
        fill(memory);
        memory.snapshot();
        long before = memory.semantic().rows().database().lsn();
        memory.loadLatestSnapshot();
        assertThat(memory.semantic().rows().database().lsn()).isEqualTo(before);
    }

    @Test
    void aLoadIsOneChange() {
        fill(memory);
        memory.snapshot();
        for (MemoryKind kind : MemoryKind.values()) {
            memory.store(kind).clear();
        }
        long before = memory.semantic().rows().database().lsn();
        memory.loadLatestSnapshot();
        assertThat(memory.semantic().rows().database().lsn()).isEqualTo(before + 1);
    }

    @Test
    void versionsCountUpAndTheOldestGo() {
        for (int i = 1; i <= 5; i++) {
            memory.semantic().store(i, "fact " + i, EAST);
            assertThat(memory.snapshot()).isEqualTo(i);
        }
        assertThat(memory.snapshotVersions()).containsExactly(3L, 4L, 5L);
        memory.loadSnapshot(4);
        assertThat(memory.semantic().count()).isEqualTo(4);
        assertThat(memory.loadLatestSnapshot()).isEqualTo(5);
        assertThat(memory.semantic().count()).isEqualTo(5);
        assertThat(memory.keepSnapshots(1)).isEqualTo(2);
        assertThat(memory.snapshotVersions()).containsExactly(5L);
        assertThat(memory.keepSnapshots(1)).isZero();
        assertThat(memory.snapshot()).isEqualTo(6);
        assertThatThrownBy(() -> memory.keepSnapshots(0)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> AgentMemoryOptions.DEFAULTS.withSnapshots(kept, 0))
                .hasMessageContaining("VELES-009");
    }

    @Test
    void aVersionThatIsNotThereIsRefused() {
        assertThatThrownBy(memory::loadLatestSnapshot).hasMessageContaining("VELES-035");
        memory.snapshot();
        assertThatThrownBy(() -> memory.loadSnapshot(2))
                .hasMessageContaining("VELES-035")
                .hasMessageContaining("there are [1]");
    }

    @Test
    void aSnapshotIsRefusedByAMemoryOfAnotherDimension() {
        memory.snapshot();
        AgentMemory other = open(3, kept);
        assertThatThrownBy(other::loadLatestSnapshot).hasMessageContaining("VELES-004");
        assertThatThrownBy(() -> other.semantic().deserialize(memory.semantic().serialize()))
                .hasMessageContaining("VELES-004");
    }

    @Test
    void aSnapshotThatIsDamagedInAnyByteIsRefusedAndChangesNothing() {
        fill(memory);
        memory.snapshot();
        byte[] sound = kept.read(1);
        AgentMemory target = open(2, kept);
        target.semantic().store(99, "mine", EAST);
        String before = told(target);
        everyDamage(sound, damaged -> {
            kept.delete(1);
            kept.write(1, damaged);
            assertThatThrownBy(() -> target.loadSnapshot(1))
                    .isInstanceOfSatisfying(
                            VelesException.class,
                            refusal -> assertThat(refusal.code())
                                    .isIn(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION));
        });
        assertThat(told(target)).isEqualTo(before);
        kept.delete(1);
        kept.write(2, sound);
        assertThatThrownBy(() -> target.loadSnapshot(2)).hasMessageContaining("written as version 1");
    }

    @Test
    void bytesThatAreDamagedInAnyPlaceAreRefusedAndChangeNothing() {
        fill(memory);
        AgentMemory target = open(2, kept);
        String before = told(target);
        for (MemoryKind kind : MemoryKind.values()) {
            everyDamage(
                    memory.store(kind).serialize(),
                    damaged -> assertThatThrownBy(() -> target.store(kind).deserialize(damaged))
                            .isInstanceOfSatisfying(
                                    VelesException.class,
                                    refusal -> assertThat(refusal.code())
                                            .isIn(ErrorCode.SERIALIZATION, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION)));
        }
        assertThat(told(target)).isEqualTo(before);
    }

    /** Every byte changed in one bit, and every length cut. */
    private static void everyDamage(byte[] sound, Consumer<byte[]> check) {
        for (int i = 0; i < sound.length; i++) {
            byte[] changed = sound.clone();
            changed[i] ^= (byte) (1 << i % 8);
            check.accept(changed);
            check.accept(Arrays.copyOf(sound, i));
        }
        check.accept(Arrays.copyOf(sound, sound.length + 1));
    }

    /** Whoever makes a checksum that holds gets no further than the checks of the content. */
    @Test
    void hostileBytesWithASoundChecksumAreRefusedOrMakeASoundStore() {
        fill(memory);
        AgentMemory target = open(2, kept);
        int refused = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            byte[] sound = memory.store(kind).serialize();
            for (int i = 5; i < sound.length - 4; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] changed = sound.clone();
                    changed[i] ^= (byte) (1 << bit);
                    try {
                        target.store(kind).deserialize(resealed(changed));
                    } catch (VelesException refusal) {
                        refused++;
                        assertThat(refusal.code())
                                .as("%s byte %s bit %s: %s", kind, i, bit, refusal.getMessage())
                                .isIn(ErrorCode.SERIALIZATION, ErrorCode.DIMENSION_MISMATCH);
                    }
                }
            }
            target.store(kind).deserialize(sound);
        }
        assertThat(refused).isPositive();
        assertThat(told(target)).isEqualTo(told(memory));
    }

    private static byte[] resealed(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 4);
        BinaryWriter out = new BinaryWriter();
        out.writeBytes(bytes, 0, bytes.length - 4).writeInt((int) checksum.getValue());
        return out.toByteArray();
    }

    @Test
    void theChecksumIsCrc32c() {
        Random random = new Random(7);
        byte[] bytes = new byte[1_000];
        random.nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length += 37) {
            CRC32C expected = new CRC32C();
            expected.update(bytes, 0, length);
            assertThat(Crc32c.of(bytes, length)).isEqualTo((int) expected.getValue());
        }
    }

    @Test
    void bytesOfOneKindAreNotThoseOfAnother() {
        assertThatThrownBy(() -> memory.episodic().deserialize(memory.semantic().serialize()))
                .hasMessageContaining("VELES-012")
                .hasMessageContaining("another kind");
        assertThatThrownBy(() -> memory.episodic().deserialize(new byte[0])).hasMessageContaining("VELES-012");
        assertThatThrownBy(() -> memory.episodic().deserialize("no memory at all".getBytes()))
                .hasMessageContaining("something else");
    }

    @Test
    void whatOthersWroteIntoTheCollectionsIsKeptToo() {
        Point row =
                new Point(4, EAST, null, Map.of("terms", SparseVector.of(new int[] {9, -1}, new float[] {0.5f, 2})));
        memory.semantic().rows().collection().upsert(row);
        byte[] bytes = memory.semantic().serialize();
        memory.semantic().clear();

        memory.semantic().deserialize(bytes);

        Point back = memory.semantic().rows().collection().get(4).get(0);
        assertThat(back.sparse()).isEqualTo(row.sparse());
        assertThat(back.payload()).isNull();
    }

    @Test
    void whatIsToBeForgottenByNowIsNotWrittenOut() {
        fill(memory);
        now += 100;
        AgentMemory target = open(2, kept);
        target.semantic().deserialize(memory.semantic().serialize());

        assertThat(target.semantic().count()).isEqualTo(1);
        assertThat(target.semantic().rows().collection().edgeCount()).isZero();
    }

    @Test
    void anotherVersionOfTheFormIsRefusedAsSuch() {
        byte[] bytes = memory.semantic().serialize();
        bytes[4] = 2;
        assertThatThrownBy(() -> memory.semantic().deserialize(bytes)).hasMessageContaining("VELES-036");
    }

    @Test
    void twoMemoriesThatShareTheirSnapshotsGetVersionsOfTheirOwn() {
        AgentMemory other = open(2, kept);
        assertThat(memory.snapshot()).isEqualTo(1);
        assertThat(other.snapshot()).isEqualTo(2);
        assertThat(memory.snapshot()).isEqualTo(3);
    }
}
