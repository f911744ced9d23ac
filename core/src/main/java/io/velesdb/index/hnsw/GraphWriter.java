package io.velesdb.index.hnsw;

import io.velesdb.ErrorCode;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;

/** The graph as its one writer holds it; {@link #view} publishes a state. */
final class GraphWriter {
    final IntRows level0;
    final IntRows upper;
    private int slots;
    private int upperCount;
    private int upperRows;
    private int[] slotOf = new int[16];
    private int[] rowOf = new int[16];
    private byte[] levelOf = new byte[16];
    private int entrySlot = -1;
    private int entryUpper = -1;

    GraphWriter(IntRows level0, IntRows upper) {
        this.level0 = level0;
        this.upper = upper;
    }

    Graph view() {
        return new Graph(level0, upper, slots, upperCount, slotOf, rowOf, levelOf, entrySlot, entryUpper);
    }

    int slots() {
        return slots;
    }

    /** Adds the next slot with a level, without links. It is not the entry yet. */
    void add(int level) {
        int slot = slots++;
        level0.ensure(slots);
        if (level > 0) {
            int u = upperCount++;
            if (u == slotOf.length) {
                slotOf = Arrays.copyOf(slotOf, 2 * u);
                rowOf = Arrays.copyOf(rowOf, 2 * u);
                levelOf = Arrays.copyOf(levelOf, 2 * u);
            }
            slotOf[u] = slot;
            rowOf[u] = upperRows;
            levelOf[u] = (byte) level;
            upperRows += level;
            upper.ensure(upperRows);
        }
    }

    /** Makes a slot the entry if nothing is higher yet. */
    void offerEntry(int slot, int level) {
        if (entrySlot < 0 || level > (entryUpper < 0 ? 0 : levelOf[entryUpper])) {
            entrySlot = slot;
            entryUpper = level > 0 ? upperNumber(slot) : -1;
        }
    }

    /** Makes the highest row that is left the entry, of equal ones the first; used when the entry died. */
    void chooseEntry(long[] live) {
        entrySlot = -1;
        entryUpper = -1;
        for (int u = 0; u < upperCount; u++) {
            if (Walker.contains(live, slotOf[u]) && (entryUpper < 0 || levelOf[u] > levelOf[entryUpper])) {
                entryUpper = u;
                entrySlot = slotOf[u];
            }
        }
        for (int slot = 0; slot < slots && entrySlot < 0; slot++) {
            if (Walker.contains(live, slot)) {
                entrySlot = slot;
            }
        }
        if (entrySlot < 0 && slots > 0) {
            entrySlot = 0;
        }
    }

    int entrySlot() {
        return entrySlot;
    }

    /** The upper number of a slot; negative when it is at level 0 only. */
    int upperNumber(int slot) {
        return Arrays.binarySearch(slotOf, 0, upperCount, slot);
    }

    /** The row of {@link #upper} with the links of an upper number at a level. */
    int upperRow(int u, int level) {
        return rowOf[u] + level - 1;
    }

    int slotOfUpper(int u) {
        return slotOf[u];
    }

    int levelOfUpper(int u) {
        return levelOf[u];
    }

    int upperCount() {
        return upperCount;
    }

    void save(CheckpointWriter out, String prefix) {
        BinaryWriter head = new BinaryWriter();
        head.writeInt(slots);
        head.writeInt(entrySlot);
        head.writeInt(upperCount);
        for (int u = 0; u < upperCount; u++) {
            head.writeInt(slotOf[u]);
            head.writeByte(levelOf[u]);
        }
        out.section(prefix + "graph", head.array(), head.length());
        level0.save(out, prefix + "links0", slots);
        upper.save(out, prefix + "links", upperRows);
    }

    /** Takes over what {@link #save} wrote; the link rows were opened before. Trusts nothing. */
    void load(CheckpointReader in, String prefix, int mostSlots) {
        BinaryReader head = new BinaryReader(in.section(prefix + "graph"), ErrorCode.STORAGE, prefix + "graph");
        int count = head.readInt();
        int entry = head.readInt();
        int uppers = head.readInt();
        if (count < 0 || count > mostSlots || count > level0.rows()) {
            throw head.damaged(count + " linked slots, " + mostSlots + " vectors");
        }
        if (uppers < 0 || uppers > head.remaining() / 5) {
            throw head.damaged(uppers + " upper rows");
        }
        slotOf = new int[Math.max(16, uppers)];
        rowOf = new int[slotOf.length];
        levelOf = new byte[slotOf.length];
        int last = -1;
        long rows = 0;
        for (int u = 0; u < uppers; u++) {
            slotOf[u] = head.readInt();
            levelOf[u] = head.readByte();
            if (slotOf[u] <= last || slotOf[u] >= count || levelOf[u] < 1 || levelOf[u] > 64) {
                throw head.damaged("upper row " + u + " is slot " + slotOf[u] + " at level " + levelOf[u]);
            }
            last = slotOf[u];
            rowOf[u] = (int) rows;
            rows += levelOf[u];
        }
        if (rows > upper.rows() || entry < -1 || entry >= count || entry < 0 && count > 0) {
            throw head.damaged(rows + " rows of links, entry " + entry);
        }
        head.expectEnd();
        slots = count;
        upperCount = uppers;
        upperRows = (int) rows;
        entrySlot = entry;
        entryUpper = entry < 0 ? -1 : Math.max(-1, upperNumber(entry));
    }
}
