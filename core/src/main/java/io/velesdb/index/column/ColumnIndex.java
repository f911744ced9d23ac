package io.velesdb.index.column;

import io.velesdb.CollectionStatistics;
import io.velesdb.FieldStatistics;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one collection: what a filter can be answered from without reading payloads. One writer appends, saves
 * and compacts; any number of readers evaluate filters on a {@link View} that was published to them (through a volatile
 * field, say), beside the writer and without locks.
 */
public final class ColumnIndex {
    private final Fields fields;
    private int slots;

    /** An index of no slots. */
    public ColumnIndex() {
        this(new Fields(), 0);
    }

    private ColumnIndex(Fields fields, int slots) {
        this.fields = fields;
        this.slots = slots;
    }

    /** Adds the row version in {@code slot}; slots ascend without gaps. */
    public void append(int slot, @Nullable Obj payload) {
        if (slot != slots) {
            throw new IllegalArgumentException("slot " + slot + " after " + slots + " slots");
        }
        if (payload != null) {
            fields.add(slot, payload);
        }
        slots = slot + 1;
    }

    /** What was appended so far, for readers. */
    public View view() {
        return new View(fields, slots);
    }

    /** A new index in which slot i is the old slot {@code kept[i]}, for i below {@code count}; {@code kept} ascends. */
    public ColumnIndex compact(int[] kept, int count) {
        int[] renamed = new int[slots];
        Arrays.fill(renamed, -1);
        for (int i = 0; i < count; i++) {
            renamed[kept[i]] = i;
        }
        return new ColumnIndex(fields.rename(renamed), count);
    }

    /** Writes everything appended so far. */
    public void save(BinaryWriter out) {
        out.writeVarInt(slots);
        fields.save(out);
    }

    /**
     * Reads back what {@link #save} wrote.
     *
     * @param slots the slots that the collection has
     * @throws io.velesdb.VelesException the code of {@code in} when that is something else
     */
    public static ColumnIndex load(BinaryReader in, int slots) {
        int saved = in.readVarInt();
        if (saved != slots) {
            throw in.damaged("columns of " + saved + " slots for " + slots);
        }
        ColumnIndex loaded = new ColumnIndex(Fields.load(in, slots), slots);
        in.expectEnd();
        return loaded;
    }

    /** What the columns cannot tell is read from the rows. */
    public interface RowReader {
        /** The id of the point whose version stands in {@code slot}. */
        long id(int slot);

        /** The payload of the row version in {@code slot}, or null for none. */
        @Nullable
        Obj payload(int slot);
    }

    /** A published state. Immutable. */
    public static final class View {
        private final Fields fields;
        private final int slots;

        private View(Fields fields, int slots) {
            this.fields = fields;
            this.slots = slots;
        }

        /** False when no row has the field, dead ones included; true when some may. */
        public boolean mayHave(FieldPath field) {
            return fields.find(field.members()) != null || fields.withMore().count() > 0;
        }

        /** What an index on these columns holds. */
        public IndexInfo info(IndexDefinition definition) {
            Column column = fields.find(definition.field().members());
            return column == null
                    ? new IndexInfo(definition, 0, 0, 0)
                    : new IndexInfo(definition, column.distinct(), column.present.count(), 0);
        }

        /**
         * Evaluates a filter: the same rows as {@link Filter#matches} on each. Payloads are read only of live rows that
         * the columns leave undecided. Nothing is allocated that grows with the number of slots.
         *
         * @param rows the rows of this state
         * @param live the slots to consider
         * @param cancellation asked now and then
         * @param into receives filter and live, (slots + 63) / 64 words, whatever it held before
         * @return the number of bits set
         */
        public int evaluate(Filter filter, RowReader rows, long[] live, Cancellation cancellation, long[] into) {
            Workspace workspace = Workspace.acquire();
            try {
                return new Evaluation(fields, slots, rows, cancellation, workspace).run(filter, live, into);
            } finally {
                workspace.release();
            }
        }

        /** The way from the slots of this state to the values of a field. */
        public FieldKeys keys(FieldPath field, RowReader rows) {
            boolean ofPayload = !field.isId() && !field.members().isEmpty();
            Column column = ofPayload ? fields.find(field.members()) : null;
            return new FieldKeys(field, rows, column, ofPayload && !mayHave(field));
        }

        /**
         * The statistics of every field that one of the rows has, by path.
         *
         * @param rows the rows of this state
         * @param words a bit per row to look at
         * @param cancellation asked now and then
         */
        public Map<String, FieldStatistics> statistics(RowReader rows, long[] words, Cancellation cancellation) {
            Map<String, FieldStatistics> found = new TreeMap<>();
            fields.forEach((names, column) -> {
                FieldPath path = CollectionStatistics.pathOf(names);
                FieldStatistics field = new FieldAnalysis(column, path, rows, words, slots, cancellation).run();
                if (field != null) {
                    found.put(path.toString(), field);
                }
            });
            return found;
        }
    }
}
