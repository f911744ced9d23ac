package io.velesdb.cli.quickstart;

import io.velesdb.CollectionSchema;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.VectorCollection;
import io.velesdb.cli.sample.SampleEntry;
import io.velesdb.cli.sample.WordNetSample;
import io.velesdb.filter.FieldPath;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The sample as a collection of a database. */
public final class SampleDatabase {
    /** The collection's name. */
    public static final String COLLECTION = "wordnet";

    /** Entries of the sample. */
    public static final int SIZE = 10_000;

    /** Small enough that progress is seen, large enough that syncs do not cost. */
    private static final int BATCH = 500;

    private SampleDatabase() {}

    /**
     * The collection, ready to search.
     *
     * @param loaded whether entries had to be written for that
     */
    public record Opened(VectorCollection entries, boolean loaded) {}

    /**
     * Opens the collection, and writes the entries and the edges between them that are not there: all of them the first
     * time, the rest after a run that was ended while it loaded, or when entries were deleted.
     *
     * @param progress is told the number of entries there are
     */
    public static Opened open(Database database, LongConsumer progress) {
        try (WordNetSample sample = WordNetSample.open()) {
            if (!database.hasCollection(COLLECTION)) {
                create(database, sample.dimension());
            }
            VectorCollection entries = database.vectorCollection(COLLECTION);
            boolean complete = entries.count() >= sample.size();
            if (complete && entries.edgeCount() > 0) {
                return new Opened(entries, false);
            }
            load(sample, entries, progress);
            return new Opened(entries, !complete);
        }
    }

    /** Words are searched in what an entry says, by their stems; subjects and parts of speech are for filters. */
    private static void create(Database database, int dimension) {
        TextOptions text = TextOptions.DEFAULTS
                .withFields(List.of(FieldPath.of("text"), FieldPath.of("synonyms")))
                .withLanguage(TextLanguage.ENGLISH, true, true);
        Configuration settings = database.configuration();
        database.createCollection(
                COLLECTION,
                CollectionSchema.vector(dimension, Metric.COSINE)
                        .withHnsw(settings.hnsw(dimension))
                        .withStorage(settings.storageMode(), settings.quantization())
                        .withText(text));
    }

    private static void load(WordNetSample sample, VectorCollection entries, LongConsumer progress) {
        List<Point> batch = new ArrayList<>(BATCH);
        List<Edge> edges = new ArrayList<>();
        while (sample.hasNext()) {
            SampleEntry entry = sample.next();
            edges.addAll(Relations.of(entry.id(), entry.payload()));
            batch.add(Point.of(entry.id(), entry.vector(), entry.payload()));
            if (batch.size() == BATCH || !sample.hasNext()) {
                entries.upsert(missing(batch, entries));
                batch.clear();
                progress.accept(entry.id() + 1);
            }
        }
        // at once, when both ends of each are there: some edges are all edges
        entries.addEdges(edges);
    }

    /** Those that a run which was ended did not write, and those that were deleted since: edges need both. */
    private static List<Point> missing(List<Point> batch, VectorCollection entries) {
        List<@Nullable Point> there =
                entries.get(batch.stream().mapToLong(Point::id).toArray());
        List<Point> missing = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (there.get(i) == null) {
                missing.add(batch.get(i));
            }
        }
        return missing;
    }
}
