package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Collection;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flipped bit in one document or vector refuses the writes that would have to read it, and nothing else. */
class DamagedRowsTest {
    private static final Path FOLDER = Path.of("/data/db");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(2);
    private static final int DIMENSION = 16;
    private static final int ROWS = 2_000;

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    /** What meets the damage. */
    enum Write {
        DELETE(rows -> rows.delete(ROWS / 2)),
        REPLACE(rows -> rows.upsert(points(ROWS / 2, 1))),
        BATCH(rows -> rows.upsert(points(ROWS, 601))),
        VACUUM(Collection::vacuum);

        final Consumer<Collection> write;

        Write(Consumer<Collection> write) {
            this.write = write;
        }
    }

    private Database open() {
        return VelesDb.open(files, FOLDER, OPTIONS, () -> 1_000, (structure, damage) -> {});
    }

    private static List<Point> points(int from, int count) {
        Random random = new Random(from);
        List<Point> points = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            float[] vector = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                vector[j] = random.nextFloat();
            }
            points.add(Point.of(i, vector, Obj.of("text", "the row " + i)));
        }
        return points;
    }

    private void fill() {
        try (Database database = open()) {
            database.createCollection("rows", CollectionSchema.vector(DIMENSION, Metric.COSINE));
            database.collection("rows").upsert(points(0, ROWS));
            database.collection("rows").delete(1, 2, 3);
            database.createMetadataCollection("others").upsert(Point.of(1, Obj.of("a", 1)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Write.class,
            names = {"DELETE", "REPLACE", "VACUUM"})
    void aDamagedDocument(Write write) {
        fill();
        Path documents = FOLDER.resolve("1/payload-0.log");
        int at = new String(files.content(documents), StandardCharsets.ISO_8859_1).indexOf("the row " + ROWS / 2);
        flip(documents, at);
        refusesThatWriteAlone(write, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Write.class,
            names = {"BATCH", "VACUUM"})
    void aDamagedVector(Write write) {
        fill();
        flip(FOLDER.resolve("1/vectors-0.f32"), 4 * DIMENSION * ROWS / 2);
        refusesThatWriteAlone(write, 1);
    }

    private void flip(Path path, int at) {
        byte[] content = files.content(path);
        content[at] ^= 1;
        files.overwrite(path, content);
    }

    private void refusesThatWriteAlone(Write write, long others) {
        try (Database database = open()) {
            long lsn = database.lsn();
            Collection rows = database.collection("rows");
            refused(() -> write.write.accept(rows));
            assertThat(rows.count()).isEqualTo(ROWS - 3);
            database.collection("others").upsert(Point.of(others + 1, Obj.of("a", 2)));
            rows.upsert(points(5, 1));
            assertThat(database.lsn()).isGreaterThan(lsn);
        }
        try (Database again = open()) {
            assertThat(again.collection("others").count()).isEqualTo(others + 1);
            assertThat(again.collection("rows").count()).isEqualTo(ROWS - 3);
            refused(() -> write.write.accept(again.collection("rows")));
            again.deleteCollection("rows");
        }
        assertThat(VelesDb.check(files, FOLDER).findings()).isEmpty();
    }

    private static void refused(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        VelesException.class,
                        refusal -> assertThat(refusal.code())
                                .as(refusal.toString())
                                .isEqualTo(ErrorCode.STORAGE));
    }

    @Test
    void aRecordedBatchIsAppliedWhileOpeningWhateverIsDamagedElsewhere() {
        fill();
        SimulatedFileSystem killed;
        try (Database database = open()) {
            database.collection("rows").upsert(points(ROWS, 200));
            killed = files.afterKill();
        }
        Path documents = FOLDER.resolve("1/payload-0.log");
        byte[] content = killed.content(documents);
        content[new String(content, StandardCharsets.ISO_8859_1).indexOf("the row " + ROWS / 2)] ^= 1;
        killed.overwrite(documents, content);
        try (Database database = VelesDb.open(killed, FOLDER, OPTIONS, () -> 1_000, (structure, damage) -> {})) {
            assertThat(database.collection("rows").count()).isEqualTo(ROWS + 200 - 3);
        }
    }
}
