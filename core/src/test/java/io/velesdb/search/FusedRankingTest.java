package io.velesdb.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Fusion;
import io.velesdb.VelesException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class FusedRankingTest {
    private static RankedBranch similar(long[] ids, float... scores) {
        return new RankedBranch(ids, scores, true);
    }

    private static RankedBranch distant(long[] ids, float... scores) {
        return new RankedBranch(ids, scores, false);
    }

    private static long[] ids(long... ids) {
        return ids;
    }

    @Test
    void reciprocalRanksAreSummed() {
        FusedRows rows = FusedRanking.fuse(
                Fusion.rrf(), List.of(similar(ids(4, 2, 9), 9, 8, 7), distant(ids(2, 5), 0.1f, 0.2f)), 10);
        assertThat(rows.ids()).containsExactly(2, 4, 5, 9);
        assertThat(rows.scores())
                .containsExactly(
                        (float) (1.0 / 62 + 1.0 / 61), (float) (1.0 / 61), (float) (1.0 / 62), (float) (1.0 / 63));
        assertThat(rows.higherIsBetter()).isTrue();
        assertThat(rows.parts()[0]).containsExactly((float) (1.0 / 62), (float) (1.0 / 61), 0, (float) (1.0 / 63));
        assertThat(rows.parts()[1]).containsExactly((float) (1.0 / 61), 0, (float) (1.0 / 62), 0);
    }

    @Test
    void weightsOfReciprocalRanksBelongToBranches() {
        FusedRows rows = FusedRanking.fuse(
                Fusion.weightedRrf(List.of(0.25, 0.75), 10), List.of(similar(ids(1), 5), similar(ids(2), 5)), 10);
        assertThat(rows.ids()).containsExactly(2, 1);
        assertThat(rows.scores()).containsExactly((float) (0.75 / 11), (float) (0.25 / 11));
    }

    @Test
    void averageAndMaximumOfDistancesPutTheNearestFirst() {
        List<RankedBranch> distances = List.of(distant(ids(1, 2), 1, 4), distant(ids(2, 3), 2, 8));
        FusedRows average = FusedRanking.fuse(Fusion.average(), distances, 10);
        assertThat(average.ids()).containsExactly(1, 2, 3);
        assertThat(average.scores()).containsExactly(1, 3, 8);
        assertThat(average.higherIsBetter()).isFalse();
        FusedRows maximum = FusedRanking.fuse(Fusion.maximum(), distances, 10);
        assertThat(maximum.ids()).containsExactly(1, 2, 3);
        assertThat(maximum.scores()).containsExactly(1, 2, 8);
    }

    @Test
    void distancesAmongSimilaritiesAreNegated() {
        FusedRows rows =
                FusedRanking.fuse(Fusion.average(), List.of(distant(ids(1, 2), 1, 4), similar(ids(2, 3), 10, 2)), 10);
        assertThat(rows.ids()).containsExactly(2, 3, 1);
        assertThat(rows.scores()).containsExactly(3, 2, -1);
        assertThat(rows.higherIsBetter()).isTrue();
        assertThat(rows.parts()[0]).as("raw scores").containsExactly(4, 0, 1);
    }

    @Test
    void weightedAddsMeanBestAndShareOfHits() {
        List<RankedBranch> branches = List.of(similar(ids(1, 2), 0.9f, 0.5f), similar(ids(2), 0.7f));
        FusedRows rows = FusedRanking.fuse(Fusion.weighted(), branches, 10);
        assertThat(rows.ids()).containsExactly(1, 2);
        assertThat(rows.scores()[0]).isEqualTo((float) (0.6 * 0.9f + 0.3 * 0.9f + 0.1 * 0.5));
        assertThat(rows.scores()[1]).isEqualTo((float) (0.6 * (((double) 0.5f + 0.7f) / 2) + 0.3 * 0.7f + 0.1 * 1.0));
    }

    @Test
    void weightedTurnsDistancesIntoSimilarities() {
        FusedRows rows = FusedRanking.fuse(Fusion.weighted(1, 0, 0), List.of(distant(ids(1, 2), 0, 3)), 10);
        assertThat(rows.ids()).containsExactly(1, 2);
        assertThat(rows.scores()).containsExactly(1, 0.25f);
        assertThat(rows.higherIsBetter()).isTrue();
    }

    @Test
    void relativeScoresAreScaledByTheirDirection() {
        FusedRows rows = FusedRanking.fuse(
                Fusion.relativeScore(0.75, 0.25),
                List.of(distant(ids(1, 2, 3), 1, 2, 5), similar(ids(3, 4), 30, 10)),
                10);
        assertThat(rows.ids()).containsExactly(1, 2, 3, 4);
        assertThat(rows.scores()).containsExactly(0.75f, (float) (0.75 * 0.75), 0.25f, 0);
    }

    @Test
    void aConstantBranchIsAHalf() {
        FusedRows rows =
                FusedRanking.fuse(Fusion.relativeScore(), List.of(similar(ids(7, 8), 3, 3), similar(ids(9), 1)), 10);
        assertThat(rows.ids()).containsExactly(7, 8, 9);
        assertThat(rows.scores()).containsExactly(0.25f, 0.25f, 0.25f);
    }

    @Test
    void equalScoresGoByUnsignedId() {
        FusedRows rows =
                FusedRanking.fuse(Fusion.rrf(), List.of(similar(ids(-1, 3), 2, 1), similar(ids(5, -2), 2, 1)), 3);
        assertThat(rows.ids()).containsExactly(5, -1, 3);
    }

    @Test
    void noBranchAndEmptyBranchesGiveNoRows() {
        for (Fusion fusion : List.of(Fusion.rrf(), Fusion.average(), Fusion.maximum(), Fusion.weighted())) {
            assertThat(FusedRanking.fuse(fusion, List.of(), 3).size()).isZero();
            assertThat(FusedRanking.fuse(fusion, List.of(similar(ids())), 3).size())
                    .isZero();
        }
        assertThat(FusedRanking.fuse(Fusion.relativeScore(), List.of(similar(ids()), similar(ids())), 3)
                        .size())
                .isZero();
    }

    /** Every strategy against the formulas, row by row. */
    @Test
    void randomBranchesFuseAsTheFormulasSay() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(4);
            List<RankedBranch> branches = new ArrayList<>();
            List<TreeMap<Long, Float>> scores = new ArrayList<>();
            for (int b = 0; b < n; b++) {
                boolean higher = random.nextBoolean();
                TreeMap<Long, Float> of = new TreeMap<>(Long::compareUnsigned);
                for (int i = random.nextInt(12); i > 0; i--) {
                    of.put((long) random.nextInt(20) - 5, random.nextInt(8) / 4f);
                }
                Comparator<Long> best = Comparator.comparing(of::get);
                long[] order = of.keySet().stream()
                        .sorted((higher ? best.reversed() : best).thenComparing(Long::compareUnsigned))
                        .mapToLong(id -> id)
                        .toArray();
                float[] values = new float[order.length];
                for (int i = 0; i < order.length; i++) {
                    values[i] = of.get(order[i]);
                }
                branches.add(new RankedBranch(order, values, higher));
                scores.add(of);
            }
            int k = 1 + random.nextInt(10);
            check(seed, Fusion.rrf(7), branches, k, true, id -> {
                double sum = 0;
                for (RankedBranch branch : branches) {
                    int rank = rank(branch, id);
                    sum += rank == 0 ? 0 : 1.0 / (7 + rank);
                }
                return sum;
            });
            boolean anyHigher = branches.stream().anyMatch(RankedBranch::higherIsBetter);
            check(seed, Fusion.average(), branches, k, anyHigher, id -> {
                double sum = 0;
                int hits = 0;
                for (int b = 0; b < n; b++) {
                    Float score = scores.get(b).get(id);
                    if (score != null) {
                        sum += anyHigher && !branches.get(b).higherIsBetter() ? -score : score;
                        hits++;
                    }
                }
                return sum / hits;
            });
            check(seed, Fusion.maximum(), branches, k, anyHigher, id -> {
                double best = anyHigher ? -1e9 : 1e9;
                for (int b = 0; b < n; b++) {
                    Float score = scores.get(b).get(id);
                    if (score != null) {
                        double value = anyHigher && !branches.get(b).higherIsBetter() ? -score : score;
                        best = anyHigher ? Math.max(best, value) : Math.min(best, value);
                    }
                }
                return best;
            });
        }
    }

    private static int rank(RankedBranch branch, long id) {
        for (int i = 0; i < branch.ids().length; i++) {
            if (branch.ids()[i] == id) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void check(
            long seed,
            Fusion fusion,
            List<RankedBranch> branches,
            int k,
            boolean higherIsBetter,
            ToDoubleFunction<Long> formula) {
        Comparator<Long> byScore = Comparator.comparing(id -> (float) formula.applyAsDouble(id) + 0f);
        List<Long> expected = branches.stream()
                .flatMapToLong(branch -> java.util.Arrays.stream(branch.ids()))
                .distinct()
                .boxed()
                .sorted((higherIsBetter ? byScore.reversed() : byScore).thenComparing(Long::compareUnsigned))
                .limit(k)
                .toList();
        FusedRows rows = FusedRanking.fuse(fusion, branches, k);
        String when = "seed " + seed + ", " + fusion;
        assertThat(rows.ids())
                .as(when)
                .isEqualTo(expected.stream().mapToLong(id -> id).toArray());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.scores()[i]).as(when).isEqualTo((float) formula.applyAsDouble(rows.ids()[i]) + 0f);
        }
    }

    @Test
    void badSettingsAreRefused() {
        for (Runnable bad : List.<Runnable>of(
                () -> Fusion.rrf(0),
                () -> Fusion.weightedRrf(List.of(0.5, -0.1), 60),
                () -> Fusion.weightedRrf(List.of(0.5, Double.NaN), 60),
                () -> Fusion.weightedRrf(List.of(0.5, 0.5), 0),
                () -> Fusion.weighted(0.6, 0.3, 0.2),
                () -> Fusion.weighted(1.2, -0.1, -0.1),
                () -> Fusion.relativeScore(0.5, 0.502),
                () -> Fusion.relativeScore(1.5, -0.5),
                () -> Fusion.named("median"),
                () -> FusedRanking.fuse(Fusion.relativeScore(), List.of(similar(ids())), 1),
                () -> FusedRanking.fuse(Fusion.weightedRrf(List.of(1.0), 60), List.of(), 1))) {
            assertThatThrownBy(bad::run).isInstanceOf(VelesException.class).hasMessageContaining("VELES-010");
        }
        assertThat(Fusion.relativeScore(0.5, 0.5009)).isNotNull();
        assertThat(Fusion.named("RSF")).isEqualTo(Fusion.relativeScore());
        assertThat(Fusion.named("Weighted")).isEqualTo(Fusion.weighted(0.6, 0.3, 0.1));
    }

    @Test
    void depthIsTwiceOrTenMore() {
        assertThat(Fusion.depth(1)).isEqualTo(11);
        assertThat(Fusion.depth(10)).isEqualTo(20);
        assertThat(Fusion.depth(50)).isEqualTo(100);
        assertThat(Fusion.depth(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }
}
