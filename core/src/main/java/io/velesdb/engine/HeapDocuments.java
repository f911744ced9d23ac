package io.velesdb.engine;

import io.velesdb.host.DocumentStore;
import java.util.Arrays;

/** Documents in an array of arrays; a position is an index. Growing copies, so readers keep what was published. */
final class HeapDocuments implements DocumentStore {
    private volatile byte[][] documents = new byte[16][];
    private int count;
    private long bytes;

    @Override
    public void reserve(long wanted, int pieces) {}

    @Override
    public long append(byte[] source, int offset, int length) {
        byte[][] target = documents;
        if (count == target.length) {
            target = Arrays.copyOf(target, count + (count >>> 1));
        }
        target[count] = Arrays.copyOfRange(source, offset, offset + length);
        documents = target;
        bytes += length;
        return count++;
    }

    @Override
    public byte[] read(long position) {
        return documents[(int) position];
    }

    @Override
    public long length() {
        return bytes;
    }

    @Override
    public void sync() {}
}
