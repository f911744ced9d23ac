package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.CollectionStatistics;
import io.velesdb.Database;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexInfo;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(CheckOnClose.class)
class IndexedCollectionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void indexesSettingsAndStatisticsAreThereAfterAReopen(boolean checkpoint) {
        CollectionStatistics found;
        try (Database database = VelesDb.open(folder)) {
            MetadataCollection words = database.createMetadataCollection("words");
            words.upsert(Point.of(1, Obj.of("lemma", "dog", "place", Obj.of("lat", 1, "lng", 2.5))));
            words.createIndex(IndexDefinition.secondary("lemma"));
            words.createIndex(IndexDefinition.geo("place"));
            words.createIndex(IndexDefinition.range("Noun", "lemma"));
            words.dropIndex(IndexDefinition.geo("place"));
            words.setAutoReindex(true);
            found = words.analyze();
            if (checkpoint) {
                database.checkpoint();
            }
        }
        try (Database database = VelesDb.open(folder)) {
            MetadataCollection words = database.metadataCollection("words");
            assertThat(words.indexes())
                    .extracting(IndexInfo::definition)
                    .containsExactly(IndexDefinition.secondary("lemma"), IndexDefinition.range("Noun", "lemma"));
            assertThat(words.autoReindex()).isTrue();
            assertThat(words.statistics()).isEqualTo(found);
        }
    }
}
