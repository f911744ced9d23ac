package io.velesdb.write;

import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.journal.UpsertBuilder;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the steps of a batch into operations, against the state that they will be applied to. Steps act in order, and
 * each sees what those before it did. Nothing is written when one of them is refused. Used once, by one thread.
 */
final class BatchPlanner {
    /** Rows between two looks at the clock. */
    private static final int CHECK_EVERY = 256;

    private final DatabaseSnapshot database;
    private final Session session;
    private final Cancellation signal;
    private final Map<String, PlannedCollection> collections = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private long acted;
    private long looked;
    private long bytes;

    private BatchPlanner(DatabaseSnapshot database, Session session, Cancellation signal) {
        this.database = database;
        this.session = session;
        this.signal = signal;
    }

    /**
     * @param signal asked now and then whether to give up
     * @throws VelesException why {@code steps} cannot all be carried out
     */
    static BatchPlanner plan(
            DatabaseSnapshot database, Session session, List<? extends Step> steps, Cancellation signal) {
        BatchPlanner planner = new BatchPlanner(database, session, signal);
        for (Step step : steps) {
            planner.plan(step);
        }
        return planner;
    }

    /** What the steps come to, in their order. */
    List<Operation> operations() {
        return operations;
    }

    /** By collection: the rows that are there after the steps and were written by one of them, ids counted once. */
    Map<String, Long> rowsWritten() {
        Map<String, Long> written = new TreeMap<>();
        collections.forEach((name, collection) -> {
            long rows = collection.written().values().stream()
                    .filter(Objects::nonNull)
                    .count();
            if (rows > 0) {
                written.put(name, rows);
            }
        });
        return written;
    }

    private void plan(Step step) {
        PlannedCollection collection = collections.computeIfAbsent(
                step.collection(), name -> new PlannedCollection(session.writable(database.get(name))));
        switch (step) {
            case Step.Upsert upsert -> upsert(collection, upsert.points());
            case Step.PutPayload put -> putPayload(collection, put.id(), put.payload());
            case Step.UpdateWhere update ->
                update(collection, matching(collection, update.condition()), update.patch());
            case Step.UpdateRows update -> update(collection, update.ids(), update.patch());
            case Step.Delete delete -> delete(collection, delete.ids());
            case Step.AddEdges add -> addEdges(collection, add.edges(), add.ifPresent());
            case Step.RemoveEdges remove -> removeEdges(collection, remove.ids());
        }
    }

    private void putPayload(PlannedCollection collection, long id, @Nullable Obj payload) {
        Point row = collection.row(id);
        upsert(
                collection,
                List.of(row == null ? Point.of(id, payload) : new Point(id, row.vector(), payload, row.sparse())));
    }

    private void upsert(PlannedCollection collection, List<Point> points) {
        if (points.isEmpty()) {
            return;
        }
        UpsertBuilder rows =
                new UpsertBuilder(collection.state().schema(), session.engine().limits(), points.size());
        for (Point point : points) {
            collection.prepare(point.id());
        }
        for (Point point : points) {
            look();
            rows.add(point);
            collection.put(point);
        }
        count(points.size());
        add(rows.operation(collection.state().number()), rows.payloadBytes());
    }

    private void update(PlannedCollection collection, long[] ids, Step.RowPatch patch) {
        List<Point> changed = new ArrayList<>();
        for (long id : ids) {
            look();
            Point row = collection.row(id);
            if (row != null) {
                changed.add(patched(row, patch));
                // before more rows are held than a batch may have
                count(1);
            }
        }
        acted -= changed.size();
        upsert(collection, changed);
    }

    private static Point patched(Point row, Step.RowPatch patch) {
        Obj members = patch.members();
        Obj payload = row.payload();
        if (!members.isEmpty()) {
            Obj.Builder merged = Obj.builder();
            if (payload != null) {
                merged.putAll(payload);
            }
            payload = merged.putAll(members).build();
        }
        Map<String, SparseVector> sparse = row.sparse();
        if (!patch.sparse().isEmpty()) {
            sparse = new HashMap<>(sparse);
            sparse.putAll(patch.sparse());
        }
        return new Point(row.id(), patch.vector() == null ? row.vector() : patch.vector(), payload, sparse);
    }

