package io.velesdb.query.exec.step;

import io.velesdb.query.exec.expression.Finding;
import io.velesdb.query.exec.expression.RowCondition;
import io.velesdb.query.exec.row.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows that meet a condition, and gives them the score that it found. */
public final class Restrict implements Operator {
    private final Operator input;
    private final RowCondition condition;
    private final boolean keepsScore;
    private final Execution execution;
    private final Finding finding = new Finding();

    /** @param keepsScore whether a score that rows have already stays */
    public Restrict(Operator input, RowCondition condition, boolean keepsScore, Execution execution) {
        this.input = input;
        this.condition = condition;
        this.keepsScore = keepsScore;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            List<Tuple> kept = new ArrayList<>(batch.size());
            for (Tuple row : batch) {
                finding.clear();
                if (condition.test(row, finding)) {
                    if (!keepsScore) {
                        row.score = finding.score;
                    }
                    row.graphScore = Math.max(row.graphScore, finding.graphScore());
                    kept.add(row);
                }
            }
            execution.check();
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        return null;
    }
}
