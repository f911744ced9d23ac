package io.velesdb.embedded.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A file system in memory that behaves as badly as a real one may. Until it was synced, each write, cut, creation,
 * renaming and deletion is at the mercy of {@link #afterPowerLoss}: lost, kept, applied out of order, half-done, zeroed
 * or with a flipped bit, each on its own. Any call can be made to fail, the disk can be full, the plug can be pulled in
 * the middle of any call.
 *
 * <p>What it does not do is damage bytes that were synced before (a disk that does breaks every database); tests flip
 * those bits themselves with {@link #overwrite}.
 *
 * <p>The fallible calls are numbered from 1; everything but {@code size} and {@code close} is one. The same calls and
 * seed give the same result. Thread-safe.
 */
public final class SimulatedFileSystem implements FileSystem {
    /** What {@link #fail} makes of a call. */
    public enum Fault {
        /** Nothing is done. What a failed sync of a file did not make durable, no later sync of it does either. */
        ERROR,
        /** A write does its first half, then fails. Other calls: as ERROR. */
        SHORT_WRITE,
        /** A write finds no space: nothing is done. Other calls: as ERROR. */
        DISK_FULL
    }

    private final TreeMap<Path, SimulatedFile> names = new TreeMap<>();
    private final TreeMap<Path, SimulatedFile> durableNames = new TreeMap<>();
    private final List<NameChange> nameChanges = new ArrayList<>();
    private final Set<Path> locks = new HashSet<>();
    private final List<Long> syncs = new ArrayList<>();
    private final Set<Long> writes = new HashSet<>();

    private long calls;
    private long failingCall = -1;
    private long exhaustedCall = -1;
    private Fault fault = Fault.ERROR;
    private long lastCall = Long.MAX_VALUE;
    private long capacity = Long.MAX_VALUE;
    private long fullFrom = Long.MAX_VALUE;
    private boolean off;
    private boolean readOnly;

    public SimulatedFileSystem() {
        Path root = Path.of("/");
        names.put(root, new SimulatedFile(true));
        durableNames.put(root, names.get(root));
    }

    /**
     * A change of one folder's entries: {@code file} got the name {@code added} (or none) and lost the name
     * {@code removed} (or none).
     */
    private record NameChange(Path folder, SimulatedFile file, Path added, Path removed) {
        void applyTo(TreeMap<Path, SimulatedFile> names) {
            if (removed != null && names.get(removed) == file) {
                names.remove(removed);
            }
            if (added != null) {
                names.put(added, file);
            }
        }
    }

    // ---- What tests do to it

    /** Makes the call with this number fail once. */
    public synchronized void fail(long call, Fault how) {
        failingCall = call;
        fault = how;
    }

    /** Lets the call with this number find no memory, before it has done anything. */
    public synchronized void exhaust(long call) {
        exhaustedCall = call;
    }

    /** Pulls the plug in the middle of the call with this number: it and all later ones fail. */
    public synchronized void pullPlugAt(long call) {
        lastCall = call;
    }

    /** Pulls the plug now. */
    public synchronized void pullPlug() {
        off = true;
    }

    /** Whether the plug was pulled. */
    public synchronized boolean isOff() {
        return off;
    }

    /** Limits the bytes of all files together. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
        fullFrom = Long.MAX_VALUE;
    }

    /** From the call with this number on no file may grow, until {@link #capacity} says something else. */
    public synchronized void fullFrom(long call) {
        fullFrom = call;
    }

    /** Whether opening for writing and changes of folders are denied. */
    public synchronized void readOnly(boolean denied) {
        readOnly = denied;
    }

    /** The calls made so far. */
    public synchronized long calls() {
        return calls;
    }

    /** The numbers of the calls so far that made something durable. */
    public synchronized List<Long> syncs() {
        return List.copyOf(syncs);
    }

    /** The numbers of the calls so far that wrote to a file. */
    public synchronized Set<Long> writes() {
        return Set.copyOf(writes);
    }

    /** The bytes of all files together. */
    public synchronized long usedBytes() {
        return names.values().stream().mapToLong(SimulatedFile::size).sum();
    }

    /** The files, without folders. */
    public synchronized List<Path> files() {
        return names.entrySet().stream()
                .filter(e -> !e.getValue().folder)
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    /** The bytes of a file as they are now. */
    public synchronized byte[] content(Path path) {
        return names.get(key(path)).content();
    }

    /** Replaces a file by durable bytes, behind everybody's back. */
    public synchronized void overwrite(Path path, byte[] content) {
        SimulatedFile file = SimulatedFile.of(content);
        names.put(key(path), file);
        durableNames.put(key(path), file);
    }

    /** A copy of everything as it is now, all of it durable; this one stays usable. */
    public synchronized SimulatedFileSystem copy() {
        SimulatedFileSystem copy = new SimulatedFileSystem();
        names.forEach((path, file) -> {
            SimulatedFile twin = file.folder ? new SimulatedFile(true) : SimulatedFile.of(file.content());
            copy.names.put(path, twin);
            copy.durableNames.put(path, twin);
        });
        return copy;
    }

    /**
     * The process is killed and started again: nothing is lost, nothing becomes durable, locks are given back. Files
     * that the old process has open are dead to it.
     */
    public synchronized SimulatedFileSystem afterKill() {
        off = true;
        SimulatedFileSystem next = new SimulatedFileSystem();
        next.names.clear();
        next.names.putAll(names);
        next.durableNames.clear();
        next.durableNames.putAll(durableNames);
        next.nameChanges.addAll(nameChanges);
        return next;
    }

    /**
     * What a machine finds when it starts again after it lost power now. This one stays usable, so that one moment can
     * be crashed in many ways; {@link #pullPlug} first where threads may still be writing.
     *
     * @param damage gets a line for each thing that was done to unsynced changes
     */
    public synchronized SimulatedFileSystem afterPowerLoss(long seed, List<String> damage) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedFileSystem next = new SimulatedFileSystem();
        TreeMap<Path, SimulatedFile> left = new TreeMap<>(durableNames);
        for (NameChange change : nameChanges) {
            if (random.nextInt(5) < 3) {
                change.applyTo(left);
            } else {
                damage.add("lost "
                        + (change.added == null
                                ? "the deletion of " + change.removed
                                : change.removed == null
                                        ? "the creation of " + change.added
                                        : "the renaming of " + change.removed + " to " + change.added));
            }
        }
        left.forEach((path, file) -> {
            Path parent = path.getParent();
            if (parent != null && next.names.containsKey(parent)) {
                SimulatedFile survivor =
                        file.folder ? new SimulatedFile(true) : file.afterPowerLoss(random, path.toString(), damage);
                next.names.put(path, survivor);
                next.durableNames.put(path, survivor);
            }
        });
        return next;
    }

    // ---- The port

    @Override
    public synchronized DataFile open(Path path) throws IOException {
        enter("open", path);
        denyWhenReadOnly(path);
        Path key = key(path);
        SimulatedFile file = names.get(key);
        if (file == null) {
            folder(key.getParent());
            file = new SimulatedFile(false);
            change(new NameChange(key.getParent(), file, key, null));
        } else if (file.folder) {
            throw new FileNotFoundException(path + " is a folder");
        }
        leave();
        return new Handle(path, file, true);
    }

    @Override
    public synchronized DataFile openReadOnly(Path path) throws IOException {
        enter("open", path);
        SimulatedFile file = names.get(key(path));
        if (file == null || file.folder) {
            throw new NoSuchFileException(path.toString());
        }
        leave();
        return new Handle(path, file, false);
    }

    @Override
    public synchronized boolean exists(Path path) throws IOException {
        enter("exists", path);
        leave();
        return names.containsKey(key(path));
    }

    @Override
    public synchronized boolean isDirectory(Path path) throws IOException {
        enter("isDirectory", path);
        leave();
        SimulatedFile file = names.get(key(path));
        return file != null && file.folder;
    }

    @Override
    public synchronized List<Path> list(Path path) throws IOException {
        enter("list", path);
        leave();
        Path folder = folder(key(path));
        return names.keySet().stream()
                .filter(p -> folder.equals(p.getParent()))
                .map(p -> path.resolve(p.getFileName()))
                .toList();
    }

    @Override
    public synchronized void createDirectories(Path path) throws IOException {
        enter("createDirectories", path);
        denyWhenReadOnly(path);
        createFolders(key(path));
        leave();
    }

    private void createFolders(Path key) throws IOException {
        SimulatedFile file = names.get(key);
        if (file == null) {
            createFolders(key.getParent());
            change(new NameChange(key.getParent(), new SimulatedFile(true), key, null));
        } else if (!file.folder) {
            throw new FileAlreadyExistsException(key.toString());
        }
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        enter("delete", path);
        denyWhenReadOnly(path);
        Path key = key(path);
        SimulatedFile file = names.get(key);
        if (file != null) {
            if (names.keySet().stream().anyMatch(p -> key.equals(p.getParent()))) {
                throw new DirectoryNotEmptyException(path.toString());
            }
            change(new NameChange(key.getParent(), file, null, key));
        }
        leave();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        enter("rename", from);
        denyWhenReadOnly(from);
        SimulatedFile file = names.get(key(from));
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        Path target = key(to);
        if (!target.getParent().equals(key(from).getParent())) {
            throw new IOException("rename to another folder: " + from + " to " + to);
        }
        change(new NameChange(target.getParent(), file, target, key(from)));
        leave();
    }

    @Override
    public synchronized void syncDirectory(Path path) throws IOException {
        Path folder = key(path);
        enter("syncDirectory", path);
        leave();
        folder(folder);
        syncs.add(calls);
        nameChanges.removeIf(c -> {
            if (!c.folder.equals(folder)) {
                return false;
            }
            c.applyTo(durableNames);
            return true;
        });
    }

    @Override
    public synchronized Closeable tryLock(Path path) throws IOException {
        open(path);
        Path key = key(path);
        if (!locks.add(key)) {
            return null;
        }
        return new Closeable() {
            private boolean held = true;

            @Override
            public void close() {
                synchronized (SimulatedFileSystem.this) {
                    if (held) {
                        locks.remove(key);
                    }
                    held = false;
                }
            }
        };
    }

    private void denyWhenReadOnly(Path path) throws IOException {
        if (readOnly) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private void change(NameChange change) {
        change.applyTo(names);
        nameChanges.add(change);
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Path folder(Path key) throws IOException {
        SimulatedFile file = names.get(key);
        if (file == null) {
            throw new NoSuchFileException(key.toString());
        }
        if (!file.folder) {
            throw new NotDirectoryException(key.toString());
        }
        return key;
    }

    /** Counts a call, and fails it when that was asked for. */
    private void enter(String call, Path path) throws IOException {
        if (off) {
            throw new IOException("simulated: no power");
        }
        calls++;
        if (calls >= fullFrom) {
            capacity(usedBytes());
        }
        if (calls == exhaustedCall) {
            throw new OutOfMemoryError("simulated: " + call + " of " + path);
        }
        if (calls == failingCall) {
            throw new IOException("simulated: " + call + " of " + path + " failed");
        }
    }

    /** The plug is pulled in a call after it has done its work and before anybody knows. */
    private void leave() throws IOException {
        if (calls >= lastCall) {
            off = true;
            throw new IOException("simulated: no power");
        }
    }

    private final class Handle implements DataFile {
        private final Path path;
        private final SimulatedFile file;
        private final boolean writable;
        private boolean closed;
        private boolean syncFailed;

        Handle(Path path, SimulatedFile file, boolean writable) {
            this.path = path;
            this.file = file;
            this.writable = writable;
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedFileSystem.this) {
                check(false);
                return file.size();
            }
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            synchronized (SimulatedFileSystem.this) {
                check(false);
                enter("read", path);
                if (position > file.size() - into.remaining()) {
                    throw new EOFException(path + " ends before byte " + (position + into.remaining()));
                }
                byte[] bytes = new byte[into.remaining()];
                file.read(position, bytes);
                into.put(bytes);
                leave();
            }
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            synchronized (SimulatedFileSystem.this) {
                check(true);
                byte[] bytes = new byte[from.remaining()];
                from.get(from.position(), bytes);
                try {
                    writes.add(calls + 1);
                    enter("write", path);
                } catch (IOException e) {
                    if (!off && fault == Fault.SHORT_WRITE) {
                        file.write(position, java.util.Arrays.copyOf(bytes, bytes.length / 2));
                    } else if (!off && fault == Fault.DISK_FULL) {
                        throw new IOException("simulated: No space left on device", e);
                    }
                    throw e;
                }
                long growth = Math.max(0, position + bytes.length - file.size());
                if (growth > 0 && usedBytes() + growth > capacity) {
                    int fits = (int) Math.max(0, bytes.length - (usedBytes() + growth - capacity));
                    file.write(position, java.util.Arrays.copyOf(bytes, fits));
                    throw new IOException("simulated: No space left on device");
                }
                file.write(position, bytes);
                leave();
                from.position(from.limit());
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (SimulatedFileSystem.this) {
                check(true);
                enter("truncate", path);
                file.truncate(size);
                leave();
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimulatedFileSystem.this) {
                check(false);
                if (syncFailed) {
                    throw new IOException("an earlier sync of " + path + " failed");
                }
                try {
                    enter("sync", path);
                    leave();
                } catch (IOException e) {
                    if (!off) {
                        file.syncFailed();
                    }
                    syncFailed = true;
                    throw e;
                }
                syncs.add(calls);
                file.sync();
            }
        }

        @Override
        public MemorySegment map(long offset, long length, boolean privateCopy) throws IOException {
            synchronized (SimulatedFileSystem.this) {
                check(privateCopy);
                enter("map", path);
                if (offset < 0 || length < 0 || offset > file.size() - length) {
                    throw new EOFException(path + " ends before byte " + offset + " + " + length);
                }
                leave();
                return file.map(offset, length, privateCopy);
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedFileSystem.this) {
                closed = true;
            }
        }

        private void check(boolean writing) throws IOException {
            if (closed) {
                throw new java.nio.channels.ClosedChannelException();
            }
            if (writing && !writable) {
                throw new IOException(path + " was opened for reading only");
            }
        }
    }
}
