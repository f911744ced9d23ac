package io.velesdb.embedded.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileSystemTest extends FileSystemContract {
    @TempDir
    private Path temporary;

    @Override
    FileSystem fileSystem() {
        return new LocalFileSystem();
    }

    @Override
    Path emptyFolder() {
        return temporary;
    }

    @Test
    void aLockKeepsOtherProcessesOutEvenAfterFailedAttemptsHere() throws Exception {
        Path path = temporary.resolve("LOCK");
        FileSystem files = new LocalFileSystem();
        try (Closeable held = files.tryLock(path)) {
            assertThat(held).isNotNull();
            assertThat(files.tryLock(path)).isNull();
            assertThat(otherProcessGets(path)).isEqualTo("refused");
        }
        assertThat(otherProcessGets(path)).isEqualTo("granted");
    }

    @Test
    void aLockIsSeenThroughALinkToTheFolder() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("real"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        FileSystem files = new LocalFileSystem();
        try (Closeable held = files.tryLock(folder.resolve("LOCK"))) {
            assertThat(held).isNotNull();
            assertThat(files.tryLock(link.resolve("LOCK"))).isNull();
        }
    }

    @Test
    void anotherClassLoaderOfThisProcessIsKeptOut() throws Exception {
        Path path = temporary.resolve("LOCK");
        URL classes =
                LocalFileSystem.class.getProtectionDomain().getCodeSource().getLocation();
        try (Closeable held = new LocalFileSystem().tryLock(path);
                URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
            assertThat(held).isNotNull();
            Class<?> twin = loader.loadClass(LocalFileSystem.class.getName());
            assertThat(twin).isNotSameAs(LocalFileSystem.class);
            Object files = twin.getConstructor().newInstance();
            assertThat(twin.getMethod("tryLock", Path.class).invoke(files, path))
                    .isNull();
            assertThat(otherProcessGets(path)).isEqualTo("refused");
        }
    }

    private static String otherProcessGets(Path path) throws IOException, InterruptedException {
        URL tests = LockProbe.class.getProtectionDomain().getCodeSource().getLocation();
        URL classes =
                LocalFileSystem.class.getProtectionDomain().getCodeSource().getLocation();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of(java.net.URI.create(tests.toString()))
                                + java.io.File.pathSeparator
                                + Path.of(java.net.URI.create(classes.toString())),
                        LockProbe.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Runs in a process of its own. */
    static final class LockProbe {
        private LockProbe() {}

        public static void main(String[] arguments) throws IOException {
            Closeable lock = new LocalFileSystem().tryLock(Path.of(arguments[0]));
            System.out.println(lock == null ? "refused" : "granted");
        }
    }
}
