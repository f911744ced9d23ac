package io.velesdb.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velesdb.embedder.Embedder;
import io.velesdb.embedder.MiniLmEmbedder;
import io.velesdb.value.Arr;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordNetSampleTest {
    private static final List<String> RELATIONS =
            List.of("hypernym", "instance_hypernym", "has_member", "has_part", "has_substance");

    @Test
    void holdsTenThousandEntriesWithUnitVectorsAndColumns() {
        Map<String, Integer> parts = new HashMap<>();
        int relations = 0;
        try (WordNetSample sample = WordNetSample.open()) {
            assertThat(sample.size()).isEqualTo(10_000);
            assertThat(sample.dimension()).isEqualTo(384);
            long next = 0;
            while (sample.hasNext()) {
                SampleEntry entry = sample.next();
                assertThat(entry.id()).isEqualTo(next++);
                assertThat(dot(entry.vector(), entry.vector())).isCloseTo(1, within(1e-5));
                assertThat(entry.payload().text("text"))
                        .startsWith(entry.payload().text("lemma") + ": ");
                assertThat(entry.payload().text("lexfile"))
                        .startsWith(entry.payload().text("pos").substring(0, 3));
                parts.merge(entry.payload().text("pos"), 1, Integer::sum);
                for (String relation : RELATIONS) {
                    if (entry.payload().get(relation) instanceof Arr targets) {
                        relations += targets.size();
                        assertThat(targets)
                                .allMatch(t -> t instanceof Value.Int id && id.value() >= 0 && id.value() < 10_000);
                    }
                }
            }
            assertThat(next).isEqualTo(10_000);
        }
        assertThat(parts).containsOnlyKeys("noun", "verb", "adj", "adv").hasSize(4);
        assertThat(parts.get("noun")).isBetween(6_800, 7_100);
        assertThat(relations).isGreaterThan(800);
    }

    @Test
    void vectorsAreThoseOfTheBundledModel() {
        try (WordNetSample sample = WordNetSample.open();
                Embedder embedder = MiniLmEmbedder.load()) {
            for (int i = 0; i < 50; i++) {
                SampleEntry entry = sample.next();
                String text = entry.payload().text("text");
                assertThat(dot(entry.vector(), embedder.embed(text))).as(text).isGreaterThan(0.97);
            }
        }
    }

    @Test
    void filesAreThoseThatTheProvenanceDescribes() throws IOException, NoSuchAlgorithmException {
        String provenance = new String(bytes("PROVENANCE.md"), StandardCharsets.UTF_8);
        for (String file : List.of("entries.jsonl.gz", "vectors.f16.npy")) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(file));
            assertThat(provenance).contains("sha256 " + HexFormat.of().formatHex(hash) + "  " + file);
        }
        assertThat(new String(bytes("LICENSE-WordNet.txt"), StandardCharsets.UTF_8))
                .contains("WordNet 3.0 Copyright 2006 by Princeton University.");
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = WordNetSample.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
