package io.velesdb.index.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent list: one writer sets and adds, {@link #frozen} keeps what is there for readers. Publishing after a change of a
 * few elements costs a few pages, however long the list is.
 */
final class Versions<T> {
    private static final int SHIFT = 7;
    private static final int PAGE = 1 << SHIFT;

    private @Nullable Object[][] pages;
    private boolean[] mine;
    private boolean topIsMine;
    private int size;

    Versions() {
        this(new Object[0][], 0);
    }

    private Versions(@Nullable Object[][] pages, int size) {
        this.pages = pages;
        this.size = size;
        mine = new boolean[0];
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only T goes in
    T get(int index) {
        Object value = pages[index >>> SHIFT][index & PAGE - 1];
        if (value == null) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size);
        }
        return (T) value;
    }

    void set(int index, T value) {
        page(index >>> SHIFT)[index & PAGE - 1] = value;
    }

    void add(T value) {
        page(size >>> SHIFT)[size & PAGE - 1] = value;
        size++;
    }

    /** What is there now; from here on, changes go to copies. */
    Versions<T> frozen() {
        topIsMine = false;
        mine = new boolean[0];
        return new Versions<>(pages, size);
    }

    /** The page to be written to: a copy, the first time after {@link #frozen}. */
    private @Nullable Object[] page(int number) {
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, number + 1 + (number >>> 2));
            topIsMine = true;
        } else if (!topIsMine) {
            pages = Arrays.copyOf(pages, pages.length);
            topIsMine = true;
        }
        if (mine.length < pages.length) {
            mine = Arrays.copyOf(mine, pages.length);
        }
        if (!mine[number]) {
            @Nullable Object @Nullable [] page = pages[number];
            pages[number] = page == null ? new Object[PAGE] : Arrays.copyOf(page, PAGE);
            mine[number] = true;
        }
        return pages[number];
    }
}
