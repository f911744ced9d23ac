package io.velesdb.embedded.file;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The file system of the machine. */
public final class LocalFileSystem implements FileSystem {
    /** Windows opens no folder as a file; its file systems order and journal directory changes themselves. */
    private static final boolean FOLDERS_CAN_SYNC = File.separatorChar == '/';

    @Override
    public DataFile open(Path path) throws IOException {
        return LocalFile.open(path, true);
    }

    @Override
    public DataFile openReadOnly(Path path) throws IOException {
        return LocalFile.open(path, false);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system under " + to + " cannot replace a file in one step", e);
        }
    }

    @Override
    public void syncDirectory(Path folder) throws IOException {
        if (!FOLDERS_CAN_SYNC) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public @Nullable Closeable tryLock(Path path) throws IOException {
        // Not by opening it: closing any channel of a file gives back every lock this process has on it.
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            // Left by an earlier process; only the lock on it counts.
        }
        return FolderLock.tryLock(path);
    }

    @Override
    public Path followed(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            }
        }
        return absolute;
    }
}
