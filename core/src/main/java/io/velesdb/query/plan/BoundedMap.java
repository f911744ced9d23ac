package io.velesdb.query.plan;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map from texts with a bound on its entries and on their bytes. Where a new one has no room, the oldest goes; one that was
 * asked for since it came, or since it was last spared, is spared and counts as new ("second chance"), so that texts that come
 * once do not push out those that come again and again. Thread-safe; looking up takes no lock.
 */
final class BoundedMap<V> {
    /** No entry takes more than this share of all bytes. */
    private static final int SHARES = 32;

    private static final class Entry<V> {
        final V value;
        final long bytes;

        /** Written without synchronisation: whether it is seen at once decides nothing but who goes first. */
        boolean asked;

        Entry(V value, long bytes) {
            this.value = value;
            this.bytes = bytes;
        }
    }

    private final int mostEntries;
    private final long mostBytes;
    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();

    /** The same entries, the oldest first; guarded by this, as all writing is. */
    private final Map<String, Entry<V>> byAge = new LinkedHashMap<>();

    private long bytes;

    BoundedMap(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /** The value of a text, or null. */
    @Nullable
    V get(String text) {
        Entry<V> entry = entries.get(text);
        if (entry == null) {
            return null;
        }
        if (!entry.asked) {
            entry.asked = true;
        }
        return entry.value;
    }

    /** As {@link #get}, without counting as asked for. */
    @Nullable
    V peek(String text) {
        Entry<V> entry = entries.get(text);
        return entry == null ? null : entry.value;
    }

    /** Keeps a value, unless it is so large that many others would have to go for it. */
    synchronized void put(String text, V value, long weight) {
        Entry<V> replaced = byAge.remove(text);
        if (replaced != null) {
            bytes -= replaced.bytes;
            entries.remove(text);
        }
        if (weight > mostBytes / SHARES) {
            return;
        }
        while (byAge.size() >= mostEntries || bytes + weight > mostBytes) {
            passOldest();
        }
        Entry<V> entry = new Entry<>(value, weight);
        byAge.put(text, entry);
        entries.put(text, entry);
        bytes += weight;
    }

    /** Spares the oldest entry, once, or drops it. */
    private void passOldest() {
        Iterator<Map.Entry<String, Entry<V>>> oldest = byAge.entrySet().iterator();
        Map.Entry<String, Entry<V>> candidate = oldest.next();
        String text = candidate.getKey();
        Entry<V> entry = candidate.getValue();
        oldest.remove();
        if (entry.asked) {
            entry.asked = false;
            byAge.put(text, entry);
        } else {
            entries.remove(text);
            bytes -= entry.bytes;
        }
    }

    synchronized void clear() {
        entries.clear();
        byAge.clear();
        bytes = 0;
    }

    synchronized int size() {
        return byAge.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
