package io.velesdb.query.exec.search;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a ranking, best first. */
public final class RankedRows implements Operator {
    private final CollectionSnapshot collection;
    private final List<Ranking.Ranked> ranked;
    private final Map<Long, Float> graphScores;
    private int at;

    /** @param graphScores by id, of the rows that have one */
    public RankedRows(CollectionSnapshot collection, List<Ranking.Ranked> ranked, Map<Long, Float> graphScores) {
        this.collection = collection;
        this.ranked = ranked;
        this.graphScores = graphScores;
    }

    @Override
    public @Nullable List<Tuple> next() {
        if (at >= ranked.size()) {
            return null;
        }
        int end = Math.min(ranked.size(), at + BATCH);
        List<Tuple> batch = new ArrayList<>(end - at);
        for (; at < end; at++) {
            Ranking.Ranked found = ranked.get(at);
            Tuple row = Tuple.of(new RowEntity(collection, found.id(), collection.slotOf(found.id())));
            row.score = found.score();
            if (!graphScores.isEmpty()) {
                row.graphScore = graphScores.getOrDefault(found.id(), 0f);
            }
            batch.add(row);
        }
        return batch;
    }
}
