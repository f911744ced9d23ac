package io.velesdb.index.sparse;

import io.velesdb.SparseVector;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lists of one name, and how many live rows carry a vector under it. */
final class NamedLists {
    private final Map<Integer, WeightList> lists = new ConcurrentHashMap<>();

    /** Live rows; the writer's, readers have a copy in their view. */
    int rows;

    void append(int slot, SparseVector vector) {
        for (int i = 0; i < vector.size(); i++) {
            Integer index = vector.index(i);
            WeightList list = lists.get(index);
            boolean made = list == null;
            if (list == null) {
                list = new WeightList();
            }
            list.append(slot, vector.weight(i));
            if (made) {
                lists.put(index, list);
            }
        }
    }

    @Nullable
    WeightList find(int index) {
        return lists.get(index);
    }

    NamedLists rename(int[] renamed) {
        NamedLists result = new NamedLists();
        result.rows = rows;
        for (Map.Entry<Integer, WeightList> entry : lists.entrySet()) {
            WeightList list = entry.getValue().rename(renamed);
            if (list.count() > 0) {
                result.lists.put(entry.getKey(), list);
            }
        }
        return result;
    }

    void save(BinaryWriter out) {
        out.writeVarInt(rows);
        out.writeVarInt(lists.size());
        // In the order of the indices: the order of a hash map may differ between platforms.
        lists.keySet().stream().sorted().forEach(index -> {
            WeightList list = lists.get(index);
            if (list != null) {
                out.writeVarInt(index);
                list.save(out);
            }
        });
    }

    static NamedLists load(BinaryReader in, int slots) {
        NamedLists result = new NamedLists();
        result.rows = in.readVarInt();
        if (result.rows > slots) {
            throw in.damaged(result.rows + " rows in " + slots + " slots");
        }
        int count = in.readCount(3 + Float.BYTES);
        for (int i = 0; i < count; i++) {
            long index = in.readVarLong();
            if (index < 0 || index > 0xFFFF_FFFFL) {
                throw in.damaged("an index of more than 32 bits");
            }
            if (result.lists.put((int) index, WeightList.load(in, slots)) != null) {
                throw in.damaged("index " + index + " stands twice");
            }
        }
        return result;
    }
}
