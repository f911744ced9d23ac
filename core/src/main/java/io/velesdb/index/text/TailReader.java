package io.velesdb.index.text;

/** Walks the tail of {@link Postings}. */
final class TailReader {
    private final byte[] bytes;
    private int at;
    private int slot;
    private int frequency;
    private int positionsFrom;

    TailReader(Postings postings) {
        bytes = postings.tail;
        slot = postings.blocks.count() == 0 ? -1 : postings.blocks.last(postings.blocks.count() - 1);
    }

    /** Steps to the next posting; the caller counts them. */
    void next() {
        long code = read();
        slot += 1 + (int) (code >>> 1);
        frequency = (code & 1) == 0 ? 1 : 2 + (int) read();
        positionsFrom = at;
        at = VarLongs.skip(bytes, at, frequency);
    }

    int slot() {
        return slot;
    }

    int frequency() {
        return frequency;
    }

    int positionsFrom() {
        return positionsFrom;
    }

    int positionsTo() {
        return at;
    }

    private long read() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
