package io.velesdb.engine;

import io.velesdb.CollectionStatistics;
import io.velesdb.IndexDefinition;
import io.velesdb.journal.ChangeCodec;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was declared for a collection, or found out about it, since it was made. It outlives its rows.
 *
 * @param indexes in the order in which they were created, each once
 * @param autoReindex whether the vector index may be rebuilt with other parameters when that is advised
 * @param statistics of the last {@code ANALYZE}; null before the first
 * @param reindexedMillis when the vector index was last made anew in another shape, in milliseconds since the Unix epoch; 0
 *     for never
 */
public record CollectionSettings(
        List<IndexDefinition> indexes,
        boolean autoReindex,
        @Nullable CollectionStatistics statistics,
        long reindexedMillis) {
    static final CollectionSettings INITIAL = new CollectionSettings(List.of(), false, null, 0);

    public CollectionSettings {
        indexes = List.copyOf(indexes);
    }

    CollectionSettings with(IndexDefinition definition) {
        List<IndexDefinition> more = new ArrayList<>(indexes);
        more.add(definition);
        return new CollectionSettings(more, autoReindex, statistics, reindexedMillis);
    }

    CollectionSettings without(IndexDefinition definition) {
        List<IndexDefinition> fewer = new ArrayList<>(indexes);
        fewer.remove(definition);
        return new CollectionSettings(fewer, autoReindex, statistics, reindexedMillis);
    }

    CollectionSettings withAutoReindex(boolean enabled) {
        return new CollectionSettings(indexes, enabled, statistics, reindexedMillis);
    }

    CollectionSettings with(CollectionStatistics found) {
        return new CollectionSettings(indexes, autoReindex, found, reindexedMillis);
    }

    CollectionSettings reindexedAt(long timeMillis) {
        return new CollectionSettings(indexes, autoReindex, statistics, timeMillis);
    }

    void save(BinaryWriter out) {
        out.writeBoolean(autoReindex).writeVarInt(indexes.size());
        for (IndexDefinition definition : indexes) {
            ChangeCodec.writeIndex(definition, out);
        }
        out.writeBoolean(statistics != null);
        if (statistics != null) {
            ChangeCodec.writeStatistics(statistics, out);
        }
        out.writeLong(reindexedMillis);
    }

    static CollectionSettings load(BinaryReader in) {
        boolean autoReindex = in.readBoolean();
        List<IndexDefinition> indexes = new ArrayList<>();
        for (int left = in.readCount(4); left > 0; left--) {
            IndexDefinition definition = ChangeCodec.readIndex(in);
            if (indexes.contains(definition)) {
                throw in.damaged("index " + definition + " stands twice");
            }
            indexes.add(definition);
        }
        CollectionStatistics statistics = in.readBoolean() ? ChangeCodec.readStatistics(in) : null;
        return new CollectionSettings(indexes, autoReindex, statistics, in.readLong());
    }
}
