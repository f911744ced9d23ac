package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @Test
    void withoutSettingsEveryKeyHasTheDefaultOfTheContract() {
        Configuration usual = Configuration.DEFAULTS;
        assertThat(usual.limits()).isEqualTo(Limits.DEFAULTS);
        assertThat(usual.effort()).isEqualTo(Effort.BALANCED);
        assertThat(usual.hnsw(384)).isEqualTo(HnswParameters.DEFAULT);
        assertThat(usual.text("search.ef_search")).isEqualTo("none");
        assertThat(usual.whole("wal_batch.max_batch_size")).isEqualTo(128);
        assertThat(usual.whole("query.max_length_bytes")).isEqualTo(262_144);
        assertThat(usual.get("quantization.rerank_enabled")).isEqualTo(Value.of(true));
    }

    @Test
    void everyKeyTakesItsOwnDefault() {
        Configuration all = Configuration.DEFAULTS;
        for (String key : Configuration.keys()) {
            all = all.with(key, Configuration.DEFAULTS.get(key));
        }
        assertThat(all).isEqualTo(Configuration.DEFAULTS);
        assertThat(Configuration.of(all.toJson())).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search.default_mode | \"custom:7\" | fast, balanced, accurate, perfect",
                "search.ef_search | 15 | 16 to 4096",
                "search.ef_search | 4097 | none",
                "search.max_results | 0 | 1 to 10000",
                "search.max_results | 10.0 | 1 to 10000",
                "search.max_results | \"10\" | 1 to 10000",
                "search.query_timeout_ms | -1 | 0 to 86400000",
                "hnsw.m | 3 | 4 to 128",
                "hnsw.m | \"automatic\" | auto",
                "hnsw.ef_construction | 99 | 100 to 2000",
                "hnsw.max_layers | 65 | 0 to 64",
                "storage.data_dir | \" \" | not blank",
                "storage.storage_mode | \"tape\" | mmap, memory",
                "storage.mmap_cache_mb | 0 | 1 to 1048576",
                "limits.max_dimensions | 65537 | 1 to 65536",
                "limits.max_vectors_per_collection | 10000000001 | 1 to 10000000000",
                "limits.max_collections | 1000001 | 1 to 1000000",
                "limits.max_payload_size | 1073741825 | 1 to 1073741824",
                "limits.max_perfect_mode_vectors | null | 1 to 100000000",
                "quantization.mode | \"sq4\" | none, sq8, binary, pq, rabitq",
                "quantization.rerank_enabled | 1 | true or false",
                "wal_batch.commit_delay_us | -1 | 0 to 1000000",
                "query.max_groups | 1000001 | 1 to 1000000",
                "query.max_expansion | 0 | unlimited",
                "logging.level | \"loud\" | error, warn, info",
                "logging.format | [] | text, json",
            })
    void aValueThatIsNotAllowedIsRefusedWithItsKeyAndWhatWouldBe(String key, String json, String remedy) {
        assertThatThrownBy(() -> Configuration.DEFAULTS.with(key, Json.parse(json)))
                .isInstanceOf(VelesException.class)
                .hasMessageStartingWith("[VELES-009] " + key + " is ")
                .hasMessageContaining(json.strip())
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"search.max_result", "max_results", "", "search", "search.", "limits.max_dimensions.x"})
    void anUnknownKeyIsRefused(String key) {
        assertThatThrownBy(() -> Configuration.DEFAULTS.with(key, 1))
                .hasMessageStartingWith("[VELES-009] unknown configuration key '" + key + "': ");
        assertThatThrownBy(() -> Configuration.DEFAULTS.get(key)).hasMessageStartingWith("[VELES-009]");
    }

    @Test
    void anUnknownKeyOfAKnownSectionIsShownTheKeysThereAre() {
        assertThatThrownBy(() -> Configuration.of((Obj) Json.parse("{\"search\":{\"max_result\":5}}")))
                .hasMessageContaining("search.max_result'")
                .hasMessageContaining("search.max_results");
    }

    @Test
    void sectionsAndDottedNamesAreTheSame() {
        Configuration nested = Configuration.of(
                (Obj)
                        Json.parse(
                                "{\"search\":{\"max_results\":50,\"default_mode\":\" Fast \"},\"quantization\":{\"default_type\":\"none\"}}"));
        Configuration dotted = Configuration.of((Obj) Json.parse(
                "{\"search.max_results\":50,\"search.default_mode\":\"fast\",\"quantization.mode\":\"none\"}"));
        assertThat(nested).isEqualTo(dotted).hasSameHashCodeAs(dotted);
        assertThat(nested.limits().maxResults()).isEqualTo(50);
        assertThat(nested.effort()).isEqualTo(Effort.FAST);
    }

    @Test
    void searchesThatDoNotSayHowHardTakeTheDefaultMode() {
        // perfect is the one mode whose effect can be seen from outside: it is refused over its limit
        Configuration settings = Configuration.DEFAULTS
                .with("search.default_mode", "perfect")
                .with("limits.max_perfect_mode_vectors", 2);
        VectorCollection rows = threeRows(settings);
        SearchRequest request = SearchRequest.nearest(new float[] {1, 0}, 1);
        assertThatThrownBy(() -> rows.search(request)).hasMessageContaining("limits.max_perfect_mode_vectors");
        assertThat(rows.search(request.effort(Effort.FAST))).hasSize(1);
        assertThat(rows.search(request.ef(16))).hasSize(1);
        VectorCollection withEf = threeRows(settings.with("search.ef_search", 16));
        assertThat(withEf.search(request))
                .as("ef_search is stronger than the mode")
                .hasSize(1);
    }

    private static VectorCollection threeRows(Configuration settings) {
        VectorCollection rows = Database.inMemory(settings, () -> 0).createVectorCollection("rows", 2, Metric.DOT);
        for (int i = 0; i < 3; i++) {
            rows.upsert(Point.of(i, new float[] {i, 1}));
        }
        return rows;
    }

    @Test
    void newCollectionsTakeTheShapeThatIsSet() {
        Configuration settings = Configuration.DEFAULTS
                .with("hnsw.m", 24)
                .with("hnsw.ef_construction", 300)
                .with("hnsw.max_layers", 5);
        Database database = Database.inMemory(settings, () -> 0);
        assertThat(database.createVectorCollection("a", 8, Metric.COSINE)
                        .schema()
                        .hnsw())
                .isEqualTo(new HnswParameters(24, 300, 5));
        assertThat(database.configuration()).isEqualTo(settings);
        HnswParameters own = HnswParameters.profile("turbo", 8);
        assertThat(database.createCollection(
                                "b", CollectionSchema.vector(8, Metric.COSINE).withHnsw(own))
                        .schema()
                        .hnsw())
                .isEqualTo(new HnswParameters(12, 100, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "fast, 256, 16, 150",
        "fast, 257, 16, 150",
        "turbo, 8, 12, 100",
        "high_recall, 256, 32, 500",
        "high_recall, 257, 40, 600",
        "max_recall, 256, 32, 500",
        "max_recall, 768, 48, 800",
        "max_recall, 769, 64, 1000",
        "fast_indexing, 256, 12, 150",
        "' Fast_Indexing', 384, 16, 200"
    })
    void profilesAreThoseOfTheContract(String name, int dimension, int m, int efConstruction) {
        assertThat(HnswParameters.profile(name, dimension)).isEqualTo(new HnswParameters(m, efConstruction, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 256, 24, 200", "10000, 257, 32, 400", "10001, 256, 64, 800", "100000, 257, 128, 1600",
        "100001, 256, 96, 1200", "500000, 257, 128, 2000", "500001, 256, 64, 800", "500001, 257, 128, 1600"
    })
    void shapesByExpectedSizeAreThoseOfTheContract(long rows, int dimension, int m, int efConstruction) {
        assertThat(HnswParameters.forSize(rows, dimension)).isEqualTo(new HnswParameters(m, efConstruction, 0));
    }

    @Test
    void anUnknownProfileIsRefused() {
        assertThatThrownBy(() -> HnswParameters.profile("best", 8))
                .hasMessageStartingWith("[VELES-009]")
                .hasMessageContaining("'best'")
                .hasMessageContaining("turbo");
    }
}
