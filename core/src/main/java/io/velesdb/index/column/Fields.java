package io.velesdb.index.column;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The columns of all fields, as a tree: a field of the payload, below it the fields of the objects in it. At most {@value
 * #MOST} fields get a column, the first that come; slots with a field beyond are in {@link #withMore}.
 */
final class Fields {
    private static final int MOST = 1000;

    private final Node root = new Node();
    private final SlotSet withMore;
    private int size;

    Fields() {
        this(new SlotSet());
    }

    private Fields(SlotSet withMore) {
        this.withMore = withMore;
    }

    /** Slots that have a field without a column. */
    SlotSet withMore() {
        return withMore;
    }

    /** The column of a field, or null when there is none. */
    @Nullable
    Column find(List<String> path) {
        Node node = root;
        for (int i = 0; i < path.size(); i++) {
            node = node.children.get(path.get(i));
            if (node == null) {
                return null;
            }
        }
        return node.column;
    }

    /** Adds the payload of a slot above all earlier ones. */
    void add(int slot, Obj payload) {
        if (!add(slot, payload, root)) {
            withMore.add(slot);
        }
    }

    /** False when a field got no column. */
    private boolean add(int slot, Obj object, Node node) {
        boolean complete = true;
        for (int i = 0; i < object.size(); i++) {
            Node child = node.children.get(object.name(i));
            if (child == null) {
                if (size == MOST) {
                    complete = false;
                    continue;
                }
                size++;
                child = new Node();
                node.children.put(object.name(i), child);
            }
            Value value = object.value(i);
            child.column.add(slot, value);
            if (value instanceof Obj inner) {
                complete &= add(slot, inner, child);
            }
        }
        return complete;
    }

    /** Hands every column to {@code visitor}, fields in the order of their names, each before those in it. */
    void forEach(BiConsumer<List<String>, Column> visitor) {
        forEach(root, List.of(), visitor);
    }

    private static void forEach(Node node, List<String> path, BiConsumer<List<String>, Column> visitor) {
        node.children.keySet().stream().sorted().forEach(name -> {
            Node child = node.children.get(name);
            if (child != null) {
                List<String> names = new ArrayList<>(path);
                names.add(name);
                visitor.accept(names, child.column);
                forEach(child, names, visitor);
            }
        });
    }

    Fields rename(int[] renamed) {
        Fields result = new Fields(withMore.rename(renamed));
        result.rename(root, result.root, renamed);
        result.closeIfIncomplete();
        return result;
    }

    /** Copies the children of a node; fields that no row has any more are dropped. */
    private void rename(Node from, Node to, int[] renamed) {
        for (Map.Entry<String, Node> child : from.children.entrySet()) {
            Column column = child.getValue().column.rename(renamed);
            if (column.present.count() > 0) {
                Node copy = new Node(column);
                to.children.put(child.getKey(), copy);
                size++;
                rename(child.getValue(), copy, renamed);
            }
        }
    }

    void save(BinaryWriter out) {
        withMore.save(out);
        save(root, out);
    }

    private static void save(Node node, BinaryWriter out) {
        out.writeVarInt(node.children.size());
        // In the order of the names: the order of a hash map may differ between platforms.
        node.children.keySet().stream().sorted().forEach(name -> {
            Node child = node.children.get(name);
            if (child != null) {
                out.writeString(name);
                child.column.save(out);
                save(child, out);
            }
        });
    }

    static Fields load(BinaryReader in, int slots) {
        Fields result = new Fields(SlotSet.load(in, slots));
        result.load(result.root, in, slots, 1);
        result.closeIfIncomplete();
        return result;
    }

    /** A column made now would lack the slots that have its field from before. */
    private void closeIfIncomplete() {
        if (withMore.count() > 0) {
            size = MOST;
        }
    }

    private void load(Node node, BinaryReader in, int slots, int level) {
        int count = in.readCount(1);
        if (count > 0 && level > Value.MAX_PAYLOAD_LEVELS) {
            throw in.damaged("fields go deeper than " + Value.MAX_PAYLOAD_LEVELS + " levels");
        }
        for (int i = 0; i < count; i++) {
            if (++size > MOST) {
                throw in.damaged("more than " + MOST + " fields");
            }
            String name = in.readString();
            Node child = new Node(Column.load(in, slots));
            if (node.children.put(name, child) != null) {
                throw in.damaged("field " + name + " stands twice");
            }
            load(child, in, slots, level + 1);
        }
    }

    /** A field and the fields of the objects in it; of the root, the payload itself, the column is not used. */
    private static final class Node {
        final Column column;
        final Map<String, Node> children = new ConcurrentHashMap<>();

        Node() {
            this(new Column());
        }

        Node(Column column) {
            this.column = column;
        }
    }
}
