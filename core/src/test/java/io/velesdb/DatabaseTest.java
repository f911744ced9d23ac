package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.filter.Filter;
import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final Database database = Database.inMemory();

    @Test
    void searchReturnsTheNearestFirstWithPayloads() {
        VectorCollection books = database.createVectorCollection("books", 2, Metric.EUCLIDEAN);
        books.upsert(List.of(
                Point.of(1, new float[] {0, 0}, Obj.of("title", "origin")),
                Point.of(2, new float[] {3, 4}, Obj.of("title", "five away")),
                Point.of(-1, new float[] {1, 0})));

        List<Hit> hits = books.search(SearchRequest.nearest(new float[] {0, 0}, 10));

        assertThat(hits)
                .containsExactly(
                        new Hit(1, 0f, Obj.of("title", "origin")),
                        new Hit(-1, 1f, null),
                        new Hit(2, 5f, Obj.of("title", "five away")));
    }

    @Test
    void upsertReplacesTheWholeRow() {
        VectorCollection books = database.createVectorCollection("books", 2, Metric.DOT);
        books.upsert(Point.of(7, new float[] {1, 1}, Obj.of("a", 1)));
        books.upsert(Point.of(7, new float[] {2, 2}));

        Point found = books.get(7).get(0);
        assertThat(found).isNotNull();
        assertThat(found.vector()).containsExactly(2, 2);
        assertThat(found.payload()).isNull();
        assertThat(books.count()).isEqualTo(1);
        assertThat(books.info().deadVersions()).isEqualTo(1);
    }

    @Test
    void bulkUpsertSplitsBySizeAsWellAsByNumber() {
        Limits limits = new Limits(65_536, 1_000_000, 10, 8 << 20, 1_000, 10, 0);
        Database roomy = Database.inMemory(limits, () -> 0L);
        MetadataCollection texts = roomy.createMetadataCollection("texts");
        Obj large = Obj.of("text", "x".repeat(7 << 20));
        List<Point> points = new ArrayList<>();
        for (int id = 0; id < 40; id++) {
            points.add(Point.of(id, large));
        }

        // 280 MiB: one batch of 40 points would be refused
        assertThat(texts.upsertBulk(points)).isEqualTo(40);
        assertThat(texts.count()).isEqualTo(40);
    }

    @Test
    void aSchemaThatCouldNotBeAppliedIsRefusedBeforeItIsWritten() {
        HnswParameters hnsw = HnswParameters.DEFAULT;
        assertThatThrownBy(() -> new CollectionSchema(CollectionKind.VECTOR, 0, Metric.DOT, StorageMode.FULL, hnsw))
                .hasMessageContaining("VELES-032");
        assertThatThrownBy(() -> new CollectionSchema(CollectionKind.VECTOR, -5, Metric.DOT, StorageMode.FULL, hnsw))
                .hasMessageContaining("VELES-032");
        assertThatThrownBy(() -> new CollectionSchema(CollectionKind.VECTOR, 5, null, StorageMode.FULL, hnsw))
                .hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> new CollectionSchema(CollectionKind.VECTOR, 5, Metric.DOT, StorageMode.FULL, null))
                .hasMessageContaining("VELES-009");
        assertThatThrownBy(() -> new CollectionSchema(CollectionKind.METADATA, 5, Metric.DOT, StorageMode.FULL, null))
                .hasMessageContaining("VELES-014");
    }

    @Test
    void ofDuplicateIdsInABatchTheLastWins() {
        VectorCollection books = database.createVectorCollection("books", 1, Metric.DOT);
        long written = books.upsert(
                List.of(Point.of(1, new float[] {1}), Point.of(2, new float[] {2}), Point.of(1, new float[] {3})));

        assertThat(written).isEqualTo(2);
        assertThat(books.get(1, 2, 3))
                .extracting(p -> p == null ? null : p.vector()[0])
                .containsExactly(3f, 2f, null);
        assertThat(books.info().deadVersions()).isZero();
    }

    @Test
    void deleteCountsOnlyWhatWasThere() {
        VectorCollection books = database.createVectorCollection("books", 1, Metric.DOT);
        books.upsert(List.of(Point.of(1, new float[] {1}), Point.of(2, new float[] {2})));

        assertThat(books.delete(2, 9, 2)).isEqualTo(1);
        assertThat(books.count()).isEqualTo(1);
        assertThat(books.search(SearchRequest.nearest(new float[] {1}, 5)))
                .extracting(Hit::id)
                .containsExactly(1L);
    }

    @Test
    void scrollPagesInUnsignedIdOrder() {
        MetadataCollection notes = database.createMetadataCollection("notes");
        List<Point> points = new ArrayList<>();
        for (long id : new long[] {5, -2, 3, 0, -1, 4}) {
            points.add(Point.of(id, Obj.of("n", id)));
        }
        notes.upsert(points);

        Page first = notes.scroll(4);
        assertThat(first.points()).extracting(Point::id).containsExactly(0L, 3L, 4L, 5L);
        Page second = notes.scroll(first.next(), 4, null);
        assertThat(second.points()).extracting(Point::id).containsExactly(-2L, -1L);
        assertThat(second.next()).isNull();
        assertThat(notes.scroll(null, 10, Filter.gte("n", 4)).points())
                .extracting(Point::id)
                .containsExactly(4L, 5L);
        assertThat(notes.count(Filter.lt("n", 0))).isEqualTo(2);
    }

    @Test
    void filteredSearchIsNeverShortWhileRowsQualify() {
        VectorCollection rows = database.createVectorCollection("rows", 8, Metric.COSINE);
        Random random = new Random(5);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            float[] vector = new float[8];
            for (int j = 0; j < 8; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            points.add(Point.of(i, vector, Obj.of("even", i % 2 == 0, "n", i)));
        }
        rows.upsertBulk(points);
        rows.delete(2, 4, 6);

        List<Hit> hits =
                rows.search(SearchRequest.nearest(points.get(10).vector(), 20).where(Filter.eq("even", true)));
        assertThat(hits).hasSize(20).allSatisfy(hit -> assertThat(hit.id() % 2).isZero());
        assertThat(hits.get(0).id()).isEqualTo(10);
        assertThat(rows.search(
                        SearchRequest.nearest(points.get(10).vector(), 20).where(Filter.gte("n", 2_990))))
                .hasSize(10);
        assertThat(rows.search(
                        SearchRequest.nearest(points.get(10).vector(), 20).effort(Effort.PERFECT)))
                .hasSize(20);
    }

    @Test
    void badInputIsRefusedWithItsCodeAndNothingIsWritten() {
        VectorCollection rows = database.createVectorCollection("rows", 2, Metric.COSINE);
        refused(ErrorCode.COLLECTION_EXISTS, () -> database.createMetadataCollection("rows"));
        refused(ErrorCode.COLLECTION_NOT_FOUND, () -> database.collection("none"));
        refused(ErrorCode.COLLECTION_NOT_FOUND, () -> database.deleteCollection("none"));
        refused(ErrorCode.INVALID_COLLECTION_NAME, () -> database.createMetadataCollection("no/slash"));
        refused(ErrorCode.INVALID_COLLECTION_NAME, () -> database.createMetadataCollection("CON"));
        refused(ErrorCode.INVALID_DIMENSION, () -> database.createVectorCollection("x", 0, Metric.DOT));
        refused(ErrorCode.GUARD_RAIL, () -> database.createVectorCollection("x", 5_000, Metric.DOT));
        refused(ErrorCode.DIMENSION_MISMATCH, () -> rows.upsert(Point.of(1, new float[] {1})));
        refused(ErrorCode.INVALID_VECTOR, () -> rows.upsert(Point.of(1, new float[] {1, Float.NaN})));
        refused(
                ErrorCode.INVALID_VECTOR,
                () -> rows.upsert(List.of(
                        Point.of(1, new float[] {1, 2}), Point.of(2, new float[] {Float.POSITIVE_INFINITY, 1}))));
        refused(ErrorCode.VECTOR_REQUIRED, () -> rows.upsert(Point.of(1, Obj.of("a", 1))));
        refused(ErrorCode.QUERY, () -> rows.search(SearchRequest.nearest(new float[] {1, 2}, 0)));
        refused(ErrorCode.GUARD_RAIL, () -> rows.search(SearchRequest.nearest(new float[] {1, 2}, 1_001)));
        refused(ErrorCode.DIMENSION_MISMATCH, () -> rows.search(SearchRequest.nearest(new float[] {1}, 1)));
        refused(
                ErrorCode.INVALID_VECTOR,
                () -> rows.search(SearchRequest.nearest(new float[] {1, Float.NEGATIVE_INFINITY}, 1)));
        refused(
                ErrorCode.QUERY,
                () -> rows.search(SearchRequest.nearest(new float[] {1, 2}, 1).ef(0)));
        refused(
                ErrorCode.GUARD_RAIL,
                () -> rows.search(SearchRequest.nearest(new float[] {1, 2}, 1).timeoutMillis(0)));
        refused(ErrorCode.QUERY, () -> rows.scroll(0));
        refused(ErrorCode.GUARD_RAIL, () -> rows.scroll(10_001));
        refused(ErrorCode.QUERY, () -> Metric.parse("manhattan"));
        MetadataCollection notes = database.createMetadataCollection("notes");
        refused(ErrorCode.VECTOR_NOT_ALLOWED, () -> notes.upsert(Point.of(1, new float[] {1})));
        refused(ErrorCode.SEARCH_NOT_SUPPORTED, () -> database.vectorCollection("notes"));
        refused(ErrorCode.GUARD_RAIL, () -> notes.upsert(Point.of(1, Obj.of("text", "x".repeat(1 << 20)))));
        assertThat(rows.count()).isZero();
        assertThat(notes.count()).isZero();
    }

    @Test
    void aHandleOfADeletedCollectionIsRefusedEvenWhenTheNameIsTakenAgain() {
        MetadataCollection before = database.createMetadataCollection("notes");
        database.deleteCollection("notes");
        refused(ErrorCode.COLLECTION_NOT_FOUND, before::count);
        database.createMetadataCollection("notes");
        refused(ErrorCode.COLLECTION_NOT_FOUND, before::count);
        refused(ErrorCode.COLLECTION_NOT_FOUND, () -> before.upsert(Point.of(1, Obj.of("a", 1))));
    }

    @Test
    void theRowLimitCountsRowsAfterTheBatchSoUpdatesAtTheCapPass() {
        Limits d = Limits.DEFAULTS;
        Limits two = new Limits(
                d.maxDimensions(), 2, d.maxCollections(), d.maxPayloadSize(), d.maxPerfectModeVectors(), 1_000, 0);
        MetadataCollection notes = Database.inMemory(two, () -> 0L).createMetadataCollection("notes");
        notes.upsert(List.of(Point.of(1, Obj.of("a", 1)), Point.of(2, Obj.of("a", 2))));
        notes.upsert(Point.of(2, Obj.of("a", 3)));
        refused(ErrorCode.GUARD_RAIL, () -> notes.upsert(Point.of(3, Obj.of("a", 1))));
        notes.delete(1);
        notes.upsert(Point.of(3, Obj.of("a", 1)));
        assertThat(notes.count()).isEqualTo(2);
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(VelesException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).startsWith("[" + code.text() + "] ");
        });
    }

    @Test
    void aTimeoutOfAnyLengthIsNoEarlierThanAShorterOne() {
        Database database = Database.inMemory(Limits.DEFAULTS, () -> 1_700_000_000_000L);
        VectorCollection rows = database.createVectorCollection("rows", 2, Metric.EUCLIDEAN);
        rows.upsert(Point.of(1, new float[] {1, 2}));
        for (long timeout : new long[] {1, 86_400_000, Long.MAX_VALUE - 1_700_000_000_000L, Long.MAX_VALUE}) {
            assertThat(rows.search(SearchRequest.nearest(new float[] {1, 2}, 1).timeoutMillis(timeout)))
                    .as("timeout " + timeout)
                    .hasSize(1);
        }
    }
}
