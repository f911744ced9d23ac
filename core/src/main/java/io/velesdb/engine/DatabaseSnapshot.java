package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Misspelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of the whole database at one sequence number. Immutable: whoever holds it sees that state for as long as he
 * likes, whatever is written meanwhile.
 */
public final class DatabaseSnapshot {
    static final DatabaseSnapshot EMPTY = new DatabaseSnapshot(0, 0, new HashMap<>(), new int[0], List.of());

    private final long lsn;
    private final long definitionsLsn;
    private final Map<String, CollectionSnapshot> byName;

    /** Ascending, with the collections of these numbers beside them. */
    private final int[] numbers;

    private final List<CollectionSnapshot> byNumber;

    private DatabaseSnapshot(
            long lsn,
            long definitionsLsn,
            Map<String, CollectionSnapshot> byName,
            int[] numbers,
            List<CollectionSnapshot> byNumber) {
        this.lsn = lsn;
        this.definitionsLsn = definitionsLsn;
        this.byName = byName;
        this.numbers = numbers;
        this.byNumber = byNumber;
    }

    static DatabaseSnapshot of(long lsn, long definitionsLsn, SortedMap<Integer, CollectionState> collections) {
        Map<String, CollectionSnapshot> byName = new HashMap<>();
        int[] numbers = new int[collections.size()];
        List<CollectionSnapshot> byNumber = new ArrayList<>(numbers.length);
        for (CollectionState collection : collections.values()) {
            byName.put(collection.name(), collection.snapshot());
            numbers[byNumber.size()] = collection.number();
            byNumber.add(collection.snapshot());
        }
        return new DatabaseSnapshot(lsn, definitionsLsn, byName, numbers, byNumber);
    }

    /** The sequence number of the last change in this state; 0 for an empty database. */
    public long lsn() {
        return lsn;
    }

    /**
     * The generation of the definitions: the sequence number of the last change that was more than rows (see {@link
     * io.velesdb.journal.Operation#isDefinition}), or that of the checkpoint that the database was opened from.
     */
    public long definitionsLsn() {
        return definitionsLsn;
    }

    public int collectionCount() {
        return byName.size();
    }

    public @Nullable CollectionSnapshot find(String name) {
        return byName.get(name);
    }

    @Nullable
    CollectionSnapshot find(int number) {
        int at = Arrays.binarySearch(numbers, number);
        return at < 0 ? null : byNumber.get(at);
    }

    /** @throws VelesException VELES-002 when there is no such collection */
    public CollectionSnapshot get(String name) {
        CollectionSnapshot found = byName.get(name);
        if (found == null) {
            throw new VelesException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "collection '" + name + "' does not exist: " + suggestion(name)
                            + "create it first, or list the collections");
        }
        return found;
    }

    private String suggestion(String wrong) {
        for (CollectionSnapshot collection : collections()) {
            if (Misspelling.of(collection.name(), wrong) || collection.name().equalsIgnoreCase(wrong)) {
                return "did you mean '" + collection.name() + "'? Else ";
            }
        }
        return "";
    }

    /** All collections by name, in code point order. */
    public List<CollectionSnapshot> collections() {
        List<CollectionSnapshot> all = new ArrayList<>(byName.values());
        all.sort(Comparator.comparing(CollectionSnapshot::name));
        return all;
    }
}
