package io.velesdb.graph;

import io.velesdb.persistent.IdTree;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Labels by number, interned, and the number of edges that each has. Names are append-only; a reader keeps what was
 * published to it.
 */
final class Labels {
    static final int ABSENT = -1;

    private String[] names = new String[8];
    private int size;

    /** From the hash of a name, or a number after it when that one was taken, to the number of the label. */
    private IdTree byHash = IdTree.EMPTY;

    /** From label to edges; labels without edges are not in it. */
    private IdTree counts = IdTree.EMPTY;

    private IdTree.@Nullable Editor countEdit;

    Labels() {}

    /** These labels, numbered as they stand there, each with its number of edges. */
    Labels(String[] names, int[] edges) {
        for (int label = 0; label < names.length; label++) {
            findOrAdd(names[label]);
            if (edges[label] > 0) {
                count(label, edges[label]);
            }
        }
    }

    String name(int label) {
        return names[label];
    }

    int find(String name) {
        return find(names, byHash, name);
    }

    int findOrAdd(String name) {
        int found = find(name);
        if (found != ABSENT) {
            return found;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, EdgeTable.capacityFor(size + 1));
        }
        names[size] = name;
        long key = hash(name);
        while (byHash.get(key) != IdTree.ABSENT) {
            key++;
        }
        IdTree.Editor editor = byHash.edit();
        editor.put(key, size);
        byHash = editor.tree();
        return size++;
    }

    void count(int label, int change) {
        IdTree.Editor editor = countEdit;
        if (editor == null) {
            editor = counts.edit();
            countEdit = editor;
        }
        int edges = Math.max(0, editor.get(label)) + change;
        if (edges == 0) {
            editor.remove(label);
        } else {
            editor.put(label, edges);
        }
    }

    /** What readers may see from now on. */
    View publish() {
        if (countEdit != null) {
            counts = countEdit.tree();
            countEdit = null;
        }
        return new View(names, byHash, counts);
    }

    private static int find(String[] names, IdTree byHash, String name) {
        for (long key = hash(name); ; key++) {
            int label = byHash.get(key);
            if (label == IdTree.ABSENT) {
                return ABSENT;
            }
            if (names[label].equals(name)) {
                return label;
            }
        }
    }

    /** FNV-1a over UTF-16. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Labels at one moment. Immutable in what it shows. */
    static final class View {
        private final String[] names;
        private final IdTree byHash;
        private final IdTree counts;

        private View(String[] names, IdTree byHash, IdTree counts) {
            this.names = names;
            this.byHash = byHash;
            this.counts = counts;
        }

        String name(int label) {
            return names[label];
        }

        int find(String name) {
            return Labels.find(names, byHash, name);
        }

        /** Edges of a label. */
        int count(int label) {
            return Math.max(0, counts.get(label));
        }

        /** Labels that have edges, as ids of a tree. */
        IdTree counts() {
            return counts;
        }
    }
}
