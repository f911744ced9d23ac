package io.velesdb.query.exec.match;

import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.vector.Metric;
import io.velesdb.vector.PairScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores matches by the vector of their first node, where it has one. */
final class NearestMatches implements Operator {
    private final Operator input;
    private final float[] query;
    private final Metric metric;
    private final PairScorer scorer;

    NearestMatches(Operator input, float[] query, Metric metric) {
        this.input = input;
        this.query = query;
        this.metric = metric;
        scorer = new PairScorer(metric);
    }

    @Override
    public @Nullable List<Tuple> next() {
        List<Tuple> batch = input.next();
        if (batch != null) {
            for (Tuple match : batch) {
                float[] vector = match.entity(0) instanceof RowEntity first ? first.vector() : null;
                if (vector != null && vector.length == query.length) {
                    float score = scorer.score(query, vector);
                    match.score = new Score(score, metric.higherIsBetter(), new Score.Parts(score, 0, 0));
                }
            }
        }
        return batch;
    }
}
