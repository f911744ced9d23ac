package io.velesdb.query.exec.match;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.query.exec.row.EdgeEntity;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.exec.step.SlotCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The matches of a pattern, all of one first node of the walk before those of the next one. */
final class MatchScan implements Operator {
    /** Rows of the first batch: who wants few of them lets the walk go little further than those. */
    private static final int FIRST_BATCH = 16;

    private static final int STARTS_BETWEEN_CHECKS = 64;

    private final PatternWalk walk;
    private final CollectionSnapshot collection;
    private final SlotCursor starts;
    private final boolean scored;
    private final Execution execution;
    private final int nodes;
    private int started;
    private boolean walking;
    private int most = FIRST_BATCH;

    /**
     * @param starts the rows that the walk begins with
     * @param scored whether a match is scored by the number of its edges
     */
    MatchScan(PatternWalk walk, int nodes, RowSet rows, SlotCursor starts, boolean scored, Execution execution) {
        this.walk = walk;
        this.nodes = nodes;
        this.starts = starts;
        this.scored = scored;
        this.execution = execution;
        collection = rows.collection();
    }

    @Override
    public @Nullable List<Tuple> next() {
        List<Tuple> batch = new ArrayList<>(most);
        while (batch.size() < most) {
            if (walking && walk.next()) {
                batch.add(match());
            } else if (starts.next()) {
                if (started++ % STARTS_BETWEEN_CHECKS == 0) {
                    execution.check();
                }
                execution.visited(1);
                walk.start(collection.id(starts.slot()), starts.slot());
                walking = true;
            } else {
                walking = false;
                break;
            }
        }
        most = Math.min(BATCH, 2 * most);
        return batch.isEmpty() ? null : batch;
    }

    private Tuple match() {
        @Nullable Entity[] entities = new Entity[2 * nodes - 1];
        List<EdgeEntity> path = walk.path();
        for (int i = 0; i < nodes; i++) {
            entities[2 * i] = walk.node(i);
            if (i < nodes - 1) {
                entities[2 * i + 1] = walk.relationship(i, path);
            }
        }
        Tuple match = new Tuple(entities);
        match.path = path;
        match.graphScore = (float) (1.0 / (1.0 + path.size()));
        match.score = scored ? new Score(match.graphScore, true, Score.Parts.NONE) : null;
        return match;
    }
}
