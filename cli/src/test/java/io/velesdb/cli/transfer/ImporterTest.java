package io.velesdb.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedder.Embedder;
import io.velesdb.vector.Metric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImporterTest {
    private final Database database = Database.inMemory();
    private final List<Long> batches = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private final ImportObserver observer = new ImportObserver() {
        @Override
        public void written(long points, long position) {
            batches.add(points);
        }

        @Override
        public void skipped(long line, VelesException problem) {
            skipped.add(line + " " + problem.code().text());
        }
    };

    @AfterEach
    void close() {
        database.close();
    }

    private static PointSource source(String text) {
        return PointSource.jsonLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Columns.USUAL);
    }

    private Collection vectors() {
        return database.createVectorCollection("v", 2, Metric.COSINE);
    }

    @Test
    void writesInBatches() throws IOException {
        Collection collection = vectors();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, 25).forEach(i -> text.append("{\"id\":" + i + ",\"vector\":[1," + i + "]}\n"));
        new Importer(first -> collection, 10, observer).run(source(text.toString()));
        assertThat(collection.count()).isEqualTo(25);
        assertThat(batches).containsExactly(10L, 10L, 5L);
        assertThat(skipped).isEmpty();
    }

    @Test
    void skipsExactlyTheLinesThatTheEngineRefuses() throws IOException {
        Collection collection = vectors();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            String vector =
                    i == 7 ? "[1]" : i == 50 ? "[1,1e99]" : i == 51 ? "null" : i == 100 ? "[1,2,3]" : "[1," + i + "]";
            text.append("{\"id\":" + i + ",\"vector\":" + vector + "}\n");
        }
        new Importer(first -> collection, 64, observer).run(source(text.toString()));
        assertThat(collection.count()).isEqualTo(96);
        assertThat(skipped).containsExactly("7 VELES-004", "50 VELES-005", "51 VELES-016", "100 VELES-004");
        assertThat(batches).containsExactly(61L, 35L);
    }

    @Test
    void endsAtAnErrorThatIsNotALinesOwn() {
        Collection collection = vectors();
        database.deleteCollection("v");
        assertThatThrownBy(() -> new Importer(first -> collection, 10, observer)
                        .run(source("{\"id\":1,\"vector\":[1,2]}\n{\"id\":2,\"vector\":[1,2]}\n")))
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLLECTION_NOT_FOUND));
        assertThat(skipped).isEmpty();
    }

    @Test
    void embedsAFieldAndSkipsLinesWithoutTextOrWithAVector() throws IOException {
        Collection collection = vectors();
        new Importer(first -> collection, 10, observer)
                .embedding("doc.title", new Lengths())
                .run(source("""
                {"id":1,"doc":{"title":"abc"}}
                {"id":2,"doc":{"title":" "}}
                {"id":3,"doc":{"title":7}}
                {"id":4,"title":"abc"}
                {"id":5,"doc":{"title":"abcd"},"vector":[9,9]}
                {"id":6,"doc":{"title":"abcd"}}
                """));
        assertThat(skipped).containsExactly("2 VELES-016", "3 VELES-016", "4 VELES-016", "5 VELES-014");
        assertThat(collection.get(1, 6)).extracting(p -> p.vector()[0]).containsExactly(3f, 4f);
    }

    @Test
    void makesTheCollectionFromTheFirstGoodPoint() throws IOException {
        new Importer(first -> database.createVectorCollection("made", first.vector().length, Metric.DOT), 10, observer)
                .run(source("nonsense\n{\"id\":2,\"vector\":[1,2,3]}\n"));
        assertThat(database.vectorCollection("made").schema().dimension()).isEqualTo(3);
        assertThat(skipped).containsExactly("1 VELES-012");
    }

    @Test
    void refusesABatchSizeThatCannotBe() {
        assertThatThrownBy(() -> new Importer(first -> vectors(), 0, observer)).hasMessageContaining("batch size 0");
    }

    /** The vector (length of the text, 1). */
    private static final class Lengths implements Embedder {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public String model() {
            return "lengths";
        }

        @Override
        public float[] embed(String text) {
            return new float[] {text.length(), 1};
        }

        @Override
        public List<float[]> embedAll(List<String> texts) {
            return texts.stream().map(this::embed).toList();
        }

        @Override
        public void close() {}
    }
}
