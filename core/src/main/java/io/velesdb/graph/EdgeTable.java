package io.velesdb.graph;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every edge version by slot. Append-only, and growing copies, so a reader keeps the arrays that were published to it.
 * Nodes and labels are numbers; see {@link NodeTable} and {@link Labels}.
 */
final class EdgeTable {
    long[] ids;
    int[] sources;
    int[] targets;
    int[] labels;

    /** Compact UTF-8 JSON; null for none. */
    byte[] @Nullable [] properties;

    private int size;

    EdgeTable(int capacity) {
        ids = new long[capacity];
        sources = new int[capacity];
        targets = new int[capacity];
        labels = new int[capacity];
        properties = new byte[capacity][];
    }

    /** The versions that stand in these arrays already. */
    EdgeTable(long[] ids, int[] sources, int[] targets, int[] labels, byte[] @Nullable [] properties) {
        this.ids = ids;
        this.sources = sources;
        this.targets = targets;
        this.labels = labels;
        this.properties = properties;
        size = ids.length;
    }

    int size() {
        return size;
    }

    int append(long id, int source, int target, int label, byte @Nullable [] json) {
        if (size == ids.length) {
            int capacity = capacityFor(size + 1);
            ids = Arrays.copyOf(ids, capacity);
            sources = Arrays.copyOf(sources, capacity);
            targets = Arrays.copyOf(targets, capacity);
            labels = Arrays.copyOf(labels, capacity);
            properties = Arrays.copyOf(properties, capacity);
        }
        ids[size] = id;
        sources[size] = source;
        targets[size] = target;
        labels[size] = label;
        properties[size] = json;
        return size++;
    }

    static int capacityFor(int needed) {
        int largest = Integer.MAX_VALUE - 8;
        if (needed > largest) {
            throw new VelesException(
                    ErrorCode.ALLOCATION_FAILED, "a collection holds at most " + largest + " versions of edges");
        }
        return (int) Math.min(largest, needed + (long) (needed >>> 1) + 16);
    }
}
