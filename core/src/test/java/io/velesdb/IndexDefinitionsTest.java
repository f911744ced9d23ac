package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexDefinitionsTest {
    private final Database database = Database.inMemory();
    private final MetadataCollection words = database.createMetadataCollection("words");

    @Test
    void anIndexIsThereOnceAndGoneOnce() {
        assertThat(words.createIndex(IndexDefinition.secondary("pos"))).isTrue();
        assertThat(words.createIndex(IndexDefinition.secondary("pos"))).isFalse();
        assertThat(words.createIndex(IndexDefinition.trigram("pos"))).isTrue();
        assertThat(words.createIndex(IndexDefinition.property("Noun", "pos"))).isTrue();
        assertThat(words.indexes())
                .extracting(IndexInfo::definition)
                .containsExactly(
                        IndexDefinition.secondary("pos"),
                        IndexDefinition.trigram("pos"),
                        IndexDefinition.property("Noun", "pos"));
        assertThat(words.dropIndex(IndexDefinition.secondary("pos"))).isTrue();
        assertThat(words.dropIndex(IndexDefinition.secondary("pos"))).isFalse();
        assertThat(words.indexes()).hasSize(2);
    }

    @Test
    void definitionsAndStatisticsOutliveTheRows() {
        words.createIndex(IndexDefinition.geo("place"));
        words.upsert(Point.of(1, Obj.of("n", 1)));
        words.analyze();
        words.setAutoReindex(true);
        words.truncate();
        assertThat(words.indexes()).hasSize(1);
        assertThat(words.statistics().rowCount()).isEqualTo(1);
        assertThat(words.autoReindex()).isTrue();
    }

    @Test
    void indexesOfWhatNeedsNoneAreRefused() {
        assertThatThrownBy(() -> IndexDefinition.secondary("id")).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> IndexDefinition.secondary("payload")).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> IndexDefinition.secondary("vector")).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> IndexDefinition.property(" ", "name")).hasMessageContaining("needs the label");
        assertThatThrownBy(() -> IndexDefinition.secondary("a".repeat(1_025))).hasMessageContaining("1024");
        assertThatThrownBy(() -> new IndexDefinition(IndexKind.GEO, "City", FieldPath.of("place")))
                .hasMessageContaining("leave the label out");
        assertThat(IndexDefinition.secondary("payload.id").field().members()).containsExactly("id");
    }

    @Test
    void aDeletedCollectionTakesNoIndex() {
        database.deleteCollection("words");
        assertThatThrownBy(() -> words.createIndex(IndexDefinition.secondary("a")))
                .hasMessageContaining("VELES-002");
        assertThatThrownBy(words::analyze).hasMessageContaining("VELES-002");
    }

    @Test
    void statisticsCountTheRowsOfNow() {
        assertThat(words.statistics()).isNull();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Obj payload = Obj.of("n", i % 100, "pos", i % 4 == 0 ? "verb" : "noun");
            points.add(Point.of(i, i % 10 == 0 ? payload.with("rare", null) : payload));
        }
        words.upsert(points);
        words.upsert(Point.of(0, Obj.of("n", 5_000)));
        words.delete(1);

        CollectionStatistics found = words.analyze();

        assertThat(words.statistics()).isEqualTo(found);
        assertThat(found.rowCount()).isEqualTo(999);
        assertThat(found.deletedCount()).isEqualTo(2);
        FieldStatistics n = found.field(FieldPath.of("n"));
        assertThat(n.distinctCount()).isEqualTo(101);
        assertThat(n.nullCount()).isZero();
        assertThat(n.least()).isEqualTo(Value.of(0));
        assertThat(n.greatest()).isEqualTo(Value.of(5_000));
        assertThat(n.rows()).isEqualTo(999);
        assertThat(n.histogram()).hasSizeBetween(50, 64);
        FieldStatistics pos = found.field(FieldPath.of("pos"));
        assertThat(pos.nullCount()).isEqualTo(1);
        assertThat(pos.histogram())
                .containsExactly(
                        new FieldStatistics.Bucket(Value.of("noun"), Value.of("noun"), 749, 1),
                        new FieldStatistics.Bucket(Value.of("verb"), Value.of("verb"), 249, 1));
        assertThat(found.field(FieldPath.of("rare")).nullCount()).isEqualTo(999);
        assertThat(found.field(FieldPath.of("none"))).isNull();
    }

    @Test
    void statisticsComeBackFromTheirResponse() {
        words.upsert(Point.of(1, Obj.of("a", Obj.of("b.c", 1.5), "id", "x\u00e9", "big", Value.ofUnsigned(-1))));
        words.upsert(Point.of(2, Obj.of("a", List.of(1), "id", "long ".repeat(100))));
        CollectionStatistics found = words.analyze();
        assertThat(found.fields().keySet()).containsExactlyInAnyOrder("a", "[\"a\",\"b.c\"]", "big", "payload.id");
        assertThat(CollectionStatistics.fromJson(Json.parse(Json.write(found.toJson()))))
                .isEqualTo(found);
        assertThat(found.toJson(words.indexes()).has("index_stats")).isTrue();
    }

    @Test
    void statisticsAreAskedForByTheNameOfACollection() {
        Database database = Database.inMemory();
        database.createMetadataCollection("few").upsert(Point.of(1, Obj.of("n", 1)));
        assertThat(database.statistics("few")).isNull();
        CollectionStatistics found = database.analyze("few");
        assertThat(found).isEqualTo(database.statistics("few"));
        assertThat(database.collection("few").statistics()).isEqualTo(found);
        assertThatThrownBy(() -> database.analyze("none")).hasMessageContaining("VELES-002");
        assertThatThrownBy(() -> database.statistics("none")).hasMessageContaining("VELES-002");
    }
}
