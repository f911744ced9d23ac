package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.StreamingConfig;
import io.velesdb.VelesException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams of a database, one for each collection that has streaming enabled. Thread-safe. */
public final class InsertStreams {
    private final TreeMap<Integer, InsertStream> streams = new TreeMap<>();
    private boolean closed;

    /** Begins a stream into a collection, or gives the one that is there other settings and a new start. */
    public void enable(Session session, CollectionSnapshot collection, StreamingConfig config) {
        InsertStream stream;
        synchronized (this) {
            if (closed) {
                throw new VelesException(ErrorCode.IO, "the database is closed: open it again");
            }
            stream = streams.computeIfAbsent(
                    collection.number(), number -> new InsertStream(session, collection.name(), number, config));
        }
        stream.start(config);
    }

    /**
     * Takes points, all or none.
     *
     * @throws VelesException VELES-009 when streaming is not enabled, VELES-027 when the buffer is full, VELES-013 when the
     *     stream ended
     */
    public void accept(CollectionSnapshot collection, List<Point> points) {
        InsertStream stream = find(collection.number());
        if (stream == null) {
            throw new VelesException(
                    ErrorCode.CONFIG,
                    "streaming into collection '" + collection.name() + "' is not enabled: call enableStreaming first");
        }
        stream.accept(points);
    }

    private synchronized @Nullable InsertStream find(int collection) {
        return streams.get(collection);
    }

    /** Writes what waits and ends the stream; nothing when there is none. */
    public void disable(int collection) {
        InsertStream stream = find(collection);
        if (stream != null) {
            stream.close();
            synchronized (this) {
                streams.remove(collection, stream);
            }
        }
    }

    private synchronized List<InsertStream> all() {
        return new ArrayList<>(streams.values());
    }

    /**
     * Writes everything that was accepted.
     *
     * @throws VelesException why some of it could not be written; it waits on
     */
    public void drain() {
        eachOf(all(), InsertStream::drain);
    }

    /** Writes everything that was accepted and ends all streams, also when that fails. */
    public void close() {
        synchronized (this) {
            closed = true;
        }
        eachOf(all(), stream -> {
            try {
                stream.close();
            } finally {
                stream.abandon();
            }
        });
        synchronized (this) {
            streams.clear();
        }
    }

    private static void eachOf(List<InsertStream> streams, Consumer<InsertStream> action) {
        VelesException first = null;
        for (InsertStream stream : streams) {
            try {
                action.accept(stream);
            } catch (VelesException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
