package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.engine.Expiry;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HybridSearchTest {
    private long nowMillis;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> nowMillis);
    private final VectorCollection things = database.createVectorCollection("things", 2, Metric.EUCLIDEAN);

    HybridSearchTest() {
        things.upsert(List.of(
                thing(1, 0, "a small boat with oars", 17, 1f),
                thing(2, 1, "a large boat", 17, 2f),
                thing(3, 2, "a house by the lake", 18, 1f),
                thing(4, 3, "small, small things", 18, 9f)));
    }

    private static Point thing(long id, float x, String gloss, int term, float weight) {
        return Point.of(id, new float[] {x, 0}, Obj.of("gloss", gloss, "kind", id % 2 == 0 ? "even" : "odd"))
                .withSparse(Map.of("", SparseVector.of(new int[] {term}, new float[] {weight})));
    }

    @Test
    void textIsFoundByItsWordsBestFirst() {
        assertThat(things.textSearch(TextRequest.words("small boat", 10)))
                .extracting(Hit::id)
                .containsExactly(1L, 4L, 2L);
        assertThat(things.textSearch(TextRequest.words("small boat", 10).where(Filter.eq("kind", "even"))))
                .extracting(Hit::id)
                .containsExactly(4L, 2L);
        assertThat(things.textSearch(TextRequest.words("odd", 10).in("gloss"))).isEmpty();
        assertThat(things.textSearch(TextRequest.of(TextQuery.phrase("large boat"), 10)))
                .extracting(Hit::id)
                .containsExactly(2L);
    }

    @Test
    void textFollowsUpdatesDeletesAndExpiry() {
        things.upsert(Point.of(2, new float[] {1, 0}, Obj.of("gloss", "a raft", Expiry.FIELD, 5)));
        things.delete(1);
        assertThat(things.textSearch(TextRequest.words("boat", 10))).isEmpty();
        assertThat(things.textSearch(TextRequest.words("raft", 10))).hasSize(1);
        nowMillis = 5_000;
        assertThat(things.textSearch(TextRequest.words("raft", 10))).isEmpty();
        things.vacuum();
        assertThat(things.textSearch(TextRequest.words("small", 10)))
                .extracting(Hit::id)
                .containsExactly(4L);
    }

    @Test
    void sparseSearchIsByInnerProduct() {
        SparseVector query = SparseVector.of(new int[] {17, 18}, new float[] {1f, 0.5f});
        assertThat(things.sparseSearch(SparseRequest.best(query, 10)))
                .extracting(Hit::id, Hit::score)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(4L, 4.5f),
                        org.assertj.core.api.Assertions.tuple(2L, 2f),
                        org.assertj.core.api.Assertions.tuple(1L, 1f),
                        org.assertj.core.api.Assertions.tuple(3L, 0.5f));
        assertThatThrownBy(
                        () -> things.sparseSearch(SparseRequest.best(query, 10).by("other")))
                .hasMessageContaining("VELES-030");
    }

    @Test
    void vectorAndTextAreFusedByHalvesOfReciprocalRanks() {
        List<HybridHit> hits = things.hybridSearch(
                HybridRequest.top(2).near(new float[] {0, 0}).matching("boat"));

        assertThat(hits).extracting(HybridHit::id).containsExactly(1L, 2L);
        HybridHit first = hits.get(0);
        assertThat(first.score()).isEqualTo((float) (0.5 / 61 + 0.5 / 62));
        assertThat(first.parts()).containsExactly((float) (0.5 / 61), (float) (0.5 / 62));
    }

    @Test
    void weightedMeansRanksWhereTheScoresDoNotMix() {
        HybridRequest vectorAndText =
                HybridRequest.top(2).near(new float[] {0, 0}).matching("boat");
        assertThat(things.hybridSearch(vectorAndText.fusedBy(Fusion.weighted())))
                .isEqualTo(things.hybridSearch(vectorAndText));
        SparseVector query = SparseVector.of(new int[] {17}, new float[] {1});
        HybridRequest three = vectorAndText.sparse("", query);
        double third = 1.0 / 3;
        assertThat(things.hybridSearch(three.fusedBy(Fusion.weighted())))
                .isEqualTo(things.hybridSearch(
                        three.fusedBy(Fusion.weightedRrf(List.of(third, third, third), Fusion.DEFAULT_RANK_CONSTANT))));
        assertThatThrownBy(() -> things.hybridSearch(vectorAndText.fusedBy(Fusion.weighted(1, 0, 0))))
                .hasMessageContaining("VELES-010")
                .hasMessageContaining("rrf with a weight for each branch");
    }

    @Test
    void filtersActInsideEveryBranch() {
        List<HybridHit> hits = things.hybridSearch(
                HybridRequest.top(1).near(new float[] {0, 0}).matching("small").where(Filter.gt("id", 2)));
        assertThat(hits).extracting(HybridHit::id).containsExactly(4L);
    }

    @Test
    void distancesCountByTheirDirection() {
        List<HybridHit> hits = things.hybridSearch(HybridRequest.top(10)
                .near(new float[] {0, 0})
                .near(new float[] {1, 0})
                .fusedBy(Fusion.average()));
        assertThat(hits.get(0).score()).isLessThanOrEqualTo(hits.get(3).score());
        assertThat(hits.get(3).id()).isEqualTo(4);
    }

    @Test
    void oneBranchKeepsItsRawScore() {
        assertThat(things.hybridSearch(HybridRequest.top(1).near(new float[] {3, 0})))
                .extracting(HybridHit::id, HybridHit::score)
                .containsExactly(org.assertj.core.api.Assertions.tuple(4L, 0f));
    }

    @Test
    void badRequestsAreRefusedAndNamed() {
        HybridRequest near = HybridRequest.top(1).near(new float[] {0, 0});
        assertThatThrownBy(() -> things.hybridSearch(HybridRequest.top(1))).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> things.hybridSearch(HybridRequest.top(0).matching("x")))
                .hasMessageContaining("k is 0");
        assertThatThrownBy(() -> things.hybridSearch(near.near(new float[] {0})))
                .hasMessageContaining("VELES-004");
        assertThatThrownBy(() -> things.hybridSearch(near.fusedBy(Fusion.relativeScore())))
                .hasMessageContaining("2 branches");
        HybridRequest many = near;
        for (int i = 1; i < 10; i++) {
            many = many.near(new float[] {i, 0});
        }
        HybridRequest ten = many;
        assertThatThrownBy(() -> ten.near(new float[] {0, 0})).hasMessageContaining("VELES-009");
        MetadataCollection plain = database.createMetadataCollection("plain");
        assertThatThrownBy(() -> plain.hybridSearch(near)).hasMessageContaining("VELES-015");
        assertThatThrownBy(() -> database.createCollection(
                        "accents", CollectionSchema.metadata().withText(TextOptions.DEFAULTS.strippingMarks())))
                .hasMessageContaining("VELES-009");
    }

    @Test
    void aCallerMayGiveUpAnySearch() {
        VelesException enough = new VelesException(ErrorCode.QUERY, "enough");
        Cancellation closing = () -> {
            throw enough;
        };
        SparseVector term = SparseVector.of(new int[] {17}, new float[] {1});
        HybridRequest hybrid = HybridRequest.top(2).near(new float[] {1, 0}).matching("boat");
        assertThatThrownBy(() -> things.hybridSearch(hybrid.cancelledBy(closing)))
                .isSameAs(enough);
        assertThatThrownBy(() -> things.sparseSearch(SparseRequest.best(term, 2)
                        .where(Filter.eq("kind", "even"))
                        .cancelledBy(closing)))
                .isSameAs(enough);
        assertThat(things.hybridSearch(hybrid.cancelledBy(null))).hasSize(2);
    }
}
