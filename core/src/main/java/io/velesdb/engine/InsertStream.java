package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.StreamingConfig;
import io.velesdb.VelesException;
import io.velesdb.host.BackgroundTask;
import io.velesdb.journal.UpsertBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points of one collection on their way: accepted, and not written yet. They are written in the order in which they came,
 * by the host's background task, or where there is none by whoever fills a batch. A point leaves only when it was
 * written. Thread-safe; accepting never waits for writing.
 */
final class InsertStream {
    private final Session session;
    private final Engine engine;
    private final String name;
    private final int number;
    private final ArrayDeque<Point> waiting = new ArrayDeque<>();

    /** Held while a batch is written: never wait for it with the monitor of this object. */
    private final Object writing = new Object();

    private StreamingConfig config;
    private @Nullable BackgroundTask task;

    /** Why the last batch could not be written, or was not from then on. */
    private @Nullable VelesException failure;

    private boolean dead;
    private long accepted;
    private long written;

    InsertStream(Session session, String name, int number, StreamingConfig config) {
        this.session = session;
        engine = session.engine();
        this.name = name;
        this.number = number;
        this.config = config;
    }

    int number() {
        return number;
    }

    /** Begins, goes on after the worker died, or goes on with other settings. Points that wait stay. */
    void start(StreamingConfig settings) {
        stopTask();
        synchronized (this) {
            config = settings;
            dead = false;
            failure = null;
            task = engine.platform().background("velesdb-stream-" + name, this::work);
        }
    }

    /** Takes points, all or none. They are checked already. */
    void accept(List<Point> points) {
        boolean full;
        synchronized (this) {
            if (dead) {
                throw death();
            }
            if (waiting.size() + points.size() > config.bufferSize()) {
                throw new VelesException(
                        ErrorCode.GUARD_RAIL,
                        "the stream into collection '" + name + "' holds " + waiting.size() + " points and takes "
                                + config.bufferSize() + " (buffer_size), " + points.size()
                                + " more do not fit: try again later, insert fewer, or raise it"
                                + (failure == null ? "" : "; the last batch failed: " + failure.getMessage()));
            }
            boolean first = waiting.isEmpty();
            waiting.addAll(points);
            accepted += points.size();
            full = waiting.size() >= config.batchSize();
            BackgroundTask worker = task;
            if (worker != null) {
                if (first || full) {
                    worker.wake();
                }
                return;
            }
        }
        if (full) {
            try {
                writeWholeBatches();
            } catch (VelesException kept) {
                // these points are accepted all the same; the next call is told
            }
        }
    }

    private void writeWholeBatches() {
        while (isFull()) {
            writeBatch();
        }
    }

    private synchronized boolean isFull() {
        return waiting.size() >= config.batchSize();
    }

    private long work(boolean rested) {
        try {
            if (rested) {
                drain();
            } else {
                writeWholeBatches();
            }
        } catch (VelesException kept) {
            // whoever flushes or inserts is told; the points wait
        }
        synchronized (this) {
            return waiting.isEmpty() || dead ? BackgroundTask.Work.UNTIL_WOKEN : config.flushIntervalMillis();
        }
    }

    /** Writes everything accepted so far; on return it is as durable as any write. */
    void drain() {
        long goal;
        synchronized (this) {
            goal = accepted;
        }
        while (true) {
            synchronized (this) {
                if (written >= goal) {
                    return;
                }
            }
            writeBatch();
        }
    }

    private void writeBatch() {
        synchronized (writing) {
            List<Point> batch = head();
            if (batch.isEmpty()) {
                return;
            }
            try {
                CollectionSnapshot state = engine.snapshot().find(number);
                if (state == null) {
                    // deleted: with all that it was to hold
                    written(Integer.MAX_VALUE);
                    return;
                }
                UpsertBuilder rows = UpsertBuilder.of(state.schema(), engine.limits(), batch);
                long count = engine.commit(rows.operation(number), name);
                written(batch.size());
                session.tell(observer -> observer.upserted(name, count));
            } catch (VelesException refusal) {
                failed(refusal, refusal.code() != ErrorCode.IO && refusal.code() != ErrorCode.COLLECTION_NOT_FOUND);
            } catch (RuntimeException unexpected) {
                failed(
                        new VelesException(
                                ErrorCode.INTERNAL, "writing failed unexpectedly: " + unexpected, unexpected),
                        true);
            }
        }
    }

    private synchronized List<Point> head() {
        if (dead) {
            throw death();
        }
        List<Point> batch = new ArrayList<>(Math.min(waiting.size(), config.batchSize()));
        Iterator<Point> next = waiting.iterator();
        while (next.hasNext() && batch.size() < config.batchSize()) {
            batch.add(next.next());
        }
        return batch;
    }

    private synchronized void written(int count) {
        for (int left = count; left > 0 && !waiting.isEmpty(); left--) {
            waiting.remove();
            written++;
        }
        failure = null;
    }

    private void failed(VelesException cause, boolean forGood) {
        synchronized (this) {
            failure = cause;
            dead = forGood;
            if (forGood) {
                throw death();
            }
        }
        throw new VelesException(cause);
    }

    private VelesException death() {
        VelesException cause = failure;
        return new VelesException(
                ErrorCode.INTERNAL,
                "the stream into collection '" + name + "' ended, " + waiting.size() + " accepted points wait in it: "
                        + (cause == null ? "it was closed" : cause.getMessage())
                        + "; mend the cause and enable streaming again, which writes them",
                cause);
    }

    /** Writes what waits and takes no more. When that fails, the stream goes on. */
    void close() {
        drain();
        synchronized (this) {
            dead = true;
        }
        stopTask();
    }

    /** Takes no more, whatever waits. */
    void abandon() {
        synchronized (this) {
            dead = true;
        }
        stopTask();
    }

    /** Without the monitor: the task may be waiting for it. */
    private void stopTask() {
        BackgroundTask worker;
        synchronized (this) {
            worker = task;
            task = null;
        }
        if (worker != null) {
            worker.stop();
        }
    }
}
