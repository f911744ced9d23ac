package io.velesdb.benchmarks;

import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.index.text.TextIndex;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;

/**
 * BM25 top 10 over the glosses of WordNet beside Lucene, in one process and turn by turn: {@code --data DIR --rows 100000
 * --rounds 15}. Each query counts with its quickest round.
 */
final class TextBenchmark {
    private static final int K = 10;

    private TextBenchmark() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = new Arguments(args);
        WordNet data = WordNet.of(arguments);
        List<String> rows = data.glosses("base", arguments.number("--rows", 100_000));
        List<String> ten = new ArrayList<>();
        for (String gloss : data.glosses("queries", 300)) {
            String[] words = words(gloss);
            ten.add(String.join(" ", Arrays.copyOf(words, Math.min(10, words.length))));
        }
        Random random = new Random(1);
        List<String> two = new ArrayList<>();
        for (String query : ten) {
            List<String> words = new ArrayList<>(List.of(query.split(" ", -1)));
            words.removeIf(word -> word.length() <= 3);
            if (words.size() < 2) {
                words = new ArrayList<>(List.of(query.split(" ", -1)));
            }
            while (words.size() > 2) {
                words.remove(random.nextInt(words.size()));
            }
            two.add(String.join(" ", words));
        }

        long start = System.nanoTime();
        TextIndex index = new TextIndex(TextOptions.DEFAULTS, Character::toString);
        for (int slot = 0; slot < rows.size(); slot++) {
            index.append(slot, Obj.of("gloss", rows.get(slot)));
        }
        TextIndex.View view = index.view();
        System.out.printf(Locale.ROOT, "veles index %.2f s%n", (System.nanoTime() - start) / 1e9);

        Path folder = TemporaryFolder.create();
        try (MMapDirectory directory = new MMapDirectory(folder)) {
            start = System.nanoTime();
            try (IndexWriter writer = new IndexWriter(
                    directory, new IndexWriterConfig(new WhitespaceAnalyzer()).setRAMBufferSizeMB(256))) {
                for (String row : rows) {
                    Document document = new Document();
                    document.add(new TextField("gloss", String.join(" ", words(row)), Field.Store.NO));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            System.out.printf(Locale.ROOT, "lucene index %.2f s%n", (System.nanoTime() - start) / 1e9);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setQueryCache(null);
                int rounds = arguments.number("--rounds", 15);
                for (List<String> queries : List.of(two, ten)) {
                    compare(queries, rounds, query -> ours(view, query), query -> lucene(searcher, query));
                }
            }
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    /** The tokens that both sides index: VelesDB drops those of one letter. */
    private static String[] words(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ")
                .replaceAll("\\b[a-z0-9]\\b", "")
                .trim()
                .split(" +");
    }

    private static int[] ours(TextIndex.View view, String query) {
        ScoredSlots best =
                view.search(TextQuery.words(query), List.of(), null).best(K, null, slot -> slot, Cancellation.NONE);
        return best.slots();
    }

    private static int[] lucene(IndexSearcher searcher, String query) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String word : query.split(" ", -1)) {
            any.add(new TermQuery(new Term("gloss", word)), BooleanClause.Occur.SHOULD);
        }
        try {
            ScoreDoc[] found = searcher.search(any.build(), K).scoreDocs;
            int[] slots = new int[found.length];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = found[i].doc;
            }
            return slots;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void compare(
            List<String> queries, int rounds, Function<String, int[]> ours, Function<String, int[]> lucene) {
        double[] quickest = new double[queries.size()];
        double[] quickestLucene = new double[queries.size()];
        Arrays.fill(quickest, Double.MAX_VALUE);
        Arrays.fill(quickestLucene, Double.MAX_VALUE);
        double same = 0;
        for (int round = 0; round < rounds; round++) {
            same = 0;
            for (int i = 0; i < queries.size(); i++) {
                long start = System.nanoTime();
                int[] found = ours.apply(queries.get(i));
                long between = System.nanoTime();
                int[] other = lucene.apply(queries.get(i));
                long end = System.nanoTime();
                quickest[i] = Math.min(quickest[i], (between - start) / 1e3);
                quickestLucene[i] = Math.min(quickestLucene[i], (end - between) / 1e3);
                Set<Integer> known = new HashSet<>();
                for (int slot : other) {
                    known.add(slot);
                }
                int shared = 0;
                for (int slot : found) {
                    shared += known.contains(slot) ? 1 : 0;
                }
                same += (double) shared / Math.max(1, other.length);
            }
        }
        Arrays.sort(quickest);
        Arrays.sort(quickestLucene);
        int middle = queries.size() / 2;
        int last = queries.size() * 99 / 100;
        System.out.printf(
                Locale.ROOT,
                "%d words: veles %.1f / %.1f us, lucene %.1f / %.1f us, ratio %.2f, shared rows %.3f%n",
                queries.get(0).split(" ").length,
                quickest[middle],
                quickest[last],
                quickestLucene[middle],
                quickestLucene[last],
                quickest[middle] / quickestLucene[middle],
                same / queries.size());
    }
}
