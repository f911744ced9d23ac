package io.velesdb.index.column;

import io.velesdb.IndexDefinition;
import io.velesdb.IndexKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the declared indexes of one generation of rows, shared by all of its states. The set is immutable;
 * the structures in it catch up with the rows when they are asked, or when {@link ColumnIndex.View#refresh} is called, and
 * never make a writer wait. Indexes of kind {@link IndexKind#PROPERTY} need none: two columns answer them.
 */
public final class FieldIndexes {
    /** No indexes. */
    public static final FieldIndexes NONE = new FieldIndexes(new HashMap<>());

    private final Map<List<String>, FieldIndex> byMembers;

    /** The structures of one field. */
    record FieldIndex(
            @Nullable SortedIndex sorted,
            @Nullable TrigramIndex trigrams,
            @Nullable GeoIndex points) {
        static final FieldIndex NONE = new FieldIndex(null, null, null);
    }

    private FieldIndexes(Map<List<String>, FieldIndex> byMembers) {
        this.byMembers = byMembers;
    }

    /** The structures of {@code definitions}: those of {@code before} where it has them, new ones where not. */
    public static FieldIndexes of(List<IndexDefinition> definitions, FieldIndexes before) {
        Map<List<String>, FieldIndex> made = new HashMap<>();
        for (IndexDefinition definition : definitions) {
            List<String> members = List.copyOf(definition.field().members());
            FieldIndex old = before.find(members);
            FieldIndex known = made.getOrDefault(members, FieldIndex.NONE);
            made.put(
                    members,
                    switch (definition.kind()) {
                        case SECONDARY, RANGE ->
                            new FieldIndex(
                                    known.sorted != null
                                            ? known.sorted
                                            : old.sorted != null ? old.sorted : new SortedIndex(),
                                    known.trigrams,
                                    known.points);
                        case TRIGRAM ->
                            new FieldIndex(
                                    known.sorted,
                                    old.trigrams != null ? old.trigrams : new TrigramIndex(),
                                    known.points);
                        case GEO ->
                            new FieldIndex(
                                    known.sorted, known.trigrams, old.points != null ? old.points : new GeoIndex());
                        case PROPERTY -> known;
                    });
        }
        return new FieldIndexes(made);
    }

    FieldIndex find(List<String> members) {
        return byMembers.getOrDefault(members, FieldIndex.NONE);
    }
}
