package io.velesdb.query.exec.expression;

import io.velesdb.filter.Operator;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;

/**
 * {@code similarity(field, v) op t}. For a distance the inequality reads "more similar than". Compares floats, so that a
 * threshold written as a score is printed means that score.
 */
record SimilarityTest(Similarity similarity, Operator operator, float threshold) implements RowCondition {
    private static final double SAME = 0.001;

    @Override
    public boolean test(Tuple row, Finding finding) {
        Score score = similarity.score(row);
        if (score == null) {
            return false;
        }
        finding.score = score;
        float ahead = score.higherIsBetter() ? score.value() - threshold : threshold - score.value();
        return switch (operator) {
            case EQ -> Math.abs((double) score.value() - threshold) < SAME;
            case NEQ -> Math.abs((double) score.value() - threshold) >= SAME;
            case GT -> ahead > 0;
            case GTE -> ahead >= 0;
            case LT -> ahead < 0;
            case LTE -> ahead <= 0;
        };
    }
}
