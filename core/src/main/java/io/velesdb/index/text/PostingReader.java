package io.velesdb.index.text;

import java.util.Arrays;

/** Walks all postings of a list with their positions. */
final class PostingReader {
    private final Postings postings;
    private final int[] slots = new int[PostingList.BLOCK];
    private final int[] frequencies = new int[PostingList.BLOCK];
    private final int blocks;
    private int block = -1;
    private int index = PostingList.BLOCK - 1;
    private final TailReader tail;
    private int tailIndex;
    private int slot = -1;
    private int frequency;
    private byte[] bytes;
    private int at;
    private boolean positionsRead;
    private long[] positions = new long[8];

    PostingReader(Postings postings) {
        this.postings = postings;
        blocks = postings.blocks.count();
        tail = new TailReader(postings);
        bytes = postings.blocks.positions();
    }

    /** Steps to the next posting; false at the end. */
    boolean next() {
        if (!positionsRead && frequency > 0) {
            at = VarLongs.skip(bytes, at, frequency);
        }
        positionsRead = false;
        if (block < blocks) {
            index++;
            if (index < PostingList.BLOCK || enter(block + 1)) {
                slot = slots[index];
                frequency = frequencies[index];
                return true;
            }
        }
        if (tailIndex == postings.tailCount) {
            return false;
        }
        tailIndex++;
        tail.next();
        bytes = postings.tail;
        slot = tail.slot();
        frequency = tail.frequency();
        at = tail.positionsFrom();
        return true;
    }

    /** Steps to the first posting at or above a slot, unless it stands there or above already; false at the end. */
    boolean advance(int wanted) {
        int ahead = Math.max(block, 0);
        while (ahead < blocks && postings.blocks.last(ahead) < wanted) {
            ahead++;
        }
        if (ahead > block && slot < wanted && block < blocks) {
            // stands before the first posting of that block
            frequency = 0;
            block = ahead - 1;
            index = PostingList.BLOCK - 1;
            if (!next()) {
                return false;
            }
        }
        while (slot < wanted) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    private boolean enter(int next) {
        block = next;
        index = 0;
        if (block == blocks) {
            return false;
        }
        postings.blocks.decode(block, slots, frequencies);
        at = postings.blocks.positionsFrom(block);
        return true;
    }

    int slot() {
        return slot;
    }

    int frequency() {
        return frequency;
    }

    /** As many as {@link #frequency}; good until the next step. */
    long[] positions() {
        if (!positionsRead) {
            readPositions();
            positionsRead = true;
        }
        return positions;
    }

    private void readPositions() {
        if (frequency > positions.length) {
            positions = Arrays.copyOf(positions, Math.max(frequency, 2 * positions.length));
        }
        long before = -1;
        for (int i = 0; i < frequency; i++) {
            long value = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                value |= (next & 0x7FL) << shift;
                shift += 7;
            } while (next < 0);
            before += value + 1;
            positions[i] = before;
        }
    }
}
