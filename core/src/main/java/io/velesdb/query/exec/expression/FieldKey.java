package io.velesdb.query.exec.expression;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.index.column.FieldKeys;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** The value of a field, from the column where that saves reading the payload. For one thread. */
public final class FieldKey implements Expression {
    private final FieldRef field;
    private final boolean columnar;
    private final boolean score;
    private @Nullable CollectionSnapshot collection;
    private @Nullable FieldKeys keys;

    /** @param field whose values are wanted */
    public FieldKey(FieldRef field) {
        this.field = field;
        columnar = field.source() != FieldRef.ANY && field.kind() == FieldRef.Kind.MEMBER;
        score = field.source() != FieldRef.ANY && field.kind() == FieldRef.Kind.SCORE;
    }

    /** The field whose values are wanted. */
    public FieldRef field() {
        return field;
    }

    @Override
    public @Nullable Value value(Tuple row) {
        if (columnar && row.entity(field.source()) instanceof RowEntity entity && entity.isUnread()) {
            FieldKeys column = keys(entity.collection());
            int code = column.code(entity.slot());
            Value kept = code > 0 ? column.ofCode(code) : Value.NULL;
            // of numbers one of equal ones is kept, and the row may have another
            if (code > 0 && !(kept instanceof Value.Num)) {
                return kept;
            }
        }
        return score ? score(row) : row.get(field);
    }

    /** The member {@code score} where there is one, else the score of the row: most often told without a look at the row. */
    private @Nullable Value score(Tuple row) {
        Score ranked = row.score;
        return ranked != null
                        && row.entity(field.source()) instanceof RowEntity entity
                        && entity.isUnread()
                        && keys(entity.collection()).isAbsent()
                ? Score.number(ranked.value())
                : row.get(field);
    }

    @Override
    public @Nullable Value key(Tuple row) {
        return columnar && row.entity(field.source()) instanceof RowEntity entity && entity.isUnread()
                ? keys(entity.collection()).key(entity.slot())
                : row.get(field);
    }

    @SuppressWarnings("ReferenceEquality") // the columns of this very state
    private FieldKeys keys(CollectionSnapshot state) {
        FieldKeys known = keys;
        if (known == null || collection != state) {
            known = state.columns().keys(field.requirePath(), state);
            keys = known;
            collection = state;
        }
        return known;
    }
}
