package io.velesdb.index.column;

import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import org.jspecify.annotations.Nullable;

/** The columns of one collection: what a filter can be answered from without reading payloads. */
public final class ColumnIndex {
    private static final int ROWS_BETWEEN_CHECKS = 256;

    private int slots;

    /** Adds the row version in {@code slot}; slots ascend without gaps. */
    public void append(int slot, @Nullable Obj payload) {
        slots = slot + 1;
    }

    /** What was appended so far, for readers. */
    public View view() {
        return new View(slots);
    }

    /** A new index in which slot i is the old slot {@code kept[i]}. */
    public ColumnIndex compact(int[] kept, int count) {
        ColumnIndex compacted = new ColumnIndex();
        compacted.slots = count;
        return compacted;
    }

    public void save(BinaryWriter out) {
        out.writeVarInt(slots);
    }

    /** Reads back what {@link #save} wrote. */
    public static ColumnIndex load(BinaryReader in, int slots) {
        ColumnIndex loaded = new ColumnIndex();
        loaded.slots = in.readVarInt();
        if (loaded.slots != slots) {
            throw in.damaged("columns of " + loaded.slots + " slots for " + slots);
        }
        in.expectEnd();
        return loaded;
    }

    /** What the columns cannot tell is read from the rows. */
    public interface RowReader {
        long id(int slot);

        @Nullable
        Obj payload(int slot);
    }

    /** A published state. Immutable. */
    public static final class View {
        private final int slots;

        private View(int slots) {
            this.slots = slots;
        }

        /**
         * Evaluates a filter.
         *
         * @param live the slots to consider
         * @param into receives filter and live, (slots + 63) / 64 words, whatever it held before
         * @return the number of bits set
         */
        public int evaluate(Filter filter, RowReader rows, long[] live, Cancellation cancellation, long[] into) {
            int count = 0;
            int sinceCheck = 0;
            for (int word = 0; word < (slots + 63) >>> 6; word++) {
                long result = 0;
                for (long bits = live[word]; bits != 0; bits &= bits - 1) {
                    int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                    if (filter.matches(rows.id(slot), rows.payload(slot))) {
                        result |= Long.lowestOneBit(bits);
                        count++;
                    }
                    if (++sinceCheck == ROWS_BETWEEN_CHECKS) {
                        sinceCheck = 0;
                        cancellation.check();
                    }
                }
                into[word] = result;
            }
            return count;
        }
    }
}
