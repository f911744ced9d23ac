package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Collection;
import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.DatabaseView;
import io.velesdb.Hit;
import io.velesdb.Point;
import io.velesdb.TextQuery;
import io.velesdb.TextRequest;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Full text is searched while rows come, change, go and move. */
@ExtendWith(CheckOnClose.class)
class TextWhileWriteTest {
    private static final String NAME = "texts";
    private static final int BLOCKS = 30;
    private static final int BLOCK = 20;
    private static final int WRITES = 400;
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    /**
     * Every block of rows is written as a whole, with one word of its own and one of its version. A reader that ever finds
     * part of a block, two versions in one, or different scores for the same words, has seen half a write. Another reader
     * works out by hand what a search must find.
     */
    @Test
    void everySearchAnswersFromOneState() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (Database database = VelesDb.open(folder, Options.DEFAULTS.withCheckpointBytes(100_000))) {
            Collection texts = database.createCollection(NAME, CollectionSchema.metadata());
            Set<Integer> present = new HashSet<>();
            for (int block = 0; block < BLOCKS; block++) {
                write(texts, present, block, 0);
            }
            List<Thread> readers = List.of(
                    Thread.ofPlatform().start(() -> read(texts, done, new SplittableRandom(1))),
                    Thread.ofVirtual().start(() -> read(texts, done, new SplittableRandom(2))),
                    Thread.ofPlatform().start(() -> verify(database, texts, done, new SplittableRandom(3))));
            SplittableRandom random = new SplittableRandom(4);
            for (int version = 1; version <= WRITES; version++) {
                int block = random.nextInt(BLOCKS);
                switch (random.nextInt(12)) {
                    case 0, 1 -> delete(texts, present, block);
                    case 2 -> texts.vacuum();
                    default -> write(texts, present, block, version);
                }
            }
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
        }
        assertThat(faults).isEmpty();
    }

    private void write(Collection texts, Set<Integer> present, int block, int version) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < BLOCK; i++) {
            points.add(Point.of(
                    (long) block * BLOCK + i,
                    Obj.of(
                            "block",
                            block,
                            "version",
                            version,
                            "text",
                            "common block" + block + " version" + version + " pad".repeat(version % 7))));
        }
        present.add(block);
        texts.upsert(points);
    }

    private void delete(Collection texts, Set<Integer> present, int block) {
        if (present.size() == 1) {
            return;
        }
        long[] ids = new long[BLOCK];
        Arrays.setAll(ids, i -> (long) block * BLOCK + i);
        present.remove(block);
        texts.delete(ids);
    }

    private static float bm25(int rows, double averageLength, int documents, int frequency, int length) {
        double idf = Math.log(1 + (rows - documents + 0.5) / (documents + 0.5));
        return (float) (idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / averageLength)));
    }

    private void read(Collection texts, AtomicBoolean done, SplittableRandom random) {
        while (!done.get()) {
            int block = random.nextInt(BLOCKS);
            try {
                switch (random.nextInt(3)) {
                    case 0 -> readBlock(block, texts.textSearch(TextRequest.words("block" + block, 100)));
                    case 1 ->
                        readBlock(
                                block,
                                texts.textSearch(TextRequest.of(TextQuery.phrase("common block" + block), 100)
                                        .in("text")));
                    default -> readAll(texts.textSearch(TextRequest.of(TextQuery.prefix("commo"), 1_000)));
                }
            } catch (RuntimeException failure) {
                faults.add("search for block " + block + ": " + failure);
                return;
            }
        }
    }

    private void readBlock(int block, List<Hit> hits) {
        if (hits.isEmpty()) {
            return;
        }
        if (hits.size() != BLOCK) {
            faults.add("block " + block + " has " + hits.size() + " rows");
        }
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            if (hit.id() != (long) block * BLOCK + i
                    || !hit.payload().equals(hits.get(0).payload())
                    || hit.score() != hits.get(0).score()) {
                faults.add("block " + block + " has " + hits.get(0) + " and " + hit);
            }
        }
    }

    /** Every row has the common word; which rows there are is a matter of whole blocks. */
    private void readAll(List<Hit> hits) {
        Map<Value, List<Hit>> byBlock = new HashMap<>();
        for (Hit hit : hits) {
            byBlock.computeIfAbsent(hit.payload().get("block"), b -> new ArrayList<>())
                    .add(hit);
        }
        byBlock.forEach((block, rows) -> {
            if (rows.size() != BLOCK
                    || rows.stream().map(Hit::payload).distinct().count() != 1
                    || rows.stream().map(Hit::score).distinct().count() != 1) {
                faults.add("block " + block + " is " + rows);
            }
        });
    }

    /** Searches, and works out what must be found from the rows of the same state: when nothing was written meanwhile. */
    private void verify(Database database, Collection texts, AtomicBoolean done, SplittableRandom random) {
        boolean last;
        do {
            last = done.get();
            String words = "block" + random.nextInt(BLOCKS) + " pad version" + random.nextInt(WRITES);
            try {
                DatabaseView state = database.view();
                List<Hit> hits = texts.textSearch(TextRequest.words(words, 1_000));
                if (database.lsn() == state.lsn()) {
                    verify(state, words, hits);
                }
            } catch (RuntimeException failure) {
                faults.add("search for '" + words + "': " + failure);
                return;
            }
        } while (!last);
    }

    private void verify(DatabaseView state, String words, List<Hit> hits) {
        Map<Long, String[]> documents = new HashMap<>();
        state.forEachPoint(
                NAME,
                point -> documents.put(point.id(), point.payload().text("text").split(" ")));
        long tokens = 0;
        for (String[] text : documents.values()) {
            tokens += text.length;
        }
        double average = (double) tokens / Math.max(1, documents.size());
        Map<Long, Double> expected = new HashMap<>();
        for (String word : words.split(" ")) {
            Map<Long, Integer> frequencies = new HashMap<>();
            documents.forEach((id, text) -> {
                int frequency = (int) Arrays.stream(text).filter(word::equals).count();
                if (frequency > 0) {
                    frequencies.put(id, frequency);
                }
            });
            frequencies.forEach((id, frequency) -> expected.merge(
                    id,
                    (double) bm25(documents.size(), average, frequencies.size(), frequency, documents.get(id).length),
                    Double::sum));
        }
        if (hits.size() != expected.size()) {
            faults.add("'" + words + "' finds " + hits.size() + " rows of " + expected.size());
            return;
        }
        for (Hit hit : hits) {
            Double score = expected.get(hit.id());
            if (score == null || Math.abs(score - hit.score()) > 1e-4 * score) {
                faults.add("'" + words + "' gives " + hit + ", expected " + score);
            }
        }
    }
}
