package io.velesdb.index.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.util.List;
import java.util.Random;
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
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** Scores beside those of Lucene, which leaves out the factor k1 + 1, and whose lengths are exact up to 40 tokens. */
final class LuceneScoresTest {
    private static final int ROWS = 2_000;

    private final Random random = new Random(11);

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(most); n > 0; n--) {
            text.append("w")
                    .append((int) (300 * Math.pow(random.nextDouble(), 3)))
                    .append(' ');
        }
        return text.toString();
    }

    @Test
    void wordsAndPhrasesScoreAsInLucene() throws IOException {
        TextIndex index = new TextIndex(TextOptions.DEFAULTS, Character::toString);
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
                for (int slot = 0; slot < ROWS; slot++) {
                    String text = text(40);
                    Document document = new Document();
                    document.add(new TextField("text", text, Field.Store.NO));
                    writer.addDocument(document);
                    index.append(slot, Obj.of("text", text));
                }
                writer.forceMerge(1);
            }
            TextIndex.View view = index.view();
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
                for (int i = 0; i < 200; i++) {
                    String text = text(6);
                    String[] words = text.trim().split(" ");
                    BooleanQuery.Builder any = new BooleanQuery.Builder();
                    for (String word : words) {
                        any.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
                    }
                    compare(searcher, any.build(), view.search(TextQuery.words(text), List.of(), null), text);
                    compare(
                            searcher,
                            words.length == 1 ? any.build() : new PhraseQuery("text", words),
                            view.search(TextQuery.phrase(text), List.of(), null),
                            "phrase " + text);
                }
            }
        }
    }

    private static void compare(IndexSearcher searcher, Query query, TextSearch search, String what)
            throws IOException {
        ScoreDoc[] found = searcher.search(query, ROWS).scoreDocs;
        for (ScoreDoc document : found) {
            assertThat((double) search.score(document.doc))
                    .as(what + ", row " + document.doc)
                    .isCloseTo(document.score * 2.2, within(document.score * 1e-5));
        }
        long[] into = new long[(ROWS + 63) / 64];
        assertThat(search.matching(null, into, () -> {})).as(what).isEqualTo(found.length);
    }
}
