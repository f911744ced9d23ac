package io.velesdb.index.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of fields, as a tree of member names. A field is where strings stand: the path to them through objects, up to
 * the first array. One writer adds; readers ask for numbers below the number of fields that was published to them.
 */
final class FieldNames {
    private final FieldRules rules;
    private final Node root = new Node();
    private int size;

    FieldNames(FieldRules rules) {
        this.rules = rules;
    }

    int size() {
        return size;
    }

    /** The number of the field at a path, a new one if it has none. */
    int add(List<String> path) {
        Node node = root;
        for (int i = 0; i < path.size(); i++) {
            Node child = node.children.get(path.get(i));
            if (child == null) {
                child = new Node();
                // with its number, before a reader can find it
                if (i == path.size() - 1) {
                    child.analysis = rules.analysisOf(path);
                    child.field = size++;
                }
                node.children.put(path.get(i), child);
            }
            node = child;
        }
        if (node.field < 0) {
            node.analysis = rules.analysisOf(path);
            node.field = size++;
        }
        return node.field;
    }

    /** The number of the field at a path, or -1. */
    int find(List<String> path) {
        Node node = node(path);
        return node == null ? -1 : node.field;
    }

    /** Adds the fields at and below a path whose numbers are below {@code limit}, each with the number of its analysis. */
    void collect(List<String> path, int limit, Map<Integer, Integer> into) {
        Node node = node(path);
        if (node != null) {
            collect(node, limit, into);
        }
    }

    private static void collect(Node node, int limit, Map<Integer, Integer> into) {
        if (node.field >= 0 && node.field < limit) {
            into.put(node.field, node.analysis);
        }
        for (Node child : node.children.values()) {
            collect(child, limit, into);
        }
    }

    /** By number, the path of each field. */
    List<List<String>> paths() {
        List<List<String>> paths = new ArrayList<>(Collections.nCopies(size, List.of()));
        fill(root, List.of(), paths);
        return paths;
    }

    private static void fill(Node node, List<String> path, List<List<String>> into) {
        if (node.field >= 0) {
            into.set(node.field, path);
        }
        for (Map.Entry<String, Node> child : node.children.entrySet()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(child.getKey());
            fill(child.getValue(), longer, into);
        }
    }

    private @Nullable Node node(List<String> path) {
        Node node = root;
        for (int i = 0; node != null && i < path.size(); i++) {
            node = node.children.get(path.get(i));
        }
        return node;
    }

    private static final class Node {
        final Map<String, Node> children = new ConcurrentHashMap<>();

        /** -1 where no string stands. Racy reads are harmless: what a reader may see was there when it was published to. */
        volatile int field = -1;

        /** Set before {@link #field}. */
        int analysis;
    }
}
