package io.velesdb.embedded.file;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One file or folder of {@link SimulatedFileSystem}: what every process sees now, and beside it what is certain to be
 * there after a crash plus the changes of which that is not certain.
 */
final class SimulatedFile {
    private static final int SECTOR = 512;

    final boolean folder;

    /** What everybody sees. The memory behind it doubles when the file outgrows it. */
    private MemorySegment current = Arena.ofAuto().allocate(0, 4096);

    private long size;
    private boolean mapped;

    /** Earlier memory that somebody has mapped; writes go there too. */
    private final List<MemorySegment> outgrown = new ArrayList<>();

    /** What is durable, followed by the changes since, in order. */
    private byte[] durable = {};

    private final List<Change> changes = new ArrayList<>();

    SimulatedFile(boolean folder) {
        this.folder = folder;
    }

    /** A write of bytes at a position, or with {@code bytes == null} a cut or extension to {@code position}. */
    private static final class Change {
        final long position;
        final byte[] bytes;
        State state = State.UNSYNCED;

        Change(long position, byte[] bytes) {
            this.position = position;
            this.bytes = bytes;
        }
    }

    private enum State {
        UNSYNCED,
        /** Was unsynced when a sync failed: no later sync makes it durable. */
        FORSAKEN,
        SYNCED
    }

    long size() {
        return size;
    }

    void read(long position, byte[] into) {
        MemorySegment.copy(current, ValueLayout.JAVA_BYTE, position, into, 0, into.length);
    }

    byte[] content() {
        byte[] all = new byte[Math.toIntExact(size)];
        read(0, all);
        return all;
    }

    void write(long position, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        extend(Math.max(size, position + bytes.length));
        MemorySegment.copy(bytes, 0, current, ValueLayout.JAVA_BYTE, position, bytes.length);
        for (MemorySegment old : outgrown) {
            int shared = (int) Math.min(bytes.length, old.byteSize() - position);
            if (shared > 0) {
                MemorySegment.copy(bytes, 0, old, ValueLayout.JAVA_BYTE, position, shared);
            }
        }
        changes.add(new Change(position, bytes));
    }

    void truncate(long to) {
        if (to < size) {
            current.asSlice(to, size - to).fill((byte) 0);
            size = to;
        } else {
            extend(to);
        }
        changes.add(new Change(to, null));
    }

    private void extend(long to) {
        if (to > current.byteSize()) {
            MemorySegment bigger = Arena.ofAuto().allocate(Math.max(to, Math.max(4096, 2 * current.byteSize())), 4096);
            MemorySegment.copy(current, 0, bigger, 0, size);
            if (mapped) {
                outgrown.add(current);
                mapped = false;
            }
            current = bigger;
        }
        size = to;
    }

    MemorySegment map(long offset, long length, boolean privateCopy) {
        if (privateCopy) {
            // As a real mapping is: the address is aligned like the offset.
            long slack = offset % 4096;
            MemorySegment copy = Arena.ofAuto().allocate(slack + length, 4096).asSlice(slack, length);
            return copy.copyFrom(current.asSlice(offset, length));
        }
        mapped = true;
        return current.asSlice(offset, length).asReadOnly();
    }

    boolean isUnsynced() {
        return changes.stream().anyMatch(c -> c.state != State.SYNCED);
    }

    void sync() {
        for (Change change : changes) {
            if (change.state == State.UNSYNCED) {
                change.state = State.SYNCED;
            }
        }
        int settled = 0;
        while (settled < changes.size() && changes.get(settled).state == State.SYNCED) {
            durable = apply(durable, changes.get(settled), changes.get(settled).bytes);
            settled++;
        }
        changes.subList(0, settled).clear();
    }

    void syncFailed() {
        for (Change change : changes) {
            if (change.state == State.UNSYNCED) {
                change.state = State.FORSAKEN;
            }
        }
    }

    /** The file as a new machine finds it after this one lost power; says to {@code damage} what was done to it. */
    SimulatedFile afterPowerLoss(SplittableRandom random, String name, List<String> damage) {
        byte[] content = Arrays.copyOf(durable, durable.length);
        List<Change> order = new ArrayList<>(changes);
        if (order.stream().noneMatch(c -> c.state == State.SYNCED) && random.nextInt(8) == 0) {
            Collections.shuffle(order, new java.util.Random(random.nextLong()));
        }
        for (Change change : order) {
            if (change.state == State.SYNCED) {
                content = apply(content, change, change.bytes);
                continue;
            }
            int fate = random.nextInt(20);
            if (fate < 8) {
                content = apply(content, change, change.bytes);
            } else if (fate < 13 || change.bytes == null) {
                damage.add(name + ": lost " + describe(change));
            } else {
                damage.add(name + ": " + (fate < 16 ? "half of " : fate < 18 ? "zeroed " : "flipped a bit of ")
                        + describe(change));
                content = apply(content, change, damaged(random, change.bytes, fate));
            }
        }
        return of(content);
    }

    private static byte[] damaged(SplittableRandom random, byte[] bytes, int fate) {
        if (fate == 13 || fate == 14) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        byte[] result = Arrays.copyOf(bytes, bytes.length);
        if (fate == 15) {
            for (int at = 0; at < result.length; at += SECTOR) {
                if (random.nextBoolean()) {
                    Arrays.fill(result, at, Math.min(at + SECTOR, result.length), (byte) 0);
                }
            }
        } else if (fate < 18) {
            Arrays.fill(result, (byte) 0);
        } else {
            result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return result;
    }

    private static String describe(Change change) {
        return change.bytes == null
                ? "a cut to " + change.position + " bytes"
                : change.bytes.length + " bytes at " + change.position;
    }

    private static byte[] apply(byte[] content, Change change, byte[] bytes) {
        if (change.bytes == null) {
            return Arrays.copyOf(content, Math.toIntExact(change.position));
        }
        int end = Math.toIntExact(change.position + bytes.length);
        byte[] result = end <= content.length ? content : Arrays.copyOf(content, end);
        System.arraycopy(bytes, 0, result, (int) change.position, bytes.length);
        return result;
    }

    /** A file of which everything is durable. */
    static SimulatedFile of(byte[] content) {
        SimulatedFile file = new SimulatedFile(false);
        file.write(0, content);
        file.sync();
        return file;
    }
}
