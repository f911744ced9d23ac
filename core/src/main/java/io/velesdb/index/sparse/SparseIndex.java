package io.velesdb.index.sparse;

import io.velesdb.ErrorCode;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.index.hnsw.SlotIds;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sparse vectors of one collection, by name: exact search by inner product. One writer appends, removes, saves and
 * compacts; any number of readers search a {@link View} that was published to them (through a volatile field, say), beside the
 * writer and without locks.
 *
 * <pre>{@code
 * SparseIndex index = new SparseIndex();
 * index.append(0, Map.of("", SparseVector.of(new int[] {17, 905}, new float[] {0.4f, 1.2f})));
 * ScoredSlots best = index.view().search("", query, 10, null, slot -> slot, Cancellation.NONE);
 * }</pre>
 */
public final class SparseIndex {
    /** Never changed once it was published: another name makes another map. */
    private SortedMap<String, NamedLists> names;

    private int slots;

    /** An index of no slots. */
    public SparseIndex() {
        this(new TreeMap<>(), 0);
    }

    private SparseIndex(SortedMap<String, NamedLists> names, int slots) {
        this.names = names;
        this.slots = slots;
    }

    /** Adds the row version in {@code slot} with its vectors by name; slots ascend without gaps. */
    public void append(int slot, Map<String, SparseVector> vectors) {
        if (slot != slots) {
            throw new IllegalArgumentException("slot " + slot + " after " + slots + " slots");
        }
        for (Map.Entry<String, SparseVector> entry : vectors.entrySet()) {
            NamedLists lists = names.get(entry.getKey());
            if (lists == null) {
                lists = new NamedLists();
                names = new TreeMap<>(names);
                names.put(entry.getKey(), lists);
            }
            lists.append(slot, entry.getValue());
            lists.rows++;
        }
        slots = slot + 1;
    }

    /** Takes note that the row version in {@code slot}, appended with these vectors, is dead. Call it once. */
    public void remove(int slot, Map<String, SparseVector> vectors) {
        if (slot < 0 || slot >= slots) {
            throw new IllegalArgumentException("slot " + slot + " of " + slots + " slots");
        }
        for (String name : vectors.keySet()) {
            NamedLists lists = names.get(name);
            if (lists == null || lists.rows == 0) {
                throw new IllegalArgumentException("no row has a sparse vector '" + name + "'");
            }
            lists.rows--;
        }
    }

    /** True when a row version has a vector, dead ones included. */
    public boolean hasVectors() {
        return !names.isEmpty();
    }

    /** What was appended so far, for readers. */
    public View view() {
        return new View(names, slots);
    }

    /** A new index in which slot i is the old slot {@code kept[i]}, for i below {@code count}: the live ones, ascending. */
    public SparseIndex compact(int[] kept, int count) {
        int[] renamed = new int[slots];
        Arrays.fill(renamed, -1);
        for (int i = 0; i < count; i++) {
            renamed[kept[i]] = i;
        }
        TreeMap<String, NamedLists> result = new TreeMap<>();
        for (Map.Entry<String, NamedLists> entry : names.entrySet()) {
            if (entry.getValue().rows > 0) {
                result.put(entry.getKey(), entry.getValue().rename(renamed));
            }
        }
        return new SparseIndex(result, count);
    }

    /** Writes everything appended so far. */
    public void save(BinaryWriter out) {
        out.writeVarInt(slots);
        out.writeVarInt(names.size());
        for (Map.Entry<String, NamedLists> entry : names.entrySet()) {
            out.writeString(entry.getKey());
            entry.getValue().save(out);
        }
    }

    /**
     * Reads back what {@link #save} wrote.
     *
     * @param slots the slots that the collection has
     * @throws VelesException the code of {@code in} when that is something else
     */
    public static SparseIndex load(BinaryReader in, int slots) {
        int saved = in.readVarInt();
        if (saved != slots) {
            throw in.damaged("sparse vectors of " + saved + " slots for " + slots);
        }
        TreeMap<String, NamedLists> names = new TreeMap<>();
        int count = in.readCount(3);
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            if (names.put(name, NamedLists.load(in, slots)) != null) {
                throw in.damaged("name " + name + " stands twice");
            }
        }
        in.expectEnd();
        return new SparseIndex(names, slots);
    }

    /** The refusal of a name that no row carries. */
    public static VelesException unknown(String name) {
        return new VelesException(
                ErrorCode.SPARSE_INDEX,
                "sparse index '" + name + "' is unknown: no row has a sparse vector of that name");
    }

    /** A published state. Immutable. */
    public static final class View {
        private final SortedMap<String, NamedLists> names;
        private final int[] rows;
        private final int slots;

        private View(SortedMap<String, NamedLists> names, int slots) {
            this.names = names;
            this.slots = slots;
            rows = new int[names.size()];
            int i = 0;
            for (NamedLists lists : names.values()) {
                rows[i++] = lists.rows;
            }
        }

        /** How many rows carry a vector under this name. */
        public int rows(String name) {
            int i = 0;
            for (String known : names.keySet()) {
                if (known.equals(name)) {
                    return rows[i];
                }
                i++;
            }
            return 0;
        }

        /**
         * The {@code k} best rows that share an index with the query, by inner product.
         *
         * @param name a name that rows carry; of the name {@code ""} there may be none
         * @param k at least 1
         * @param allowed the slots to consider, dead ones left out; null when all slots are live and wanted
         * @param ids decide between equal scores
         * @param cancellation asked now and then
         * @throws VelesException VELES-030 for a name that no row carries
         */
        public ScoredSlots search(
                String name,
                SparseVector query,
                int k,
                long @Nullable [] allowed,
                SlotIds ids,
                Cancellation cancellation) {
            if (rows(name) == 0) {
                if (name.isEmpty()) {
                    return ScoredSlots.NONE;
                }
                throw unknown(name);
            }
            NamedLists lists = names.get(name);
            return lists == null
                    ? ScoredSlots.NONE
                    : new InnerProducts(lists, query, slots, allowed, cancellation).best(k, ids);
        }
    }
}
