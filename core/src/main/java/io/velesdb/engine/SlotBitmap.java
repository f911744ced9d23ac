package io.velesdb.engine;

import java.util.Arrays;

/**
 * A persistent set of slots: pages of 4,096 bits, copied when first changed by an edit. Publishing a change of a few
 * slots costs a few pages of 512 bytes, however many slots there are.
 */
final class SlotBitmap {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 6);
    private static final long[] NO_SLOTS = new long[PAGE_WORDS];

    static final SlotBitmap EMPTY = new SlotBitmap(new long[0][], 0);

    private final long[][] pages;
    private final int cardinality;

    /** Made on first use: readers that scan want one flat array, and most snapshots are never asked for it. */
    private volatile long[] flat = NO_SLOTS;

    private SlotBitmap(long[][] pages, int cardinality) {
        this.pages = pages;
        this.cardinality = cardinality;
    }

    int cardinality() {
        return cardinality;
    }

    boolean contains(int slot) {
        int page = slot >>> PAGE_SHIFT;
        return page < pages.length && (pages[page][(slot >>> 6) & (PAGE_WORDS - 1)] & 1L << slot) != 0;
    }

    /** All bits as one array of at least (slots + 63) / 64 words. Shared: callers must not write to it. */
    @SuppressWarnings("ReferenceEquality") // the mark of what is not made yet
    long[] words() {
        long[] words = flat;
        if (words == NO_SLOTS) {
            words = new long[Math.max(1, pages.length) * PAGE_WORDS];
            for (int i = 0; i < pages.length; i++) {
                System.arraycopy(pages[i], 0, words, i * PAGE_WORDS, PAGE_WORDS);
            }
            flat = words;
        }
        return words;
    }

    /** The slots in it, ascending. */
    int[] slots() {
        int[] slots = new int[cardinality];
        int n = 0;
        for (int p = 0; p < pages.length; p++) {
            for (int w = 0; w < PAGE_WORDS; w++) {
                for (long word = pages[p][w]; word != 0; word &= word - 1) {
                    slots[n++] = (p << PAGE_SHIFT) + (w << 6) + Long.numberOfTrailingZeros(word);
                }
            }
        }
        return slots;
    }

    static SlotBitmap ofWords(long[] words, int count) {
        long[][] pages = new long[(count + PAGE_WORDS - 1) / PAGE_WORDS][];
        int cardinality = 0;
        for (int i = 0; i < pages.length; i++) {
            int from = i * PAGE_WORDS;
            long[] page = new long[PAGE_WORDS];
            System.arraycopy(words, from, page, 0, Math.min(PAGE_WORDS, count - from));
            for (long word : page) {
                cardinality += Long.bitCount(word);
            }
            pages[i] = page;
        }
        return new SlotBitmap(pages, cardinality);
    }

    Editor edit() {
        return new Editor(this);
    }

    /** A series of changes by one writer; {@link #bitmap} ends it. */
    static final class Editor {
        private long[][] pages;
        private boolean[] mine;
        private int cardinality;

        private Editor(SlotBitmap from) {
            pages = Arrays.copyOf(from.pages, from.pages.length);
            mine = new boolean[pages.length];
            cardinality = from.cardinality;
        }

        int cardinality() {
            return cardinality;
        }

        void add(int slot) {
            long[] page = page(slot >>> PAGE_SHIFT);
            int word = (slot >>> 6) & (PAGE_WORDS - 1);
            if ((page[word] & 1L << slot) == 0) {
                page[word] |= 1L << slot;
                cardinality++;
            }
        }

        void remove(int slot) {
            long[] page = page(slot >>> PAGE_SHIFT);
            int word = (slot >>> 6) & (PAGE_WORDS - 1);
            if ((page[word] & 1L << slot) != 0) {
                page[word] &= ~(1L << slot);
                cardinality--;
            }
        }

        SlotBitmap bitmap() {
            return new SlotBitmap(pages, cardinality);
        }

        private long[] page(int number) {
            if (number >= pages.length) {
                int before = pages.length;
                pages = Arrays.copyOf(pages, number + 1);
                mine = Arrays.copyOf(mine, number + 1);
                for (int i = before; i <= number; i++) {
                    pages[i] = new long[PAGE_WORDS];
                    mine[i] = true;
                }
            } else if (!mine[number]) {
                pages[number] = Arrays.copyOf(pages[number], PAGE_WORDS);
                mine[number] = true;
            }
            return pages[number];
        }
    }
}
