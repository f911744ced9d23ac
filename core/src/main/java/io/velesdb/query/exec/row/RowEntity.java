package io.velesdb.query.exec.row;

import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.search.Memory;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a collection; its payload is read when it is first asked for. A row without slot has an id and nothing else. */
public final class RowEntity implements Entity {
    private static final int BYTES = 40;

    private final CollectionSnapshot collection;
    private final long id;
    private final int slot;
    private boolean read;
    private @Nullable Obj payload;

    /** @param slot -1 for a row that is not there */
    public RowEntity(CollectionSnapshot collection, long id, int slot) {
        this.collection = collection;
        this.id = id;
        this.slot = slot;
    }

    /** The state of the collection that the row is read from. */
    public CollectionSnapshot collection() {
        return collection;
    }

    @Override
    public long id() {
        return id;
    }

    /** Where the row stands in its collection; -1 where it has none. */
    public int slot() {
        return slot;
    }

    /** Whether the row is there and its payload was not read yet. */
    public boolean isUnread() {
        return slot >= 0 && !read;
    }

    /** The payload, empty where the row has none. */
    public Obj payload() {
        if (!read) {
            payload = slot < 0 ? null : collection.payload(slot);
            read = true;
        }
        return payload == null ? Obj.EMPTY : payload;
    }

    /** The dense vector, or null where the row has none. */
    public float @Nullable [] vector() {
        return slot < 0 ? null : collection.vector(slot);
    }

    @Override
    public @Nullable Value get(FieldRef field) {
        return switch (field.kind()) {
            case ID -> Ids.toValue(id);
            case VECTOR -> array(vector());
            case SCORE, MEMBER -> field.requirePath().resolve(id, payload());
        };
    }

    @Override
    public long bytes() {
        Obj held = payload;
        return BYTES + (held == null ? 0 : Memory.bytes(held));
    }

    private static @Nullable Value array(float @Nullable [] vector) {
        if (vector == null) {
            return null;
        }
        List<Value> components = new ArrayList<>(vector.length);
        for (float component : vector) {
            components.add(Score.number(component));
        }
        return Arr.of(components);
    }
}
