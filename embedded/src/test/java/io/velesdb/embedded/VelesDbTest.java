package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.ScoredIds;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(CheckOnClose.class)
class VelesDbTest {
    private static final int DIMENSION = 24;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aReopenedDatabaseAnswersBitForBitAsBefore_fromCheckpointJournalOrBoth(Metric metric) throws Exception {
        Random random = new Random(metric.ordinal());
        List<float[]> queries = vectors(random, 20);
        List<ScoredIds> before;
        // background work off: this test decides when a checkpoint happens
        Options options = Options.DEFAULTS.withoutBackground();
        Database database = VelesDb.open(folder, options);
        VectorCollection rows = database.createVectorCollection("rows", DIMENSION, metric);
        fill(rows, random, 0, 1_700);
        database.checkpoint();
        fill(rows, random, 1_500, 2_400);
        rows.delete(1, 3, 5, 7);
        before = answers(rows, queries);
        long count = rows.count();
        Point one = rows.get(1_600).get(0);
        // what a kill -9 would leave: the files as they are now
        Path left = elsewhere.resolve("copy");
        copy(folder, left);
        long even = rows.count(Filter.eq("even", true));
        database.close();

        try (Database fromBoth = VelesDb.open(left, options)) {
            VectorCollection reopened = fromBoth.vectorCollection("rows");
            assertThat(reopened.count()).isEqualTo(count);
            assertSame(answers(reopened, queries), before);
            assertThat(reopened.get(1_600).get(0).vector()).containsExactly(one.vector());
            assertThat(reopened.get(1_600).get(0).payload()).isEqualTo(one.payload());
            assertThat(reopened.get(3).get(0)).isNull();
        }
        try (Database fromCheckpoint = VelesDb.open(folder, options)) {
            assertSame(answers(fromCheckpoint.vectorCollection("rows"), queries), before);
            assertThat(fromCheckpoint.vectorCollection("rows").count(Filter.eq("even", true)))
                    .isEqualTo(even);
        }
    }

