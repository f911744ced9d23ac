package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Point;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;

/** Points that a walk through a graph found, beside what the walk says of them. */
final class Found {
    private Found() {}

    /** The payload of a point; null where there is no point or no payload. */
    static Value payload(Collection collection, long id) {
        Point point = collection.get(id).getFirst();
        return Arguments.payload(point == null ? null : point.payload());
    }

    /** The same row with the members of its {@code payload} as columns. */
    static Obj flat(Obj row) {
        Obj payload = row.get("payload") instanceof Obj fields ? fields : Obj.EMPTY;
        return Arguments.merge(Obj.builder().putAll(row.without("payload")), payload)
                .build();
    }
}