    /** The visible rows of this step for which {@code condition} holds, in ascending id order. */
    private long[] matching(PlannedCollection collection, Filter condition) {
        CollectionSnapshot state = collection.state();
        long[] words = new long[(state.slots() + 63) >>> 6];
        int count =
                state.columns().evaluate(condition, state, collection.visible().words(), signal, words);
        long[] ids = new long[count + collection.written().size()];
        int found = 0;
        for (int w = 0; w < words.length; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                long id = state.id((w << 6) + Long.numberOfTrailingZeros(word));
                if (!collection.written().containsKey(id)) {
                    ids[found++] = id;
                }
            }
        }
        for (long id : collection.written().keySet()) {
            Point row = collection.row(id);
            if (row != null && condition.matches(row.id(), row.payload())) {
                ids[found++] = row.id();
            }
        }
        return unsignedSorted(Arrays.copyOf(ids, found));
    }

    private static long[] unsignedSorted(long[] ids) {
        for (int i = 0; i < ids.length; i++) {
            ids[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(ids);
        for (int i = 0; i < ids.length; i++) {
            ids[i] ^= Long.MIN_VALUE;
        }
        return ids;
    }

    private void delete(PlannedCollection collection, long[] ids) {
        long[] deleted = new long[ids.length];
        int count = 0;
        for (long id : ids) {
            look();
            if (collection.delete(id)) {
                deleted[count++] = id;
            }
        }
        count(ids.length);
        if (count > 0) {
            add(
                    new Operation.Delete(collection.state().number(), Arrays.copyOf(deleted, count)),
                    (long) count * Long.BYTES);
        }
    }

    private void addEdges(PlannedCollection collection, List<Edge> edges, Step.IfPresent ifPresent) {
        List<Edge> added = new ArrayList<>(edges.size());
        List<Long> inTheWay = new ArrayList<>();
        long size = 0;
        for (Edge edge : edges) {
            Edge present = collection.edge(edge.id());
            boolean seen = present != null && collection.isInScope(present);
            if (seen && ifPresent == Step.IfPresent.SKIP) {
                continue;
            }
            if (present != null && !(seen && ifPresent == Step.IfPresent.REPLACE && present.connectsAs(edge))) {
                throw taken(collection, present, seen);
            }
            if (present == null && collection.isInTheWay(edge)) {
                inTheWay.add(edge.id());
            }
            collection.put(edge);
            added.add(edge);
        }
        count(edges.size());
        if (added.isEmpty()) {
            return;
        }
        if (!inTheWay.isEmpty()) {
            // of expired rows that no sweep came for yet; counts as nothing, since nobody could see them
            long[] hidden = inTheWay.stream().mapToLong(Long::longValue).toArray();
            add(new Operation.RemoveEdges(collection.state().number(), hidden), (long) hidden.length * Long.BYTES);
        }
        int n = added.size();
        long[] ids = new long[n];
        long[] sources = new long[n];
        long[] targets = new long[n];
        String[] labels = new String[n];
        byte[] @Nullable [] properties = new byte[n][];
        int most = session.engine().limits().maxPayloadSize();
        for (int i = 0; i < n; i++) {
            Edge edge = added.get(i);
            ids[i] = edge.id();
            sources[i] = edge.source();
            targets[i] = edge.target();
            labels[i] = edge.label();
            Obj values = edge.properties();
            byte[] json = values == null ? null : Payload.of(values).json();
            if (json != null && json.length > most) {
                throw new VelesException(
                        ErrorCode.GUARD_RAIL,
                        "properties of edge " + Long.toUnsignedString(edge.id()) + " have " + json.length
                                + " bytes, limits.max_payload_size is " + most + ": shorten them or raise the limit");
            }
            properties[i] = json;
            size += 3 * Long.BYTES + 2 + labels[i].length() * 3L + (json == null ? 0 : json.length);
        }
        add(new Operation.PutEdges(collection.state().number(), ids, sources, targets, labels, properties), size);
    }

    /** @param seen false when the caller must not learn what connects what */
    private static VelesException taken(PlannedCollection collection, Edge present, boolean seen) {
        String text = "edge id " + Long.toUnsignedString(present.id()) + " is taken in collection '"
                + collection.state().name() + "'";
        return new VelesException(
                ErrorCode.EDGE_EXISTS,
                seen
                        ? text + " by " + Long.toUnsignedString(present.source()) + " -[" + present.label() + "]-> "
                                + Long.toUnsignedString(present.target())
                                + ": use another id, or remove that edge first"
                        : text + ": use another id");
    }

    private void removeEdges(PlannedCollection collection, long[] ids) {
        long[] removed = new long[ids.length];
        int count = 0;
        for (long id : ids) {
            if (collection.removeEdge(id)) {
                removed[count++] = id;
            }
        }
        count(ids.length);
        if (count > 0) {
            add(
                    new Operation.RemoveEdges(collection.state().number(), Arrays.copyOf(removed, count)),
                    (long) count * Long.BYTES);
        }
    }

    /** To be called for every row that a step looks at. */
    private void look() {
        if (++looked % CHECK_EVERY == 0) {
            signal.check();
        }
    }

    private void count(long more) {
        acted += more;
        if (acted > Limits.MAX_BATCH_POINTS) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + acted + " operations is over the limit of " + Limits.MAX_BATCH_POINTS
                            + ": split it, or narrow the condition");
        }
    }

    private void add(Operation operation, long size) {
        bytes += size;
        if (operation instanceof Operation.Upsert upsert && upsert.vectors() != null) {
            bytes += (long) upsert.vectors().length * Float.BYTES;
        }
        if (bytes > Limits.MAX_BATCH_BYTES) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "a batch of " + bytes + " bytes is over the limit of " + Limits.MAX_BATCH_BYTES + ": split it");
        }
        operations.add(operation);
    }
}
