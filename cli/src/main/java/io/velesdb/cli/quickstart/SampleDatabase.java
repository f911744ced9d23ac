package io.velesdb.cli.quickstart;

import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.VectorCollection;
import io.velesdb.cli.sample.SampleEntry;
import io.velesdb.cli.sample.WordNetSample;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

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
     * Opens the collection, and writes the entries that are not there: all of them the first time, the rest after a run
     * that was ended while it loaded.
     *
     * @param progress is told the number of entries there are
     */
    public static Opened open(Database database, LongConsumer progress) {
        try (WordNetSample sample = WordNetSample.open()) {
            VectorCollection entries = database.hasCollection(COLLECTION)
                    ? database.vectorCollection(COLLECTION)
                    : database.createVectorCollection(COLLECTION, sample.dimension(), Metric.COSINE);
            if (entries.count() >= sample.size()) {
                return new Opened(entries, false);
            }
            load(sample, entries, progress);
            return new Opened(entries, true);
        }
    }

    private static void load(WordNetSample sample, VectorCollection entries, LongConsumer progress) {
        // Batches are written in order, so what is there is the start of the sample.
        long there = entries.count();
        List<Point> batch = new ArrayList<>(BATCH);
        while (sample.hasNext()) {
            SampleEntry entry = sample.next();
            if (entry.id() < there) {
                continue;
            }
            batch.add(Point.of(entry.id(), entry.vector(), entry.payload()));
            if (batch.size() == BATCH || !sample.hasNext()) {
                entries.upsert(batch);
                batch = new ArrayList<>(BATCH);
                progress.accept(entry.id() + 1);
            }
        }
    }
}
