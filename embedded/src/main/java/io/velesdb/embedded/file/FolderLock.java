package io.velesdb.embedded.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file. The operating system keeps other processes out and gives the lock back when this one
 * ends. Within the process it would not do: a second channel on the file, merely closed, gives the first one's lock
 * back. So holders are also entered in a register that all class loaders share, before the file is opened.
 */
final class FolderLock implements Closeable {
    private static final String REGISTER = "io.velesdb.open.";

    private final String key;
    private @Nullable FileChannel channel;

    private FolderLock(String key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    static @Nullable FolderLock tryLock(Path path) throws IOException {
        Object identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        String key = REGISTER
                + (identity != null ? identity.toString() : path.toRealPath().toString());
        Properties register = System.getProperties();
        if (register.putIfAbsent(key, path.toString()) != null) {
            return null;
        }
        FolderLock lock = null;
        try {
            lock = take(key, path);
            return lock;
        } finally {
            if (lock == null) {
                register.remove(key);
            }
        }
    }

    private static @Nullable FolderLock take(String key, Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean interrupted = Thread.interrupted();
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? null : new FolderLock(key, channel);
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        FileChannel held = channel;
        if (held == null) {
            return;
        }
        channel = null;
        try {
            held.close();
        } finally {
            System.getProperties().remove(key);
        }
    }
}
