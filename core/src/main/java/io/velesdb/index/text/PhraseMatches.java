package io.velesdb.index.text;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Finds the rows in which tokens stand at given distances from each other, and how often. */
final class PhraseMatches {
    private final TreeMap<Integer, Integer> frequencies = new TreeMap<>();

    /**
     * Adds the occurrences in one field.
     *
     * @param lists by token
     * @param offsets by token, its distance from the first one
     */
    void add(Postings[] lists, long[] offsets) {
        PostingReader[] readers = new PostingReader[lists.length];
        for (int i = 0; i < lists.length; i++) {
            readers[i] = new PostingReader(lists[i]);
            if (!readers[i].next()) {
                return;
            }
        }
        int slot = 0;
        while (true) {
            int agreed = 0;
            while (agreed < readers.length) {
                PostingReader reader = readers[agreed];
                if (!reader.advance(slot)) {
                    return;
                }
                if (reader.slot() > slot) {
                    slot = reader.slot();
                    agreed = 0;
                } else {
                    agreed++;
                }
            }
            int occurrences = occurrences(readers, offsets);
            if (occurrences > 0) {
                frequencies.merge(slot, occurrences, Integer::sum);
            }
            slot++;
        }
    }

    private static int occurrences(PostingReader[] readers, long[] offsets) {
        int count = 0;
        PostingReader first = readers[0];
        for (int i = 0; i < first.frequency(); i++) {
            long start = first.positions()[i];
            boolean all = true;
            for (int t = 1; all && t < readers.length; t++) {
                all = Arrays.binarySearch(readers[t].positions(), 0, readers[t].frequency(), start + offsets[t]) >= 0;
            }
            count += all ? 1 : 0;
        }
        return count;
    }

    int size() {
        return frequencies.size();
    }

    MergedList list(DocumentLengths lengths, Bm25 bm25) {
        int[] slots = new int[frequencies.size()];
        int[] counts = new int[slots.length];
        int size = 0;
        for (Map.Entry<Integer, Integer> entry : frequencies.entrySet()) {
            slots[size] = entry.getKey();
            counts[size++] = entry.getValue();
        }
        return new MergedList(slots, counts, size, lengths, bm25);
    }
}