    @Test
    void vacuumKeepsTheRowsAndGivesSpaceBack() throws Exception {
        Random random = new Random(1);
        Options options = Options.DEFAULTS.withoutBackground();
        try (Database database = VelesDb.open(folder, options)) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
            fill(rows, random, 0, 2_000);
            for (long id = 0; id < 2_000; id++) {
                if (id % 4 != 0) {
                    rows.delete(id);
                }
            }
            List<float[]> queries = vectors(random, 20);
            List<ScoredIds> before = exact(rows, queries);
            assertThat(rows.vacuum()).isEqualTo(1_500);
            assertThat(rows.info().deadVersions()).isZero();
            assertSame(exact(rows, queries), before);
            assertThat(rows.get(8).get(0).payload()).isEqualTo(payload(8));
            rows.upsert(Point.of(5_000, queries.get(0), Obj.of("even", true)));
        }
        try (Database database = VelesDb.open(folder, options)) {
            assertThat(database.vectorCollection("rows").count()).isEqualTo(501);
            assertThat(Files.exists(folder.resolve("1/vectors-0.f32"))).isFalse();
            assertThat(Files.size(folder.resolve("1/vectors-1.f32"))).isEqualTo(501L * DIMENSION * Float.BYTES);
        }
    }

    @Test
    void repairRebuildsEverythingDerivedAndAnswersStayTheSame() {
        Random random = new Random(2);
        List<float[]> queries = vectors(random, 20);
        List<ScoredIds> before;
        try (Database database = VelesDb.open(folder)) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
            fill(rows, random, 0, 1_800);
            before = answers(rows, queries);
        }
        assertThat(VelesDb.repair(folder))
                .containsExactly("columns and postings of collection 'rows'", "vector index of collection 'rows'");
        try (Database database = VelesDb.open(folder)) {
            assertSame(answers(database.vectorCollection("rows"), queries), before);
        }
    }

    @Test
    void checkNamesFileAndOffsetOfEveryFlippedBit_andOpeningNeverAnswersWrongly() throws Exception {
        Random random = new Random(3);
        List<float[]> queries = vectors(random, 5);
        List<ScoredIds> before;
        try (Database database = VelesDb.open(folder)) {
            VectorCollection rows = database.createVectorCollection("rows", DIMENSION, Metric.COSINE);
            fill(rows, random, 0, 1_600);
            before = exact(rows, queries);
        }
        CheckReport clean = VelesDb.check(folder);
        assertThat(clean.findings()).isEmpty();
        assertThat(clean.rowsRead()).isEqualTo(1_600);
        List<Path> files;
        try (var entries = Files.walk(folder)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("LOCK"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(5);
        int copies = 0;
        for (Path file : files) {
            for (int i = 0; i < 6; i++) {
                Path copy = elsewhere.resolve("flipped-" + copies++);
                copy(folder, copy);
                Path target = copy.resolve(folder.relativize(file).toString());
                byte[] bytes = Files.readAllBytes(target);
                int at = random.nextInt(bytes.length);
                byte good = bytes[at];
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(target, bytes);
                String what = folder.relativize(file) + " byte " + at + " of " + bytes.length;

                CheckReport report = VelesDb.check(copy);
                if (report.isClean()) {
                    // padding, or zeros reserved behind the last record: nothing refers to it
                    assertThat(good).as(what).isZero();
                }
                try (Database database = VelesDb.open(copy, Options.DEFAULTS.withoutBackground())) {
                    assertSame(exact(database.vectorCollection("rows"), queries), before);
                } catch (VelesException refused) {
                    assertThat(refused.getMessage()).as(what).contains("damaged");
                    assertThat(report.isClean()).as(what).isFalse();
                }
            }
        }
    }

    @Test
    void manyWritersShareRecordsAndLoseNothing() throws Exception {
        int writers = 8;
        int each = 200;
        AtomicLong failures = new AtomicLong();
        try (Database database = VelesDb.open(folder)) {
            MetadataCollection notes = database.createMetadataCollection("notes");
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                long base = w * 1_000L;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        notes.upsert(Point.of(base + i, Obj.of("n", base + i)));
                        if (notes.get(base + i).get(0) == null) {
                            failures.incrementAndGet();
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).hasValue(0);
            assertThat(notes.count()).isEqualTo((long) writers * each);
            assertThat(database.lsn()).isLessThanOrEqualTo(1L + (long) writers * each);
        }
        try (Database database = VelesDb.open(folder)) {
            assertThat(database.metadataCollection("notes").count()).isEqualTo((long) writers * each);
        }
    }

    @Test
    void aDeletedCollectionsFilesGoAndItsNumberIsNotUsedAgain() {
        try (Database database = VelesDb.open(folder)) {
            database.createMetadataCollection("a").upsert(Point.of(1, Obj.of("x", 1)));
            database.deleteCollection("a");
            database.createMetadataCollection("a").upsert(Point.of(2, Obj.of("x", 2)));
        }
        assertThat(folder.resolve("1")).doesNotExist();
        try (Database database = VelesDb.open(folder)) {
            assertThat(database.metadataCollection("a").scroll(10).points())
                    .extracting(Point::id)
                    .containsExactly(2L);
        }
    }

    @Test
    void aSecondOpenerIsRefused() {
        try (Database database = VelesDb.open(folder)) {
            assertThatThrownBy(() -> VelesDb.open(folder))
                    .isInstanceOfSatisfying(
                            VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_LOCKED));
            assertThat(database.collections()).isEmpty();
        }
    }

    @Test
    void aClosedDatabaseRefusesWritesAndClosingTwiceIsHarmless() {
        Database database = VelesDb.open(folder);
        MetadataCollection notes = database.createMetadataCollection("notes");
        database.close();
        database.close();
        assertThatThrownBy(() -> notes.upsert(Point.of(1, Obj.of("x", 1))))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
    }

    @Test
    void aFolderThatIsNotADatabaseIsRefusedAndUntouched() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "not yours");
        assertThatThrownBy(() -> VelesDb.open(folder))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(folder.resolve("thesis.txt"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Path target = to.resolve(from.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(entry, target);
                }
            }
        }
    }

    private static void fill(VectorCollection rows, Random random, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int id = from; id < to; id++) {
            points.add(Point.of(id, vectors(random, 1).get(0), payload(id)));
        }
        rows.upsertBulk(points);
    }

    private static Obj payload(long id) {
        return Obj.of("n", id, "even", id % 2 == 0, "text", "row " + id);
    }

    private static List<float[]> vectors(Random random, int count) {
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            all.add(vector);
        }
        return all;
    }

    private static List<ScoredIds> answers(VectorCollection rows, List<float[]> queries) {
        List<ScoredIds> all = new ArrayList<>();
        for (float[] query : queries) {
            all.add(rows.searchIds(SearchRequest.nearest(query, 10).ef(40)));
            all.add(rows.searchIds(SearchRequest.nearest(query, 10).where(Filter.eq("even", true))));
        }
        return all;
    }

    private static List<ScoredIds> exact(VectorCollection rows, List<float[]> queries) {
        List<ScoredIds> all = new ArrayList<>();
        for (float[] query : queries) {
            all.add(rows.searchIds(SearchRequest.nearest(query, 10).effort(Effort.PERFECT)));
        }
        return all;
    }

    private static void assertSame(List<ScoredIds> actual, List<ScoredIds> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).ids()).containsExactly(expected.get(i).ids());
            assertThat(actual.get(i).scores()).containsExactly(expected.get(i).scores());
        }
    }
}
