package io.velesdb.index.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Full blocks of postings, compressed. Slots are stored as their distance from the first of the block, in as many bits as
 * the greatest takes, or as a bitmap where that is smaller; frequencies less one in as many bits as their greatest takes, none
 * where all are one. So a posting is found without unpacking those before it. Positions are kept apart, as they come.
 *
 * <p>For block-max skipping (Ding and Suel, SIGIR 2011) each block keeps up to three pairs of frequency and length such that
 * each of its postings has at most the frequency and at least the length of one of them; what they are worth depends on the
 * average length of the moment.
 *
 * <p>Immutable; {@link #plus} shares the arrays and writes behind what earlier ones know of, so only the newest may be added to.
 */
final class Blocks {
    private static final int SIZE = PostingList.BLOCK;

    /** Ints per block in {@link #directory}: first and last slot, offset of the data, widths, offset of the positions. */
    private static final int ENTRY = 5;

    private static final int PAIRS = 3;

    static final Blocks NONE = new Blocks(0, new int[0], new long[0], 0, new byte[0], 0, new int[0]);

    private final int count;
    private final int[] directory;
    private final long[] data;
    private final int dataLength;
    private final byte[] positions;
    private final int positionsLength;

    /** Per block PAIRS times frequency and length; frequency 0 for pairs that are not needed. */
    private final int[] pairs;

    private volatile @Nullable Bounds bounds;

    private record Bounds(Bm25 bm25, double[] values) {}

    private Blocks(
            int count,
            int[] directory,
            long[] data,
            int dataLength,
            byte[] positions,
            int positionsLength,
            int[] pairs) {
        this.count = count;
        this.directory = directory;
        this.data = data;
        this.dataLength = dataLength;
        this.positions = positions;
        this.positionsLength = positionsLength;
        this.pairs = pairs;
    }

    int count() {
        return count;
    }

    int first(int block) {
        return directory[block * ENTRY];
    }

    int last(int block) {
        return directory[block * ENTRY + 1];
    }

    byte[] positions() {
        return positions;
    }

    /** Where the positions of a block begin. */
    int positionsFrom(int block) {
        return directory[block * ENTRY + 4];
    }

    /** The same in arrays of its own, which another list may add to. */
    Blocks fork() {
        return new Blocks(
                count,
                Arrays.copyOf(directory, count * ENTRY),
                Arrays.copyOf(data, dataLength),
                dataLength,
                Arrays.copyOf(positions, positionsLength),
                positionsLength,
                Arrays.copyOf(pairs, count * 2 * PAIRS));
    }

    /**
     * These blocks and one more.
     *
     * @param slots {@link PostingList#BLOCK} ascending slots above all earlier ones
     * @param lengths of the documents, no greater than they are
     * @param more the positions of all postings of the block
     */
    Blocks plus(int[] slots, int[] frequencies, int[] lengths, byte[] more, int moreLength) {
        int first = slots[0];
        int last = slots[SIZE - 1];
        int slotBits = bits(last - first);
        int bitmapLongs = (last - first >>> 6) + 1;
        boolean bitmap = bitmapLongs <= 2 * slotBits;
        int slotLongs = bitmap ? bitmapLongs : 2 * slotBits;
        int most = 0;
        for (int i = 0; i < SIZE; i++) {
            most = Math.max(most, frequencies[i] - 1);
        }
        int frequencyBits = bits(most);

        int newDataLength = Math.addExact(dataLength, slotLongs + 2 * frequencyBits);
        long[] newData = newDataLength <= data.length ? data : Arrays.copyOf(data, grown(newDataLength, data.length));
        if (bitmap) {
            for (int i = 0; i < SIZE; i++) {
                int place = slots[i] - first;
                newData[dataLength + (place >>> 6)] |= 1L << place;
            }
        } else {
            for (int i = 0; i < SIZE; i++) {
                pack(newData, dataLength, i * slotBits, slots[i] - first);
            }
        }
        for (int i = 0; i < SIZE && frequencyBits > 0; i++) {
            pack(newData, dataLength + slotLongs, i * frequencyBits, frequencies[i] - 1);
        }

        int at = count * ENTRY;
        int[] newDirectory = at + ENTRY <= directory.length
                ? directory
                : Arrays.copyOf(directory, grown(at + ENTRY, directory.length));
        newDirectory[at] = first;
        newDirectory[at + 1] = last;
        newDirectory[at + 2] = dataLength;
        newDirectory[at + 3] = (bitmap ? 0 : slotBits) << 8 | frequencyBits;
        newDirectory[at + 4] = positionsLength;

        int newPositionsLength = Math.addExact(positionsLength, moreLength);
        byte[] newPositions = newPositionsLength <= positions.length
                ? positions
                : Arrays.copyOf(positions, grown(newPositionsLength, positions.length));
        System.arraycopy(more, 0, newPositions, positionsLength, moreLength);

        int from = count * 2 * PAIRS;
        int[] newPairs =
                from + 2 * PAIRS <= pairs.length ? pairs : Arrays.copyOf(pairs, grown(from + 2 * PAIRS, pairs.length));
        fillPairs(frequencies, lengths, newPairs, from);
        return new Blocks(count + 1, newDirectory, newData, newDataLength, newPositions, newPositionsLength, newPairs);
    }

    private static int grown(int needed, int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, length + (length >>> 1)));
    }

    private static int bits(int value) {
        return 32 - Integer.numberOfLeadingZeros(value);
    }

    /**
     * The pairs that no other beats in both: by falling frequency the length falls too. Beyond {@link #PAIRS}, the last one
     * stands for the rest.
     */
    private static void fillPairs(int[] frequencies, int[] lengths, int[] into, int from) {
        int above = Integer.MAX_VALUE;
        int shortest = Integer.MAX_VALUE;
        for (int pair = 0; pair < PAIRS; pair++) {
            int most = 0;
            for (int i = 0; i < SIZE; i++) {
                if (lengths[i] < shortest && frequencies[i] < above) {
                    most = Math.max(most, frequencies[i]);
                }
            }
            if (most == 0) {
                return;
            }
            boolean lastPair = pair == PAIRS - 1;
            int length = Integer.MAX_VALUE;
            for (int i = 0; i < SIZE; i++) {
                if (lastPair || frequencies[i] == most) {
                    length = Math.min(length, lengths[i]);
                }
            }
            into[from + 2 * pair] = most;
            into[from + 2 * pair + 1] = length;
            above = most;
            shortest = length;
        }
    }

    double[] bounds(Bm25 bm25) {
        Bounds known = bounds;
        if (known != null && known.bm25.equals(bm25)) {
            return known.values;
        }
        double[] values = new double[count];
        for (int block = 0; block < count; block++) {
            double most = 0;
            int from = block * 2 * PAIRS;
            for (int i = from; i < from + 2 * PAIRS && pairs[i] > 0; i += 2) {
                most = Math.max(most, bm25.weigh(pairs[i], pairs[i + 1]));
            }
            values[block] = most;
        }
        bounds = new Bounds(bm25, values);
        return values;
    }

    void decode(int block, int[] slots, int[] frequencies) {
        int at = block * ENTRY;
        int first = directory[at];
        int offset = directory[at + 2];
        int slotBits = directory[at + 3] >>> 8;
        int frequencyBits = directory[at + 3] & 0xFF;
        if (slotBits == 0) {
            int n = 0;
            int base = first;
            while (n < SIZE) {
                for (long rest = data[offset++]; rest != 0; rest &= rest - 1) {
                    slots[n++] = base + Long.numberOfTrailingZeros(rest);
                }
                base += 64;
            }
        } else {
            unpack(offset, slotBits, first, slots);
            offset += 2 * slotBits;
        }
        if (frequencyBits == 0) {
            Arrays.fill(frequencies, 0, SIZE, 1);
        } else {
            unpack(offset, frequencyBits, 1, frequencies);
        }
    }

    int frequency(int block, int slot) {
        int at = block * ENTRY;
        int offset = directory[at + 2];
        int slotBits = directory[at + 3] >>> 8;
        int frequencyBits = directory[at + 3] & 0xFF;
        int place = slot - directory[at];
        int index;
        int slotLongs;
        if (slotBits == 0) {
            int word = offset + (place >>> 6);
            if ((data[word] >>> place & 1) == 0) {
                return 0;
            }
            if (frequencyBits == 0) {
                return 1;
            }
            index = Long.bitCount(data[word] & (1L << place) - 1);
            for (int w = offset; w < word; w++) {
                index += Long.bitCount(data[w]);
            }
            slotLongs = (directory[at + 1] - directory[at] >>> 6) + 1;
        } else {
            int low = 0;
            int high = SIZE - 1;
            while (low < high) {
                int middle = low + high >>> 1;
                if (get(offset, middle * slotBits, slotBits) < place) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (get(offset, low * slotBits, slotBits) != place) {
                return 0;
            }
            if (frequencyBits == 0) {
                return 1;
            }
            index = low;
            slotLongs = 2 * slotBits;
        }
        return 1 + get(offset + slotLongs, index * frequencyBits, frequencyBits);
    }

    /** {@link #SIZE} values of {@code width} bits take 2 · width longs exactly. */
    private void unpack(int offset, int width, int add, int[] into) {
        long mask = (1L << width) - 1;
        int word = offset;
        long current = data[word];
        int used = 0;
        for (int i = 0; i < SIZE; i++) {
            long value = current >>> used;
            used += width;
            if (used >= 64) {
                used -= 64;
                word++;
                if (i < SIZE - 1) {
                    current = data[word];
                    if (used > 0) {
                        value |= current << width - used;
                    }
                }
            }
            into[i] = (int) (value & mask) + add;
        }
    }

    private int get(int offset, int bit, int width) {
        int word = offset + (bit >>> 6);
        int shift = bit & 63;
        long value = data[word] >>> shift;
        if (shift + width > 64) {
            value |= data[word + 1] << 64 - shift;
        }
        return (int) (value & (1L << width) - 1);
    }

    private static void pack(long[] into, int offset, int bit, long value) {
        int word = offset + (bit >>> 6);
        int shift = bit & 63;
        into[word] |= value << shift;
        if (shift > 0 && value >>> 64 - shift != 0) {
            into[word + 1] |= value >>> 64 - shift;
        }
    }
}
