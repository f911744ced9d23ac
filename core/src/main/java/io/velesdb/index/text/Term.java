package io.velesdb.index.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The posting lists of one token: one over all fields, and one per field once it has occurred in two; until then the one serves
 * both, and what it knows of lengths is that of its field, which is no more than that of all.
 *
 * <p>Versioned: an object that was made in the writer's present epoch is changed in place, an older one may be with readers
 * and is copied first. An epoch ends when a view is published.
 */
final class Term {
    private static final int[] NO_FIELDS = {};
    private static final Postings[] NO_LISTS = {};

    final int epoch;
    Postings all;

    /** The only field it has occurred in, or -1 when there are several, in {@link #fields}. */
    int sole;

    int[] fields = NO_FIELDS;
    Postings[] lists = NO_LISTS;
    private boolean listsAreMine;

    Term(int epoch, int field) {
        this.epoch = epoch;
        all = new Postings(epoch);
        sole = field;
    }

    private Term(int epoch, Term from) {
        this.epoch = epoch;
        all = from.all;
        sole = from.sole;
        fields = from.fields;
        lists = from.lists;
    }

    /** The next version. */
    Term next(int now) {
        return new Term(now, this);
    }

    /** The postings of a field, or null when it has none there. */
    @Nullable
    Postings in(int field) {
        if (sole >= 0) {
            return sole == field ? all : null;
        }
        int at = Arrays.binarySearch(fields, field);
        return at < 0 ? null : lists[at];
    }

    /** The list over all fields, for writing. */
    Postings editAll() {
        if (all.epoch != epoch) {
            all = all.next(epoch);
        }
        return all;
    }

    /** The list of a field that has one, when {@link #sole} is not the only one, for writing. */
    Postings edit(int field) {
        ownLists();
        int at = Arrays.binarySearch(fields, field);
        if (lists[at].epoch != epoch) {
            lists[at] = lists[at].next(epoch);
        }
        return lists[at];
    }

    /** Makes empty lists for those of the ascending fields that have none. */
    void addFields(int[] more, int count) {
        int[] merged = new int[fields.length + count];
        Postings[] mergedLists = new Postings[merged.length];
        int size = 0;
        int old = 0;
        for (int i = 0; i < count; i++) {
            while (old < fields.length && fields[old] < more[i]) {
                merged[size] = fields[old];
                mergedLists[size++] = lists[old++];
            }
            if (old == fields.length || fields[old] != more[i]) {
                merged[size] = more[i];
                mergedLists[size++] = new Postings(epoch);
            }
        }
        if (size + fields.length - old == fields.length) {
            return;
        }
        while (old < fields.length) {
            merged[size] = fields[old];
            mergedLists[size++] = lists[old++];
        }
        fields = Arrays.copyOf(merged, size);
        lists = Arrays.copyOf(mergedLists, size);
        listsAreMine = true;
    }

    /** The lists of several fields, ascending, beside the one over all. */
    void haveLists(int[] ofFields, Postings[] ofEach) {
        sole = -1;
        fields = ofFields;
        lists = ofEach;
        listsAreMine = true;
    }

    private void ownLists() {
        if (!listsAreMine) {
            lists = Arrays.copyOf(lists, lists.length);
            listsAreMine = true;
        }
    }

    /** From here on each field has a list of its own. */
    void split() {
        if (sole >= 0) {
            fields = new int[] {sole};
            lists = new Postings[] {all.fork(epoch)};
            sole = -1;
            listsAreMine = true;
        }
    }
}
