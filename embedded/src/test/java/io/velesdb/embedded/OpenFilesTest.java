package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.VectorCollection;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of what was dropped are closed by the next checkpoint, whether their memory was collected or not. */
class OpenFilesTest {
    @TempDir
    Path folder;

    private final AtomicInteger open = new AtomicInteger();

    /** The machine's files, counted. */
    private FileSystem counting() {
        FileSystem files = new LocalFileSystem();
        return (FileSystem) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FileSystem.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(files, arguments);
                        return result instanceof DataFile file ? counted(file) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private DataFile counted(DataFile file) {
        open.incrementAndGet();
        return (DataFile) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataFile.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open.decrementAndGet();
                    }
                    try {
                        return method.invoke(file, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void ofDroppedCollectionsAndOldGenerations() {
        Options options = Options.DEFAULTS.withoutBackground().withThreads(1);
        try (Database database = VelesDb.open(counting(), folder.resolve("db"), options, () -> 0, (s, d) -> {})) {
            VectorCollection rows = database.createVectorCollection("rows", 2, Metric.DOT);
            rows.upsert(Point.of(1, new float[] {1, 2}, Obj.of("a", 1)));
            database.checkpoint();
            int before = open.get();
            Page read = rows.scroll(10);
            for (int i = 0; i < 5; i++) {
                database.createVectorCollection("c" + i, 2, Metric.DOT).upsert(Point.of(1, new float[] {1, 2}));
                database.deleteCollection("c" + i);
                rows.upsert(Point.of(2, new float[] {i, 2}, Obj.of("a", i)));
                rows.vacuum();
            }
            assertThat(open.get()).isGreaterThan(before + 10);
            database.checkpoint();
            assertThat(open.get()).isEqualTo(before);
            assertThat(rows.count()).isEqualTo(2);
            assertThat(read.points()).hasSize(1);
        }
        assertThat(open.get()).isZero();
    }
}
