package io.velesdb.query.exec.expression;

import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** A similarity: {@code similarity()}, or {@code similarity(field, v)}. */
public interface SimilarityExpression extends Expression {
    /** The score of {@code similarity()}: the row's own. */
    SimilarityExpression OF_ROW = new SimilarityExpression() {
        @Override
        public @Nullable Score score(Tuple row) {
            return row.score;
        }
    };

    /** The score; null where the row has none. */
    @Nullable
    Score score(Tuple row);

    @Override
    default Value value(Tuple row) {
        Score score = score(row);
        return Score.number(score == null ? 0f : score.value());
    }

    @Override
    default double number(Tuple row) {
        Score score = score(row);
        return score == null ? 0 : score.value();
    }
}
