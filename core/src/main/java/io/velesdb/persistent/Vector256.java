package io.velesdb.persistent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent array of references: a radix tree of fanout 256. An edit copies the nodes on its path once, so publishing
 * a change of one element of a million copies three nodes of 1 kB; a look-up takes one step per 256-fold of the size.
 * Elements that were never set are null.
 */
public final class Vector256<T> {
    private static final int BITS = 8;
    private static final int WIDTH = 1 << BITS;

    /** Behind the children of a node stands the edit that owns it. */
    private static final int OWNER = WIDTH;

    private final @Nullable Object[] root;
    private final int shift;

    private Vector256(@Nullable Object[] root, int shift) {
        this.root = root;
        this.shift = shift;
    }

    /** The array of nothing but nulls. */
    public static <T> Vector256<T> empty() {
        return new Vector256<>(new Object[WIDTH + 1], 0);
    }

    /** The element at {@code index}, at least 0; null where none was set. */
    @SuppressWarnings("unchecked") // leaves hold what an Editor<T> put there
    public @Nullable T get(int index) {
        return (T) get(root, shift, index);
    }

    /** The start of a series of changes that leave this array as it is. */
    public Editor<T> edit() {
        return new Editor<>(this);
    }

    private static @Nullable Object get(@Nullable Object[] root, int shift, int index) {
        if (shift < 24 && index >>> (shift + BITS) != 0) {
            return null;
        }
        @Nullable Object[] node = root;
        for (int s = shift; s > 0; s -= BITS) {
            Object child = node[index >>> s & WIDTH - 1];
            if (child == null) {
                return null;
            }
            node = (Object[]) child;
        }
        return node[index & WIDTH - 1];
    }

    /** A series of changes by one writer; {@link #vector} ends it. */
    public static final class Editor<T> {
        private final Object token = new Object();
        private @Nullable Object[] root;
        private int shift;

        private Editor(Vector256<T> from) {
            root = from.root;
            shift = from.shift;
        }

        /** The element at {@code index} as edited so far. */
        @SuppressWarnings("unchecked") // leaves hold what an Editor<T> put there
        public @Nullable T get(int index) {
            return (T) Vector256.get(root, shift, index);
        }

        /** Sets the element at {@code index}, at least 0. */
        public void set(int index, @Nullable T value) {
            while (shift < 24 && index >>> (shift + BITS) != 0) {
                @Nullable Object[] above = new Object[WIDTH + 1];
                above[OWNER] = token;
                above[0] = root;
                root = above;
                shift += BITS;
            }
            root = mine(root);
            @Nullable Object[] node = root;
            for (int s = shift; s > 0; s -= BITS) {
                int at = index >>> s & WIDTH - 1;
                @Nullable Object[] child = mine((Object[]) node[at]);
                node[at] = child;
                node = child;
            }
            node[index & WIDTH - 1] = value;
        }

        /** The result; the editor is not to be used afterwards. */
        public Vector256<T> vector() {
            return new Vector256<>(root, shift);
        }

        @SuppressWarnings("ReferenceEquality") // a token is nothing but its identity
        private @Nullable Object[] mine(@Nullable Object @Nullable [] node) {
            if (node != null && node[OWNER] == token) {
                return node;
            }
            @Nullable Object[] copy = node == null ? new Object[WIDTH + 1] : Arrays.copyOf(node, WIDTH + 1);
            copy[OWNER] = token;
            return copy;
        }
    }
}
