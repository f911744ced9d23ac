package io.velesdb.engine;

import io.velesdb.AccessRequest;
import io.velesdb.ChangeEvent;
import io.velesdb.ChangeSet;
import io.velesdb.Edge;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.journal.Change;
import io.velesdb.journal.ChangeCursor;
import io.velesdb.journal.Operation;
import io.velesdb.journal.Payload;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the journal as the changes that users know: by the names of collections, without the engine's own work. */
public final class ChangeReader {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Session session;
    private final Engine engine;
    private final ChangeCursor cursor;

    /** Read and not shown yet: the caller was refused, and may be admitted at the next call. */
    private @Nullable Change refused;

    private long nextLsn;
    private boolean closed;

    /**
     * @throws VelesException VELES-010 for a number that no change has yet, but for the next one; VELES-026 when the journal
     *     does not hold it any more; VELES-027 when the observer does not let the caller read everything
     */
    public ChangeReader(Session session, long fromLsn) {
        this.session = session;
        engine = session.engine();
        session.authoriseAll();
        long last = engine.snapshot().lsn();
        if (fromLsn < 1 || fromLsn > last + 1) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "there is no change " + fromLsn + ": use 1 to " + (last + 1) + ", which will be the next one");
        }
        nextLsn = fromLsn;
        cursor = engine.readJournal(fromLsn);
    }

    public long nextLsn() {
        return nextLsn;
    }

    public void close() {
        closed = true;
        cursor.close();
    }

    /** The next change set; null when there is none within the time. */
    public @Nullable ChangeSet poll(long timeoutMillis) {
        if (closed) {
            throw new VelesException(ErrorCode.IO, "the change stream is closed: open another one");
        }
        long left = timeoutMillis > Long.MAX_VALUE / NANOS_PER_MILLI ? Long.MAX_VALUE : timeoutMillis * NANOS_PER_MILLI;
        while (true) {
            Change change = next();
            if (change == null) {
                left = left == 0 ? 0 : cursor.await(left);
                if (left == 0) {
                    change = next();
                }
            }
            if (change == null) {
                if (left == 0) {
                    return null;
                }
                continue;
            }
            refused = change;
            List<ChangeEvent> events = events(change);
            refused = null;
            nextLsn++;
            if (!events.isEmpty()) {
                return new ChangeSet(change.lsn(), change.timeMillis(), events);
            }
        }
    }

    private @Nullable Change next() {
        if (refused != null) {
            return refused;
        }
        return cursor.next(engine.snapshot().lsn());
    }

    private List<ChangeEvent> events(Change change) {
        List<ChangeEvent> events = new ArrayList<>(change.operations().size());
        for (Operation operation : change.operations()) {
            ChangeEvent event = event(change.lsn(), operation);
            if (event != null) {
                session.authoriseWhole(AccessRequest.Kind.SELECT, event.collection());
                events.add(event);
            }
        }
        return events;
    }

    private @Nullable ChangeEvent event(long lsn, Operation operation) {
        return switch (operation) {
            case Operation.CreateCollection create -> new ChangeEvent.CollectionCreated(create.name(), create.schema());
            case Operation.DropCollection drop -> new ChangeEvent.CollectionDeleted(name(lsn, drop));
            case Operation.Upsert upsert -> new ChangeEvent.RowsUpserted(name(lsn, upsert), points(upsert));
            case Operation.Delete delete -> new ChangeEvent.RowsDeleted(name(lsn, delete), list(delete.ids()));
            case Operation.PutEdges put -> new ChangeEvent.EdgesPut(name(lsn, put), edges(put));
            case Operation.RemoveEdges remove -> new ChangeEvent.EdgesRemoved(name(lsn, remove), list(remove.ids()));
            case Operation.Truncate truncate -> new ChangeEvent.Truncated(name(lsn, truncate));
            case Operation.TrainQuantizer train ->
                new ChangeEvent.QuantizerTrained(name(lsn, train), train.mode(), train.quantization());
            case Operation.CreateIndex create -> new ChangeEvent.IndexCreated(name(lsn, create), create.definition());
            case Operation.DropIndex drop -> new ChangeEvent.IndexDropped(name(lsn, drop), drop.definition());
            // what the database does for itself: no answer becomes another
            case Operation.Repair repair -> null;
            case Operation.Compact compact -> null;
            case Operation.Analyze analyze -> null;
            case Operation.SetAutoReindex setting -> null;
            case Operation.LinkVectors link -> null;
            case Operation.Reindex reindex -> null;
        };
    }

    private String name(long lsn, Operation operation) {
        String name = engine.nameOf(operation.collection());
        if (name == null) {
            throw new VelesException(
                    ErrorCode.EPOCH_MISMATCH,
                    "change " + lsn
                            + " concerns a collection that was deleted before the database was opened, and whose"
                            + " name is known no more: read the collections anew, then subscribe from a later change");
        }
        return name;
    }

    private static List<Point> points(Operation.Upsert upsert) {
        int rows = upsert.ids().length;
        float[] vectors = upsert.vectors();
        boolean[] vectorless = upsert.vectorless();
        int dimension = vectors == null || rows == 0 ? 0 : vectors.length / rows;
        List<Point> points = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Payload payload = upsert.payloads()[row];
            boolean none = vectors == null || vectorless != null && vectorless[row];
            points.add(new Point(
                    upsert.ids()[row],
                    none ? null : Arrays.copyOfRange(vectors, row * dimension, (row + 1) * dimension),
                    payload == null ? null : payload.value(),
                    upsert.sparseOf(row)));
        }
        return points;
    }

    private static List<Edge> edges(Operation.PutEdges put) {
        List<Edge> edges = new ArrayList<>(put.ids().length);
        for (int i = 0; i < put.ids().length; i++) {
            byte[] json = put.properties()[i];
            Obj properties = json == null ? null : Json.parsePayload(json, 0, json.length);
            edges.add(new Edge(put.ids()[i], put.sources()[i], put.targets()[i], put.labels()[i], properties));
        }
        return edges;
    }

    private static List<Long> list(long[] ids) {
        List<Long> all = new ArrayList<>(ids.length);
        for (long id : ids) {
            all.add(id);
        }
        return all;
    }
}
