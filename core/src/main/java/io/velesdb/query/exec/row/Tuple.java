package io.velesdb.query.exec.row;

import io.velesdb.query.plan.FieldRef;
import io.velesdb.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row between operators: what each source stands for, the score, and what was computed on the way. An operator may
 * fill in the later parts of a tuple that it owns; entities never change.
 */
public final class Tuple {
    private static final @Nullable Value[] NOTHING = {};

    /** About the bytes of a row without its sources: what stands for it, its place in a list or table. */
    public static final int ROW_BYTES = 96;

    private static final int EDGE_BYTES = 32;
    private static final int REFERENCE_BYTES = 4;

    private final @Nullable Entity[] entities;

    /** The score; null for a row that is not ranked. */
    @Nullable
    public Score score;

    /** 1/(1 + h) of the graph predicate that holds with the fewest edges h, or 0. */
    public float graphScore;

    /** The edges that a pattern walked, in order; null for a row that no pattern made. */
    @Nullable
    public List<EdgeEntity> path;

    /** Values of the LET bindings, once they are computed. */
    @Nullable
    public Value[] bindings = NOTHING;

    /** Values of the window functions, once they are computed. */
    public long[] windows = {};

    /** @param entities by source; null on the absent side of an outer join */
    public Tuple(@Nullable Entity[] entities) {
        this.entities = entities;
    }

    /** A row of one source. */
    public static Tuple of(Entity entity) {
        return new Tuple(new Entity[] {entity});
    }

    /** How many sources the row has. */
    public int sources() {
        return entities.length;
    }

    /** What a source stands for; null on the absent side of an outer join. */
    @Nullable
    public Entity entity(int source) {
        return entities[source];
    }

    /** This row with one more source, the next one. The score stays. */
    Tuple with(@Nullable Entity joined) {
        return with(entities.length, joined);
    }

    /** This row with one more source, before which others may still be open. The score stays. */
    public Tuple with(int source, @Nullable Entity joined) {
        @Nullable Entity[] more = new Entity[Math.max(entities.length, source + 1)];
        System.arraycopy(entities, 0, more, 0, entities.length);
        more[source] = joined;
        Tuple tuple = new Tuple(more);
        tuple.score = score;
        return tuple;
    }

    /** The id of the first source that is there; 0 where it has none. */
    public long id() {
        for (Entity entity : entities) {
            if (entity != null) {
                return entity.id();
            }
        }
        return 0;
    }

    /** The edges that a pattern walked, in order; none for a row that no pattern made. */
    public List<EdgeEntity> edges() {
        List<EdgeEntity> walked = path;
        return walked == null ? List.of() : walked;
    }

    /** About what the row takes on the heap, with what was read of its sources so far. */
    public long bytes() {
        long bytes = ROW_BYTES + (long) EDGE_BYTES * edges().size();
        for (Entity entity : entities) {
            bytes += REFERENCE_BYTES + (entity == null ? 0 : entity.bytes());
        }
        return bytes;
    }

    boolean ranked() {
        return score != null;
    }

    /** The value of a field; null when it is missing. */
    @Nullable
    public Value get(FieldRef field) {
        Value value = null;
        if (field.source() != FieldRef.ANY) {
            Entity entity = entities[field.source()];
            value = entity == null ? null : entity.get(field);
        } else {
            for (int i = 0; i < entities.length && value == null; i++) {
                Entity entity = entities[i];
                value = entity == null ? null : entity.get(field);
            }
        }
        if (value == null && field.kind() == FieldRef.Kind.SCORE && score != null) {
            return Score.number(score.value());
        }
        return value;
    }
}
