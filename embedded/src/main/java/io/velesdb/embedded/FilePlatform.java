package io.velesdb.embedded;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.IoFailure;
import io.velesdb.embedded.storage.DatabaseFolder;
import io.velesdb.embedded.storage.PayloadLog;
import io.velesdb.embedded.vector.MappedVectorSpace;
import io.velesdb.embedded.vector.NativeCodes;
import io.velesdb.embedded.vector.NativeIntRows;
import io.velesdb.host.BackgroundTask;
import io.velesdb.host.Clock;
import io.velesdb.host.Concurrency;
import io.velesdb.host.Diagnostics;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.Platform;
import io.velesdb.host.StoreId;
import io.velesdb.host.TextFolding;
import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import io.velesdb.vector.quantize.CodeHost;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The host of an embedded database: vectors and documents in files of its folder, links in memory outside the heap.
 * Remembers which files it opened, so that a close can trim them and a dropped generation can be let go.
 */
final class FilePlatform implements Platform {
    private static final System.Logger LOG = System.getLogger("io.velesdb");

    /** Below this nobody looks: a process may usually have some hundred files open. */
    private static final int MOST_NEW = 64;

    private final DatabaseFolder folder;
    private final Concurrency concurrency;
    private final Clock clock;
    private final Diagnostics diagnostics;
    private final Map<StoreId, MappedVectorSpace> vectors = new HashMap<>();
    private final Map<StoreId, PayloadLog> documents = new HashMap<>();

    /** Stores that the last {@link #retain} left. */
    private int retained;

    private Runnable whenMany = () -> {};

    FilePlatform(DatabaseFolder folder, Concurrency concurrency, Clock clock, Diagnostics diagnostics) {
        this.folder = folder;
        this.concurrency = concurrency;
        this.clock = clock;
        this.diagnostics = diagnostics;
    }

    @Override
    public Concurrency concurrency() {
        return concurrency;
    }

    @Override
    public TextFolding textFolding() {
        return point -> Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public VectorSpace createVectors(StoreId id, int dimension, Metric metric) {
        return remember(id, openVectors(id, (file, name) -> MappedVectorSpace.create(file, name, dimension, metric)));
    }

    @Override
    public VectorSpace openVectors(
            StoreId id, int dimension, Metric metric, int size, CheckpointReader in, String prefix) {
        return remember(
                id,
                openVectors(
                        id, (file, name) -> MappedVectorSpace.open(file, name, dimension, metric, size, in, prefix)));
    }

    @Override
    public BackgroundTask background(String name, BackgroundTask.Work work) {
        return BackgroundThread.start(name, work);
    }

    @Override
    public CodeHost codes() {
        return NativeCodes.HOST;
    }

    @Override
    public DocumentStore createDocuments(StoreId id) {
        return remember(id, PayloadLog.create(folder.files(), folder.payload(id), id));
    }

    @Override
    public DocumentStore openDocuments(StoreId id, long length) {
        return remember(id, PayloadLog.open(folder.files(), folder.payload(id), id, length));
    }

    @Override
    public IntRows createRows(int stride) {
        return NativeIntRows.create(stride);
    }

    @Override
    public IntRows openRows(CheckpointReader in, String name, int stride) {
        return NativeIntRows.open(in, name, stride);
    }

    @Override
    public synchronized void discard(StoreId id) {
        MappedVectorSpace space = vectors.remove(id);
        if (space != null) {
            close(space::close);
        }
        PayloadLog log = documents.remove(id);
        if (log != null) {
            close(log::close);
        }
    }

    /**
     * Forgets stores that nothing durable and nothing new refers to, and closes their files. Readers that still hold them have
     * them in memory.
     */
    synchronized void retain(Set<StoreId> live) {
        vectors.forEach((id, space) -> {
            if (!live.contains(id)) {
                close(space::seal);
            }
        });
        documents.forEach((id, log) -> {
            if (!live.contains(id)) {
                close(log::seal);
            }
        });
        vectors.keySet().retainAll(live);
        documents.keySet().retainAll(live);
        retained = vectors.size() + documents.size();
    }

    /**
     * Asks to be told when {@link #holdsMany} becomes true.
     *
     * @param task run by whoever makes a store; it must not wait
     */
    synchronized void whenMany(Runnable task) {
        whenMany = task;
    }

    /** Once, when the last one has just made them many: whoever is told may have reasons to wait. */
    private void tellWhenMany() {
        if (vectors.size() + documents.size() - retained == Math.max(MOST_NEW, retained)) {
            whenMany.run();
        }
    }

    /**
     * Whether so many stores were made since the last {@link #retain} that those which were dropped meanwhile may keep too many
     * files open.
     */
    synchronized boolean holdsMany() {
        return vectors.size() + documents.size() - retained >= Math.max(MOST_NEW, retained);
    }

    /**
     * Gives back reserved space and closes the files, all of them. A file that cannot be trimmed is only longer than it
     * need be: the next opening cuts it.
     */
    synchronized void close() {
        for (MappedVectorSpace space : vectors.values()) {
            close(space::close);
        }
        for (PayloadLog log : documents.values()) {
            close(log::close);
        }
    }

    private static void close(Runnable closing) {
        try {
            closing.run();
        } catch (VelesException failure) {
            LOG.log(System.Logger.Level.WARNING, "a file was not closed as it should be: " + failure.getMessage());
        }
    }

    /** Makes a space of an open file. */
    private interface Opening {
        MappedVectorSpace open(DataFile file, String name);
    }

    private MappedVectorSpace openVectors(StoreId id, Opening opening) {
        Path path = folder.vectors(id);
        try {
            DataFile file = folder.files().open(path);
            MappedVectorSpace opened = null;
            try {
                opened = opening.open(file, path.toString());
                return opened;
            } finally {
                if (opened == null) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw IoFailure.of("open the vectors", path, e);
        }
    }

    private synchronized MappedVectorSpace remember(StoreId id, MappedVectorSpace space) {
        vectors.put(id, space);
        tellWhenMany();
        return space;
    }

    private synchronized PayloadLog remember(StoreId id, PayloadLog log) {
        documents.put(id, log);
        tellWhenMany();
        return log;
    }
}
