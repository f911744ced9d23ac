package io.velesdb.memory;

import io.velesdb.Batch;
import io.velesdb.Database;
import io.velesdb.DatabaseView;
import io.velesdb.Edge;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores what their images say: writes what differs, in one batch if that is within the limits of a batch. Relations
 * go first and come last, so that at every batch both ends of each are there. Used once, by one thread.
 */
final class Restore {
    private static final long MOST_BYTES = 200L << 20;

    private final Database database;
    private final List<Target> targets = new ArrayList<>();
    private Batch batch;
    private int acted;
    private long bytes;

    private record Target(MemoryRows rows, StoreImage image) {
        String collection() {
            return rows.kind().collectionName();
        }
    }

    Restore(Database database) {
        this.database = database;
        batch = database.batch();
    }

    void add(MemoryRows rows, StoreImage image) {
        targets.add(new Target(rows, image));
    }

    void run() {
        List<List<Expiries.Entry>> before = new ArrayList<>();
        for (Target target : targets) {
            // what is written may not be forgotten by a time that was set for what was there
            before.add(target.rows().expiries().all());
            target.rows().expiries().clear();
        }
        boolean written = false;
        try {
            write(database.view());
            written = true;
        } finally {
            for (int i = 0; i < targets.size(); i++) {
                Target target = targets.get(i);
                for (Expiries.Entry entry : written ? target.image().expiries() : before.get(i)) {
                    target.rows().expiries().set(entry.id(), entry.second());
                }
            }
        }
    }

    private void write(DatabaseView view) {
        List<Runnable> additions = new ArrayList<>();
        for (Target target : targets) {
            Map<Long, Edge> present = new HashMap<>();
            view.forEachEdge(target.collection(), edge -> present.put(edge.id(), edge));
            List<Edge> added = new ArrayList<>();
            for (Edge edge : target.image().edges()) {
                Edge known = present.get(edge.id());
                if (known != null && same(known, edge)) {
                    present.remove(edge.id());
                } else {
                    added.add(edge);
                }
            }
            removeEdges(target, present);
            additions.add(() -> addEdges(target, added));
        }
        for (Target target : targets) {
            rows(target, view);
        }
        for (Runnable addition : additions) {
            addition.run();
        }
        batch.commit();
    }

    private void removeEdges(Target target, Map<Long, Edge> edges) {
        List<Long> ids = new ArrayList<>(edges.keySet());
        ids.sort(Long::compareUnsigned);
        each(ids, id -> (long) Long.BYTES, some -> batch.removeEdges(target.collection(), array(some)));
    }

    private void addEdges(Target target, List<Edge> edges) {
        each(
                edges,
                edge -> 3 * Long.BYTES + 3L * edge.label().length() + size(edge.properties()),
                some -> batch.addEdges(target.collection(), some));
    }

    private void rows(Target target, DatabaseView view) {
        List<Point> wanted = target.image().points();
        boolean[] kept = new boolean[wanted.size()];
        List<Long> others = new ArrayList<>();
        int[] at = {0};
        view.forEachPoint(target.collection(), present -> {
            // both in ascending order
            while (at[0] < kept.length && Long.compareUnsigned(wanted.get(at[0]).id(), present.id()) < 0) {
                at[0]++;
            }
            if (at[0] == kept.length || wanted.get(at[0]).id() != present.id()) {
                others.add(present.id());
            } else {
                kept[at[0]] = same(present, wanted.get(at[0]));
            }
        });
        List<Point> changed = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            if (!kept[i]) {
                changed.add(wanted.get(i));
            }
        }
        each(others, id -> (long) Long.BYTES, some -> batch.delete(target.collection(), array(some)));
        each(
                changed,
                point -> (long) Float.BYTES * target.rows().dimension() + size(point.payload()) + sparseSize(point),
                some -> batch.upsert(target.collection(), some));
    }

    /** One step for as many items as go into the batch, and a new batch for what does not. */
    private <T> void each(List<T> items, Function<T, Long> size, Consumer<List<T>> step) {
        List<T> some = new ArrayList<>();
        for (T item : items) {
            long more = size.apply(item);
            if (acted + 1 > Limits.MAX_BATCH_POINTS || bytes + more > MOST_BYTES) {
                if (!some.isEmpty()) {
                    step.accept(some);
                }
                batch.commit();
                batch = database.batch();
                acted = 0;
                bytes = 0;
                some = new ArrayList<>();
            }
            acted++;
            bytes += more;
            some.add(item);
        }
        if (!some.isEmpty()) {
            step.accept(some);
        }
    }

    private static long[] array(List<Long> ids) {
        long[] array = new long[ids.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = ids.get(i);
        }
        return array;
    }

    private static long size(@Nullable Obj object) {
        return object == null ? 0 : Json.writeUtf8(object).length;
    }

    private static long sparseSize(Point point) {
        long size = 0;
        for (String name : point.sparse().keySet()) {
            size += 3L * name.length() + 8L * point.sparse().get(name).size();
        }
        return size;
    }

    private static boolean same(Point a, Point b) {
        return Arrays.equals(a.vector(), b.vector())
                && same(a.payload(), b.payload())
                && a.sparse().equals(b.sparse());
    }

    private static boolean same(Edge a, Edge b) {
        return a.connectsAs(b) && same(a.properties(), b.properties());
    }

    /** As text: equality of objects does not tell 1 from 1.0. */
    private static boolean same(@Nullable Obj a, @Nullable Obj b) {
        return a == null || b == null ? a == null && b == null : Json.write(a).equals(Json.write(b));
    }
}
