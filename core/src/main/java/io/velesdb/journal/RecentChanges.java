package io.velesdb.journal;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A journal in memory that forgets: it holds the last changes up to a number and a size. Thread-safe. */
public final class RecentChanges implements Journal {
    /** What a database in memory keeps of its past. */
    public static final int MOST_CHANGES = 1_024;

    public static final int MOST_BYTES = 4 << 20;

    private final ArrayDeque<byte[]> records = new ArrayDeque<>();
    private final int mostChanges;
    private final int mostBytes;
    private long bytes;
    private long lastLsn;

    public RecentChanges() {
        this(MOST_CHANGES, MOST_BYTES);
    }

    RecentChanges(int mostChanges, int mostBytes) {
        this.mostChanges = mostChanges;
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized void append(long lsn, byte[] record, int length) {
        lastLsn = lsn;
        if (length > mostBytes) {
            records.clear();
            bytes = 0;
            return;
        }
        records.add(Arrays.copyOf(record, length));
        bytes += length;
        while (records.size() > mostChanges || bytes > mostBytes) {
            bytes -= records.remove().length;
        }
    }

    @Override
    public synchronized boolean takeBack(long lsn) {
        if (lsn != lastLsn) {
            return false;
        }
        if (!records.isEmpty()) {
            bytes -= records.removeLast().length;
        }
        lastLsn--;
        return true;
    }

    @Override
    public synchronized ChangeCursor read(long fromLsn) {
        if (fromLsn < oldest()) {
            throw Journal.gone(fromLsn, oldest());
        }
        return new Cursor(fromLsn);
    }

    private long oldest() {
        return lastLsn - records.size() + 1;
    }

    private synchronized byte @Nullable [] record(long lsn) {
        if (lsn > lastLsn) {
            return null;
        }
        if (lsn < oldest()) {
            throw Journal.gone(lsn, oldest());
        }
        int skip = (int) (lsn - oldest());
        for (byte[] record : records) {
            if (skip-- == 0) {
                return record;
            }
        }
        return null;
    }

    private final class Cursor implements ChangeCursor {
        private long next;

        Cursor(long next) {
            this.next = next;
        }

        @Override
        public @Nullable Change next(long appliedLsn) {
            byte[] record = next > appliedLsn ? null : record(next);
            return record == null ? null : ChangeCodec.decode(next++, record);
        }

        @Override
        public long await(long nanos) {
            return 0;
        }

        @Override
        public void close() {}
    }
}
