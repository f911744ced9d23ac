package io.velesdb.index.text;

import java.util.Arrays;

/**
 * The postings of one token in one field or in all: full {@link Blocks}, and behind them a tail of up to 127 postings as a
 * stream of numbers. A posting of the tail is the slots passed over, doubled, plus one when a frequency beyond one follows;
 * then its positions, each as the distance from the one before.
 *
 * <p>The writer changes what it made in its own epoch, and copies what readers may have seen; see {@link Term}. Arrays are shared
 * between such versions and only written behind what earlier ones know of.
 */
final class Postings {
    private static final int SIZE = PostingList.BLOCK;

    /** When it was made: a version of the writer's present epoch has been seen by nobody. */
    final int epoch;

    /** Postings whose rows live: the document frequency. */
    int live;

    Blocks blocks = Blocks.NONE;
    int last = -1;
    int tailCount;
    int tailLength;
    byte[] tail;

    Postings(int epoch) {
        this.epoch = epoch;
        tail = new byte[8];
    }

    private Postings(int epoch, Postings from, Blocks blocks, byte[] tail) {
        this.epoch = epoch;
        live = from.live;
        last = from.last;
        tailCount = from.tailCount;
        tailLength = from.tailLength;
        this.blocks = blocks;
        this.tail = tail;
    }

    /** The next version. */
    Postings next(int now) {
        return new Postings(now, this, blocks, tail);
    }

    /** The same in arrays of its own: the start of another list. */
    Postings fork(int now) {
        return new Postings(now, this, blocks.fork(), Arrays.copyOf(tail, Math.max(8, tailLength)));
    }

    /** All postings, of dead rows too. */
    int count() {
        return blocks.count() * SIZE + tailCount;
    }

    /**
     * Adds a posting above all earlier ones.
     *
     * @param positions [from, from + frequency) ascend
     * @param lengths of documents, this one included
     */
    void append(int slot, long[] positions, int from, int frequency, Lengths lengths) {
        byte[] target = tail;
        if (tailLength + 20L + 10L * frequency > target.length) {
            int needed = need(slot, positions, from, frequency);
            if (needed > target.length) {
                target = Arrays.copyOf(tail, Math.max(needed, tail.length + (tail.length >>> 1)));
            }
        }
        int at = VarLongs.write(target, tailLength, (long) (slot - last - 1) << 1 | (frequency > 1 ? 1 : 0));
        if (frequency > 1) {
            at = VarLongs.write(target, at, frequency - 2L);
        }
        long before = -1;
        for (int i = from; i < from + frequency; i++) {
            at = VarLongs.write(target, at, positions[i] - before - 1);
            before = positions[i];
        }
        tail = target;
        tailLength = at;
        tailCount++;
        last = slot;
        if (tailCount == SIZE) {
            seal(lengths);
        }
    }

    /** The length of the tail with this posting, exactly. */
    private int need(int slot, long[] positions, int from, int frequency) {
        long size =
                (long) tailLength + bytes((long) slot - last - 1 << 1) + (frequency > 1 ? bytes(frequency - 2L) : 0);
        long before = -1;
        for (int i = from; i < from + frequency; i++) {
            size += bytes(positions[i] - before - 1);
            before = positions[i];
        }
        return Math.toIntExact(size);
    }

    private static int bytes(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private void seal(Lengths lengths) {
        int[] slots = new int[SIZE];
        int[] frequencies = new int[SIZE];
        byte[] positions = new byte[tailLength];
        TailReader reader = new TailReader(this);
        int length = 0;
        int[] documentLengths = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            reader.next();
            slots[i] = reader.slot();
            frequencies[i] = reader.frequency();
            documentLengths[i] = lengths.get(slots[i]);
            int size = reader.positionsTo() - reader.positionsFrom();
            System.arraycopy(tail, reader.positionsFrom(), positions, length, size);
            length += size;
        }
        blocks = blocks.plus(slots, frequencies, documentLengths, positions, length);
        tail = new byte[Math.min(64, tail.length)];
        tailCount = 0;
        tailLength = 0;
    }
}
