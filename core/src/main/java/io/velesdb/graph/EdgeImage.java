package io.velesdb.graph;

import io.velesdb.Edge;
import io.velesdb.VelesException;
import io.velesdb.persistent.IdTree;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All edges of a store in their one canonical form: edges by ascending id, nodes by ascending id, labels in the order in
 * which edges first use them. What a checkpoint holds, and what a store is made from in one go.
 *
 * <p>Bytes, little endian: format (1 byte); labels (varint count, strings); nodes (varint count, 8 bytes each); edges
 * (varint count, then as columns: id 8 bytes, source, target and label as numbers of 4 bytes each); a byte that tells
 * whether there are properties, and if so a blob per edge, empty for none.
 */
final class EdgeImage {
    private static final int FORMAT = 1;
    private static final int BYTES_PER_EDGE = Long.BYTES + 3 * Integer.BYTES;

    private final String[] labelNames;
    private final long[] nodeIds;
    private final long[] ids;
    private final int[] sources;
    private final int[] targets;
    private final int[] labels;
    private final byte[] @Nullable [] properties;

    private EdgeImage(
            String[] labelNames,
            long[] nodeIds,
            long[] ids,
            int[] sources,
            int[] targets,
            int[] labels,
            byte[] @Nullable [] properties) {
        this.labelNames = labelNames;
        this.nodeIds = nodeIds;
        this.ids = ids;
        this.sources = sources;
        this.targets = targets;
        this.labels = labels;
        this.properties = properties;
    }

    static EdgeImage of(GraphView view) {
        int count = view.edgeCount();
        int[] nodeNumbers = new int[view.nodeBound()];
        long[] nodeIds = usedNodes(view, nodeNumbers);
        int[] labelNumbers = new int[16];
        String[] labelNames = new String[16];
        int labelCount = 0;
        long[] ids = new long[count];
        int[] sources = new int[count];
        int[] targets = new int[count];
        int[] labels = new int[count];
        byte[] @Nullable [] properties = new byte[count][];
        EdgeCursor cursor = view.edges(LabelSet.ALL);
        for (int i = 0; cursor.next(); i++) {
            int edge = cursor.edge();
            int label = view.labelNumber(edge);
            if (label >= labelNumbers.length) {
                labelNumbers = Arrays.copyOf(labelNumbers, EdgeTable.capacityFor(label + 1));
            }
            if (labelNumbers[label] == 0) {
                if (labelCount == labelNames.length) {
                    labelNames = Arrays.copyOf(labelNames, EdgeTable.capacityFor(labelCount + 1));
                }
                labelNames[labelCount] = view.label(edge);
                labelNumbers[label] = ++labelCount;
            }
            ids[i] = view.edgeId(edge);
            sources[i] = nodeNumbers[view.source(edge)];
            targets[i] = nodeNumbers[view.target(edge)];
            labels[i] = labelNumbers[label] - 1;
            properties[i] = view.propertyBytes(edge);
        }
        return new EdgeImage(Arrays.copyOf(labelNames, labelCount), nodeIds, ids, sources, targets, labels, properties);
    }

    /** The ids of the nodes that edges connect, ascending; fills in their positions by number. */
    private static long[] usedNodes(GraphView view, int[] positions) {
        EdgeCursor cursor = view.edges(LabelSet.ALL);
        while (cursor.next()) {
            positions[view.source(cursor.edge())] = 1;
            positions[view.target(cursor.edge())] = 1;
        }
        int used = 0;
        for (int mark : positions) {
            used += mark;
        }
        long[] ids = new long[used];
        int at = 0;
        for (int node = 0; node < positions.length; node++) {
            if (positions[node] == 1) {
                ids[at++] = view.nodeId(node);
            }
        }
        NodeIds.sort(ids);
        for (int i = 0; i < used; i++) {
            positions[view.node(ids[i])] = i;
        }
        return ids;
    }

    EdgeStore toStore() {
        EdgeTable table = new EdgeTable(ids, sources, targets, labels, properties);
        int[] slots = new int[ids.length];
        int[] labelCounts = new int[labelNames.length];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = slot;
            labelCounts[labels[slot]]++;
        }
        return new EdgeStore(
                table,
                new NodeTable(nodeIds, nodeIds.length),
                new Labels(labelNames, labelCounts),
                new Adjacency(table, sources, targets, nodeIds.length),
                new Adjacency(table, targets, sources, nodeIds.length),
                IdTree.ofSorted(ids, slots, slots.length));
    }

    void write(BinaryWriter out) {
        out.writeByte(FORMAT).writeVarInt(labelNames.length);
        for (String name : labelNames) {
            out.writeString(name);
        }
        out.writeVarInt(nodeIds.length).writeLongs(nodeIds, 0, nodeIds.length);
        int count = ids.length;
        out.writeVarInt(count)
                .writeLongs(ids, 0, count)
                .writeInts(sources, 0, count)
                .writeInts(targets, 0, count)
                .writeInts(labels, 0, count);
        boolean any = false;
        for (byte[] json : properties) {
            any |= json != null;
        }
        out.writeBoolean(any);
        if (any) {
            for (byte[] json : properties) {
                // a stored document is never empty
                if (json == null) {
                    out.writeVarInt(0);
                } else {
                    out.writeBlob(json);
                }
            }
        }
    }

    static EdgeImage read(BinaryReader in) {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw in.damaged("edges of format " + format);
        }
        String[] labelNames = readLabels(in);
        long[] nodeIds = in.readLongs(in.readCount(Long.BYTES));
        expectAscending(nodeIds, "nodes", in);
        int count = in.readCount(BYTES_PER_EDGE);
        long[] ids = in.readLongs(count);
        expectAscending(ids, "edges", in);
        int[] sources = readNumbers(count, nodeIds.length, "source", in);
        int[] targets = readNumbers(count, nodeIds.length, "target", in);
        int[] labels = readNumbers(count, labelNames.length, "label", in);
        byte[] @Nullable [] properties = new byte[count][];
        if (in.readBoolean()) {
            for (int i = 0; i < count; i++) {
                byte[] json = in.readBlob();
                properties[i] = json.length == 0 ? null : json;
            }
        }
        in.expectEnd();
        return new EdgeImage(labelNames, nodeIds, ids, sources, targets, labels, properties);
    }

    private static String[] readLabels(BinaryReader in) {
        String[] names = new String[in.readCount(2)];
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readString();
            if (!isLabel(names[i]) || !distinct.add(names[i])) {
                throw in.damaged("label '" + names[i] + "' is blank or repeated");
            }
        }
        return names;
    }

    private static boolean isLabel(String name) {
        try {
            return Edge.checkLabel(name).equals(name);
        } catch (VelesException refused) {
            return false;
        }
    }

    private static int[] readNumbers(int count, int bound, String what, BinaryReader in) {
        int[] numbers = in.readInts(count);
        for (int number : numbers) {
            if (number < 0 || number >= bound) {
                throw in.damaged(what + " " + number + " of " + bound);
            }
        }
        return numbers;
    }

    private static void expectAscending(long[] ids, String what, BinaryReader in) {
        for (int i = 1; i < ids.length; i++) {
            if (Long.compareUnsigned(ids[i - 1], ids[i]) >= 0) {
                throw in.damaged("ids of " + what + " out of order");
            }
        }
    }
}
