package io.velesdb.embedded.file;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file channel that interrupts cannot hurt. A {@link FileChannel} closes itself when a thread that uses it is
 * interrupted, and takes every other user down with it. Here a call hides a pending interrupt while it runs; one that
 * arrives in the middle costs a reopened channel and a repeated call, which is harmless since every call names its
 * position.
 */
final class LocalFile implements DataFile {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path path;
    private final boolean writable;
    private final Object syncing = new Object();

    private volatile FileChannel channel;
    private volatile boolean closed;

    /**
     * Open since before the first sync, used only after an interrupted one. The interrupted call may have swallowed a
     * write error, and the system reports an error once to each open file: a channel opened later would hear nothing.
     */
    private @Nullable FileChannel witness;

    private @Nullable IOException syncFailure;

    private LocalFile(Path path, boolean writable, FileChannel channel) {
        this.path = path;
        this.writable = writable;
        this.channel = channel;
    }

    static LocalFile open(Path path, boolean writable) throws IOException {
        // a folder can be opened and fails later, without its name; a pipe would wait for somebody to write into it
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "it is not a file");
        }
        Set<OpenOption> options =
                writable ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE) : READ;
        return new LocalFile(path, writable, FileChannel.open(path, options));
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        int start = into.position();
        uninterrupted(c -> {
            while (into.hasRemaining()) {
                if (c.read(into, position + into.position() - start) < 0) {
                    throw new EOFException(path + " ends before byte " + (position + into.limit() - start));
                }
            }
            return null;
        });
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
        int start = from.position();
        uninterrupted(c -> {
            while (from.hasRemaining()) {
                c.write(from, position + from.position() - start);
            }
            return null;
        });
    }

    @Override
    public void truncate(long size) throws IOException {
        uninterrupted(c -> {
            long now = c.size();
            if (size < now) {
                c.truncate(size);
            } else if (size > now) {
                c.write(ByteBuffer.allocate(1), size - 1);
            }
            return null;
        });
    }

    @Override
    public void sync() throws IOException {
        synchronized (syncing) {
            if (syncFailure != null) {
                throw new IOException("an earlier sync of " + path + " failed", syncFailure);
            }
            if (witness == null) {
                witness = FileChannel.open(path, READ_WRITE);
            }
            try {
                force(witness);
            } catch (IOException e) {
                syncFailure = e;
                throw e;
            }
        }
    }

    private void force(FileChannel witness) throws IOException {
        boolean interrupted = Thread.interrupted();
        FileChannel c = channel;
        try {
            c.force(false);
        } catch (ClosedChannelException e) {
            interrupted |= Thread.interrupted();
            reopen(c, e);
            syncThroughWitness(witness);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** On a thread of its own, which nobody can interrupt. */
    private static void syncThroughWitness(FileChannel witness) throws IOException {
        IOException[] failure = new IOException[1];
        Thread thread = Thread.ofPlatform().name("velesdb-sync").daemon().start(() -> {
            try {
                witness.force(false);
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @Override
    public MemorySegment map(long offset, long length, boolean privateCopy) throws IOException {
        return uninterrupted(c -> {
            // FileChannel.map would extend a writable file instead of failing.
            if (offset < 0 || length < 0 || offset > c.size() - length) {
                throw new EOFException(path + " ends before byte " + offset + " + " + length);
            }
            return c.map(privateCopy ? MapMode.PRIVATE : MapMode.READ_ONLY, offset, length, Arena.ofAuto());
        });
    }

    @Override
    public void close() throws IOException {
        synchronized (syncing) {
            closeForGood();
            if (witness != null) {
                witness.close();
            }
        }
    }

    private synchronized void closeForGood() throws IOException {
        closed = true;
        channel.close();
    }

    private interface Call<T extends @Nullable Object> {
        T on(FileChannel channel) throws IOException;
    }

    private <T extends @Nullable Object> T uninterrupted(Call<T> call) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel c = channel;
                try {
                    return call.on(c);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen(c, e);
                } catch (ClosedChannelException e) {
                    // Somebody else was interrupted in the same channel, or the file is closed.
                    reopen(c, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // another thread may have opened a new channel already
    private synchronized void reopen(FileChannel broken, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == broken) {
            channel = FileChannel.open(path, writable ? READ_WRITE : READ);
        }
    }
}
