package io.velesdb.index.column;

import io.velesdb.CollectionStatistics;
import io.velesdb.FieldStatistics;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.IndexKind;
import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.host.Cancellation;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;
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

    /** False when no row has the field, dead ones included; true when some may. */
    public boolean mayHave(FieldPath field) {
        return mayHave(fields, field);
    }

    private static boolean mayHave(Fields fields, FieldPath field) {
        return fields.find(field.members()) != null || fields.withMore().count() > 0;
    }

    /** What was appended so far, for readers. */
    public View view() {
        return view(FieldIndexes.NONE);
    }

    /** What was appended so far, for readers, with the indexes of this very generation of rows. */
    public View view(FieldIndexes indexes) {
        return new View(fields, indexes, slots);
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
        private final FieldIndexes indexes;
        private final int slots;

        private View(Fields fields, FieldIndexes indexes, int slots) {
            this.fields = fields;
            this.indexes = indexes;
            this.slots = slots;
        }

        /** False when no row has the field, dead ones included; true when some may. */
        public boolean mayHave(FieldPath field) {
            return ColumnIndex.mayHave(fields, field);
        }

        /** What an index on these columns holds. */
        public IndexInfo info(IndexDefinition definition) {
            List<String> members = definition.field().members();
            Column column = fields.find(members);
            FieldIndexes.FieldIndex index = indexes.find(members);
            TrigramIndex trigrams = index.trigrams();
            GeoIndex points = index.points();
            if (definition.kind() == IndexKind.TRIGRAM && trigrams != null) {
                return new IndexInfo(
                        definition, trigrams.distinct(), trigrams.rows(), behind(definition), trigrams.memoryBytes());
            }
            if (definition.kind() == IndexKind.GEO && points != null) {
                GeoPoints found = points.current();
                return new IndexInfo(definition, found.size(), found.size(), behind(definition), found.memoryBytes());
            }
            long distinct = column == null ? 0 : column.distinct();
            SortedIndex sorted = definition.kind() == IndexKind.PROPERTY ? null : index.sorted();
            return sorted == null
                    ? new IndexInfo(definition, distinct, column == null ? 0 : column.present.count(), 0, 0)
                    : new IndexInfo(
                            definition,
                            distinct,
                            sorted.current().size(),
                            behind(definition),
                            sorted.current().memoryBytes());
        }

        /** Row versions that an index has not taken in yet. */
        public int behind(IndexDefinition definition) {
            FieldIndexes.FieldIndex index = indexes.find(definition.field().members());
            TrigramIndex trigrams = index.trigrams();
            GeoIndex points = index.points();
            SortedIndex sorted = index.sorted();
            int covered = switch (definition.kind()) {
                case SECONDARY, RANGE ->
                    sorted == null ? slots : sorted.current().covered();
                case TRIGRAM -> trigrams == null ? slots : trigrams.covered();
                case GEO -> points == null ? slots : points.current().covered();
                case PROPERTY -> slots;
            };
            return fields.find(definition.field().members()) == null ? 0 : Math.max(0, slots - covered);
        }

        /** Lets an index take in all rows of this state, unless another thread is at it. Never needed for an answer. */
        public void refresh(IndexDefinition definition, RowReader rows, Cancellation cancellation) {
            FieldPath path = definition.field();
            Column column = fields.find(path.members());
            FieldIndexes.FieldIndex index = indexes.find(path.members());
            if (column == null) {
                return;
            }
            ColumnValues values = new ColumnValues(column, path, rows);
            TrigramIndex trigrams = index.trigrams();
            GeoIndex points = index.points();
            SortedIndex sorted = index.sorted();
            if (definition.kind() == IndexKind.TRIGRAM && trigrams != null) {
                trigrams.advance(slots, column, values, cancellation);
            } else if (definition.kind() == IndexKind.GEO && points != null) {
                points.upTo(slots, column, values, cancellation);
            } else if (sorted != null) {
                sorted.upTo(slots, column, values, cancellation);
            }
        }

        /**
         * Walks selected slots that have a field in the order of its values. Costs O(log n) to begin and little per slot
         * passed, selected or not, so it pays where many are selected and few are wanted.
         *
         * @param rows the rows of this state
         * @param selected a bit per slot to report
         * @return null when the field has no sorted index, or it cannot be used now: then sort the rows
         */
        public @Nullable OrderedSlots ordered(
                FieldPath field, boolean ascending, RowReader rows, long[] selected, Cancellation cancellation) {
            SortedIndex index =
                    field.isId() ? null : indexes.find(field.members()).sorted();
            Column column = index == null ? null : fields.find(field.members());
            if (index == null || column == null) {
                return null;
            }
            ColumnValues values = new ColumnValues(column, field, rows);
            SortedRows sorted = index.upTo(slots, column, values, cancellation);
            return sorted == null ? null : new OrderedSlots(sorted, selected, slots, ascending);
        }

        /** Whether {@link #ordered} may find an order. */
        public boolean isOrdered(FieldPath field) {
            return !field.isId()
                    && indexes.find(field.members()).sorted() != null
                    && fields.find(field.members()) != null;
        }

        /** How many of the selected slots have the field, and how many of those that have not; for {@link #ordered}. */
        public int countWith(FieldPath field, long[] selected) {
            Column column = fields.find(field.members());
            return column == null ? 0 : column.present.countIn(selected, slots);
        }

        /** Whether the row version in a slot has the field. For fields that have a column. */
        public boolean has(FieldPath field, int slot) {
            Column column = fields.find(field.members());
            return column != null && column.present.contains(slot);
        }

        /**
         * The number of rows that {@link #evaluate} would select.
         *
         * @param live the slots to consider
         */
        public int count(Filter filter, RowReader rows, long[] live, Cancellation cancellation) {
            Workspace workspace = Workspace.acquire();
            try {
                long[] into = workspace.take(Bits.words(slots));
                int count =
                        new Evaluation(fields, indexes, slots, rows, cancellation, workspace).run(filter, live, into);
                workspace.giveBack(into);
                return count;
            } finally {
                workspace.release();
            }
        }

        /**
         * The selected rows by the value of a field, each value once, in no order that means anything. Values that the
         * column keeps are counted by their sets of slots, without a look at a row.
         *
         * @param field a member of the payload
         * @param selected a bit per row to count
         */
        public List<ValueCount> groupCount(
                FieldPath field, RowReader rows, long[] selected, Cancellation cancellation) {
            if (field.isId() || field.members().isEmpty()) {
                throw new IllegalArgumentException(field + " is no member of the payload");
            }
            Column column = fields.find(field.members());
            return new Grouping(column, field, rows, selected, slots, cancellation).run(fields.withMore());
        }

        /**
         * About how many rows a filter selects, in microseconds.
         *
         * @param rows the number of rows that it is about
         * @param statistics of the last ANALYZE; null for none
         */
        public RowEstimate estimate(Filter filter, int rows, @Nullable CollectionStatistics statistics) {
            return new Estimation(fields, slots, rows, statistics).run(filter);
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
                return new Evaluation(fields, indexes, slots, rows, cancellation, workspace).run(filter, live, into);
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
