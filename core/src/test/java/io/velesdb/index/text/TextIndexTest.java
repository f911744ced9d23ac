package io.velesdb.index.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.TextAnalysis;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import io.velesdb.host.Cancellation;
import io.velesdb.index.ScoredSlots;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextIndexTest {
    private static final List<List<FieldPath>> FIELDS = List.of(
            List.of(),
            List.of(FieldPath.of("payload")),
            List.of(FieldPath.of("body")),
            List.of(FieldPath.of("title")),
            List.of(FieldPath.of("meta")),
            List.of(FieldPath.of("tags")),
            List.of(FieldPath.of("tags.deep")),
            List.of(FieldPath.of("title"), FieldPath.of("body")),
            List.of(FieldPath.of("nowhere")),
            List.of(FieldPath.of("id")));

    private static BinaryReader saved(TextIndex index) {
        BinaryWriter out = new BinaryWriter();
        index.save(out);
        return new BinaryReader(out.toByteArray(), ErrorCode.STORAGE, "texts");
    }

    private static TextIndex reloaded(TextIndex index, int slots) {
        return TextIndex.load(saved(index), TextOptions.DEFAULTS, Character::toString, slots);
    }

    private static TextQuery query(Random random, Corpus.Words words) {
        StringBuilder text = new StringBuilder();
        int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 3);
        for (int i = 0; i < n; i++) {
            text.append(i == 0 ? "" : " ").append(words.word());
        }
        return switch (random.nextInt(6)) {
            case 0 -> TextQuery.phrase(text.toString());
            case 1 -> TextQuery.prefix(text.substring(0, Math.max(1, text.length() - 1)));
            default -> TextQuery.words(text.toString());
        };
    }

    /** Compares the scores of slots and their order. */
    private static void expectBest(
            String when,
            TextIndex.View view,
            Corpus corpus,
            TextQuery query,
            List<FieldPath> fields,
            int k,
            long @Nullable [] allowed) {
        TextSearch search = view.search(query, fields, corpus.live());
        long[] wanted = allowed == null ? corpus.live() : allowed;
        Corpus.Answer expected = corpus.search(query, fields, k, wanted);
        expectSame(when, expected, search.best(k, wanted, corpus.ids::get, Cancellation.NONE));
        expectSame(
                when + ", every sum computed twice",
                expected,
                search.withSlack(1e-3).best(k, wanted, corpus.ids::get, Cancellation.NONE));
        for (int i = 0; i < expected.slots().length; i++) {
            assertThat(search.score(expected.slots()[i])).as(when).isEqualTo(expected.scores()[i]);
        }
        if (k >= corpus.slots()) {
            long[] into = new long[wanted.length + 1];
            Arrays.fill(into, -1);
            int count = search.matching(wanted, into, Cancellation.NONE);
            long[] matching = new long[wanted.length + 1];
            matching[wanted.length] = -1;
            for (int slot : expected.slots()) {
                matching[slot >>> 6] |= 1L << slot;
            }
            assertThat(into).as("matching, " + when).isEqualTo(matching);
            assertThat(count).as(when).isEqualTo(expected.slots().length);
        }
    }

    private static void expectSame(String when, Corpus.Answer expected, ScoredSlots found) {
        assertThat(found.slots()).as(when).isEqualTo(expected.slots());
        assertThat(found.scores()).as(when).isEqualTo(expected.scores());
    }

    private static long[] some(Random random, long[] live) {
        long[] allowed = Arrays.copyOf(live, live.length);
        int keep = 1 + random.nextInt(20);
        for (int i = 0; i < allowed.length; i++) {
            for (int n = 0; n < keep; n++) {
                allowed[i] &= keep > 15 ? random.nextLong() : -1L;
            }
            allowed[i] &= random.nextLong();
        }
        return allowed;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 20, 5, 40",
        "2, 60, 30, 10, 200",
        "3, 500, 200, 12, 120",
        "4, 3000, 60, 8, 60",
        "5, 9000, 3000, 10, 40",
        "6, 7000, 12, 30, 30"
    })
    void theBestAreThoseOfTheDefinitionWhateverHappenedBefore(
            long seed, int slots, int variety, int most, int queries) {
        Random random = new Random(seed);
        Corpus.Words words = new Corpus.Words(random, variety);
        Corpus corpus = new Corpus();
        Corpus earlier = corpus.copy();
        TextIndex.View earlierView = corpus.index.view();
        for (int slot = 0; slot < slots; slot++) {
            corpus.append(random.nextLong(), words.payload(most));
            if (random.nextInt(4) == 0) {
                corpus.remove(random.nextInt(slot + 1));
            }
            if (slot == slots / 2) {
                earlier = corpus.copy();
                earlierView = corpus.index.view();
            } else if (random.nextInt(50) == 0) {
                corpus.index.view();
            }
        }
        TextIndex reloaded = reloaded(corpus.index, slots);
        int[] kept = corpus.kept();
        Corpus compacted = new Corpus();
        for (int slot : kept) {
            compacted.append(corpus.ids.get(slot), corpus.payloads.get(slot));
        }
        TextIndex rebuilt = compacted.index;
        compacted.index = corpus.index.compact(kept, kept.length);
        for (int i = 0; i < queries; i++) {
            TextQuery query = query(random, words);
            List<FieldPath> fields = FIELDS.get(random.nextInt(FIELDS.size()));
            int k = random.nextInt(3) == 0 ? slots + 1 : 1 + random.nextInt(12);
            String when = "seed " + seed + ", query " + i + ": " + query + " in " + fields + ", k " + k;
            expectBest(when, corpus.index.view(), corpus, query, fields, k, null);
            expectBest("reloaded, " + when, reloaded.view(), corpus, query, fields, k, some(random, corpus.live()));
            expectBest("earlier, " + when, earlierView, earlier, query, fields, k, null);
            expectBest("compacted, " + when, compacted.index.view(), compacted, query, fields, k, null);
            expectSame(
                    "rebuilt, " + when,
                    Corpus.of(compacted
                            .index
                            .view()
                            .search(query, fields, null)
                            .best(k, null, compacted.ids::get, Cancellation.NONE)),
                    rebuilt.view().search(query, fields, null).best(k, null, compacted.ids::get, Cancellation.NONE));
        }
        // All go on growing.
        for (int i = 0; i < 200; i++) {
            Obj payload = words.payload(most);
            reloaded.append(slots + i, payload);
            corpus.append(random.nextLong(), payload);
            compacted.append(random.nextLong(), payload);
        }
        for (int i = 0; i < queries / 4; i++) {
            TextQuery query = query(random, words);
            List<FieldPath> fields = FIELDS.get(random.nextInt(FIELDS.size()));
            String when = "grown, seed " + seed + ", query " + i + ": " + query + " in " + fields;
            expectBest(when, reloaded.view(), corpus, query, fields, 10, null);
            expectBest("compacted, " + when, compacted.index.view(), compacted, query, fields, 10, null);
        }
    }

    private static final TextOptions ALIKE = TextOptions.DEFAULTS
            .withField(FieldPath.of("body"), TextAnalysis.PLAIN.withBigrams())
            .withField(FieldPath.of("meta.place"), TextAnalysis.PLAIN.withBigrams())
            .withField(FieldPath.of("title"), TextAnalysis.PLAIN.withLanguage(TextLanguage.SPANISH, false, false));

    @ParameterizedTest
    @CsvSource({"1, 60, 30, 10, 200", "2, 500, 200, 12, 120", "3, 3000, 60, 8, 60"})
    void severalAnalysesThatMakeTheSameTokensScoreAsOne(long seed, int slots, int variety, int most, int queries) {
        Random random = new Random(seed);
        Corpus.Words words = new Corpus.Words(random, variety);
        Corpus corpus = new Corpus(ALIKE);
        for (int slot = 0; slot < slots; slot++) {
            corpus.append(random.nextLong(), words.payload(most));
            if (random.nextInt(4) == 0) {
                corpus.remove(random.nextInt(slot + 1));
            }
        }
        TextIndex reloaded = TextIndex.load(saved(corpus.index), ALIKE, Character::toString, slots);
        for (int i = 0; i < queries; i++) {
            TextQuery query = query(random, words);
            List<FieldPath> fields = FIELDS.get(random.nextInt(FIELDS.size()));
            int k = random.nextInt(3) == 0 ? slots + 1 : 1 + random.nextInt(12);
            String when = "seed " + seed + ", query " + i + ": " + query + " in " + fields + ", k " + k;
            expectBest(when, corpus.index.view(), corpus, query, fields, k, null);
            expectBest("reloaded, " + when, reloaded.view(), corpus, query, fields, k, some(random, corpus.live()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 30, 10, 200, 3", "2, 500, 200, 12, 120, 40", "3, 3000, 60, 8, 60, 2", "4, 3000, 60, 8, 60, 900"
    })
    void rowsThatAreLeftOutCountAsIfTheyHadBeenRemoved(
            long seed, int slots, int variety, int most, int queries, int leftOut) {
        Random random = new Random(seed);
        Corpus.Words words = new Corpus.Words(random, variety);
        Corpus corpus = new Corpus(random.nextBoolean() ? ALIKE : TextOptions.DEFAULTS);
        for (int slot = 0; slot < slots; slot++) {
            corpus.append(random.nextLong(), words.payload(most));
            if (random.nextInt(4) == 0) {
                corpus.remove(random.nextInt(slot + 1));
            }
        }
        int[] kept = corpus.kept();
        int[] gone = IntStream.generate(() -> kept[random.nextInt(kept.length)])
                .limit(leftOut)
                .distinct()
                .sorted()
                .toArray();
        for (int slot : gone) {
            corpus.leaveOut(slot);
        }
        TextIndex.View view = corpus.index.view();
        for (int i = 0; i < queries; i++) {
            TextQuery query = query(random, words);
            List<FieldPath> fields = FIELDS.get(random.nextInt(FIELDS.size()));
            String when = "seed " + seed + ", query " + i + ": " + query + " in " + fields;
            TextSearch search = view.search(query, fields, corpus.live(), gone);
            expectSame(
                    when,
                    corpus.search(query, fields, 20, null),
                    search.best(20, corpus.live(), corpus.ids::get, Cancellation.NONE));
        }
    }

    private static List<Integer> found(TextIndex index, TextQuery query, String... fields) {
        ScoredSlots best = index.view()
                .search(query, Arrays.stream(fields).map(FieldPath::of).toList(), null)
                .best(100, null, slot -> slot, Cancellation.NONE);
        return Arrays.stream(best.slots()).sorted().boxed().toList();
    }

    @Test
    void eachFieldIsAskedByItsOwnAnalysis() {
        TextOptions options = TextOptions.DEFAULTS
                .withField(FieldPath.of("en"), TextAnalysis.PLAIN.withLanguage(TextLanguage.ENGLISH, true, true))
                .withField(FieldPath.of("en.raw"), TextAnalysis.PLAIN)
                .withField(FieldPath.of("ja"), TextAnalysis.PLAIN.withBigrams());
        TextIndex index = new TextIndex(options, Character::toString);
        index.append(0, Obj.of("en", "the boats", "ja", "東京都 boats"));
        index.append(1, Obj.of("en", Map.of("title", "boating", "raw", "boats"), "note", "東京都"));
        index.append(2, Obj.of("note", "the boat of 東京"));
        assertThat(found(index, TextQuery.words("boat"), "en")).containsExactly(0, 1);
        assertThat(found(index, TextQuery.words("boat"), "en.raw")).isEmpty();
        assertThat(found(index, TextQuery.words("boats"), "en.raw", "ja")).containsExactly(0, 1);
        assertThat(found(index, TextQuery.words("boat"))).containsExactly(0, 1, 2);
        assertThat(found(index, TextQuery.words("the"))).containsExactly(2);
        assertThat(found(index, TextQuery.words("京都"))).containsExactly(0);
        assertThat(found(index, TextQuery.words("東京都"))).containsExactly(0, 1);
        assertThat(found(index, TextQuery.prefix("東京"))).containsExactly(0, 1, 2);
        assertThat(found(index, TextQuery.phrase("the boat"))).containsExactly(0, 1, 2);
        assertThat(found(index, TextQuery.phrase("東京都 boats"))).containsExactly(0);
        assertThat(found(index, TextQuery.phrase("the boat"), "note")).containsExactly(2);
    }

    private static TextIndex of(TextOptions options, String... texts) {
        TextIndex index = new TextIndex(
                options,
                point -> java.text.Normalizer.normalize(Character.toString(point), java.text.Normalizer.Form.NFD));
        for (int slot = 0; slot < texts.length; slot++) {
            index.append(slot, Obj.of("text", texts[slot]));
        }
        return index;
    }

    @Test
    void textsAreFoldedAndCutIntoLettersMarksAndNumbers() {
        TextIndex index = of(
                TextOptions.DEFAULTS,
                "Straße über-MÜLLER's",
                "x1 Ⅷ ½ x",
                "ΣΊΣΥΦΟΣ",
                "naïve nai\u0308ve",
                "東京都",
                "a b c");
        assertThat(found(index, TextQuery.words("müller"))).containsExactly(0);
        assertThat(found(index, TextQuery.words("STRASSE"))).isEmpty();
        assertThat(found(index, TextQuery.words("straẞe"))).containsExactly(0);
        assertThat(found(index, TextQuery.words("X1"))).containsExactly(1);
        assertThat(found(index, TextQuery.words("ⅷ"))).containsExactly(1);
        assertThat(found(index, TextQuery.words("σίσυφος"))).containsExactly(2);
        assertThat(found(index, TextQuery.words("nai\u0308ve"))).containsExactly(3);
        assertThat(found(index, TextQuery.words("東京"))).isEmpty();
        assertThat(found(index, TextQuery.words("a b s")))
                .as("tokens of one byte")
                .isEmpty();
        assertThat(found(index, TextQuery.words("\ud800 !"))).isEmpty();
    }

    @Test
    void marksAreStrippedWhereAskedFor() {
        TextIndex index =
                of(TextOptions.DEFAULTS.strippingMarks(), "Café", "CAFE\u0301", "cafe", "İstanbul", "が か", "한국");
        assertThat(found(index, TextQuery.words("cafe"))).containsExactly(0, 1, 2);
        assertThat(found(index, TextQuery.words("çäfé"))).containsExactly(0, 1, 2);
        assertThat(found(index, TextQuery.words("istanbul"))).containsExactly(3);
        assertThat(found(index, TextQuery.words("か")))
                .as("voicing is no accent")
                .containsExactly(4);
        assertThat(found(index, TextQuery.words("한국"))).containsExactly(5);
    }

    @Test
    void stemsAndStopWordsGoByTheLanguage() {
        TextIndex stems = of(
                TextOptions.DEFAULTS.withLanguage(TextLanguage.ENGLISH, true, true),
                "the rowers were rowing",
                "they row",
                "THE THE the");
        assertThat(found(stems, TextQuery.words("rowed"))).containsExactly(0, 1);
        assertThat(found(stems, TextQuery.words("the they"))).isEmpty();
        assertThat(found(stems, TextQuery.phrase("the rower was rowing"))).containsExactly(0);
        assertThat(found(stems, TextQuery.prefix("the"))).isEmpty();
        assertThat(found(stems, TextQuery.prefix("ro"))).containsExactly(0, 1);
        TextIndex accents = of(
                TextOptions.DEFAULTS
                        .withLanguage(TextLanguage.FRENCH, false, true)
                        .strippingMarks(),
                "Il a été là",
                "ete");
        assertThat(found(accents, TextQuery.words("ete été")))
                .as("stop words without their marks")
                .isEmpty();
    }

    @Test
    void pairsStandForRunsWithoutBlanks() {
        TextIndex index = of(TextOptions.DEFAULTS.withBigrams(), "東京都へ行く", "京都", "Tokyo東京", "カー", "王");
        assertThat(found(index, TextQuery.words("東京"))).containsExactly(0, 2);
        assertThat(found(index, TextQuery.phrase("京都"))).containsExactly(0, 1);
        assertThat(found(index, TextQuery.phrase("東京都"))).containsExactly(0);
        assertThat(found(index, TextQuery.words("tokyo"))).containsExactly(2);
        assertThat(found(index, TextQuery.words("カー"))).containsExactly(3);
        assertThat(found(index, TextQuery.words("王"))).containsExactly(4);
        assertThat(found(index, TextQuery.prefix("行"))).containsExactly(0);
    }

    @Test
    void aPhraseDoesNotCrossStringsAndDroppedWordsHoldTheirPlace() {
        TextIndex index = new TextIndex(TextOptions.DEFAULTS, Character::toString);
        index.append(0, Obj.of("a", List.of("big red", "boat house"), "b", "of"));
        index.append(1, Obj.of("a", "red boat"));
        index.append(2, Obj.of("a", "vitamin c deficiency"));
        index.append(3, Obj.of("a", "vitamin deficiency"));
        assertThat(found(index, TextQuery.phrase("red boat"))).containsExactly(1);
        assertThat(found(index, TextQuery.phrase("boat house"))).containsExactly(0);
        assertThat(found(index, TextQuery.phrase("vitamin d deficiency"))).containsExactly(2);
        assertThat(found(index, TextQuery.phrase("vitamin deficiency"))).containsExactly(3);
        assertThat(found(index, TextQuery.phrase("house of"))).isEmpty();
        assertThatThrownBy(() -> found(index, TextQuery.phrase("red " + "of ".repeat(255) + "boat")))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-010")
                .hasMessageContaining("257 words");
    }

    @Test
    void chosenFieldsAreIndexedAndOthersRefused() {
        TextOptions options =
                TextOptions.DEFAULTS.withFields(List.of(FieldPath.of("meta.title"), FieldPath.of("payload.tags")));
        TextIndex index = new TextIndex(options, Character::toString);
        index.append(0, Obj.of("meta", Map.of("title", "red boat", "note", "red house"), "body", "red", "tags", "sea"));
        assertThat(found(index, TextQuery.words("boat"))).containsExactly(0);
        assertThat(found(index, TextQuery.words("house"))).isEmpty();
        assertThat(found(index, TextQuery.words("sea"))).containsExactly(0);
        assertThat(index.view()
                        .search(TextQuery.words("red"), List.of(FieldPath.of("meta.title.x")), null)
                        .score(0))
                .isZero();
        assertThatThrownBy(() -> index.view().search(TextQuery.words("red"), List.of(FieldPath.of("meta")), null))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-010")
                .hasMessageContaining("field meta");
        index.remove(0, Obj.of("meta", Map.of("title", "red boat"), "tags", "sea"));
        assertThat(index.view()
                        .search(TextQuery.words("red"), List.of(), new long[1])
                        .score(0))
                .isZero();
    }

    @Test
    void whatWasNotAppendedCannotBeRemoved() {
        TextIndex index = of(TextOptions.DEFAULTS, "red boat");
        assertThatThrownBy(() -> index.remove(0, Obj.of("text", "red house"))).hasMessageContaining("[VELES-008]");
        assertThatThrownBy(() -> index.remove(0, Obj.of("text", "red"))).hasMessageContaining("[VELES-008]");
        assertThatThrownBy(() -> index.remove(1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(found(index, TextQuery.words("boat"))).containsExactly(0);
    }

    @Test
    void oneRowMayHaveManyFieldsAndLongTexts() {
        Obj.Builder members = Obj.builder();
        for (int i = 0; i < 20_000; i++) {
            members.put("field" + i, io.velesdb.value.Value.of("same word" + i % 700));
        }
        Obj payload = members.build();
        TextIndex index = new TextIndex(TextOptions.DEFAULTS, Character::toString);
        index.append(0, payload);
        index.append(1, Obj.of("text", "same ".repeat(100_000)));
        index.append(2, payload);
        assertThat(found(index, TextQuery.words("same"))).containsExactly(0, 1, 2);
        assertThat(index.view()
                        .search(TextQuery.words("word7 same"), List.of(FieldPath.of("field7")), null)
                        .best(5, null, slot -> slot, Cancellation.NONE)
                        .slots())
                .containsExactly(0, 2);
        index.remove(0, payload);
        TextIndex copy = reloaded(index.compact(new int[] {1, 2}, 2), 2);
        assertThat(found(copy, TextQuery.phrase("same same same"))).containsExactly(0);
        assertThat(found(copy, TextQuery.phrase("same word3"))).containsExactly(1);
    }

    @Test
    void otherOptionsAreDamageSoThatTheIndexIsRebuilt() {
        BinaryReader in = saved(of(TextOptions.DEFAULTS, "red boat"));
        assertThatThrownBy(() -> TextIndex.load(in, TextOptions.DEFAULTS.withBigrams(), Character::toString, 1))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("VELES-006")
                .hasMessageContaining("other rules");
    }

    @Test
    void hostileBytesAreDamageAndNothingElse() {
        Random random = new Random(5);
        Corpus.Words words = new Corpus.Words(random, 20);
        Corpus corpus = new Corpus();
        for (int slot = 0; slot < 300; slot++) {
            corpus.append(slot, words.payload(6));
        }
        BinaryWriter out = new BinaryWriter();
        corpus.index.save(out);
        byte[] good = out.toByteArray();
        for (int i = 0; i < 3000; i++) {
            byte[] bad =
                    i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : Arrays.copyOf(good, good.length);
            for (int n = random.nextInt(4); n >= 0 && i % 3 > 0; n--) {
                bad[random.nextInt(i % 2 == 0 ? 200 : bad.length)] = (byte) random.nextInt();
            }
            try {
                TextIndex loaded = TextIndex.load(
                        new BinaryReader(bad, ErrorCode.STORAGE, "texts"),
                        TextOptions.DEFAULTS,
                        Character::toString,
                        300);
                for (List<FieldPath> fields : FIELDS) {
                    TextSearch search = loaded.view().search(query(random, words), fields, null);
                    search.best(5, null, slot -> slot, Cancellation.NONE);
                }
                BinaryWriter again = new BinaryWriter();
                loaded.save(again);
            } catch (VelesException damage) {
                assertThat(damage.code()).as("byte set " + i).isEqualTo(ErrorCode.STORAGE);
            }
        }
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> new TextAnalysis(null, true, false, false, false))
                .hasMessageContaining("VELES-010")
                .hasMessageContaining("stemming without a language");
        assertThatThrownBy(() -> TextOptions.DEFAULTS.withFields(List.of(FieldPath.of("id"))))
                .hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> TextLanguage.of("xx")).hasMessageContaining("VELES-010");
        TextOptions all = TextOptions.DEFAULTS
                .withFields(List.of(FieldPath.of("a.b"), FieldPath.ofNames("c.d")))
                .withLanguage(TextLanguage.GERMAN, true, false)
                .strippingMarks();
        BinaryWriter out = new BinaryWriter();
        all.write(out);
        assertThat(TextOptions.read(new BinaryReader(out.toByteArray(), ErrorCode.STORAGE, "options")))
                .isEqualTo(all);
        TextAnalysis french = TextAnalysis.PLAIN.withLanguage(TextLanguage.FRENCH, false, true);
        assertThatThrownBy(() -> all.withField(FieldPath.of("a"), french)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> TextOptions.DEFAULTS
                        .withField(FieldPath.of("a"), french)
                        .withField(FieldPath.of("payload.a"), TextAnalysis.PLAIN))
                .hasMessageContaining("two analyses");
        TextOptions mixed = all.withField(FieldPath.of("a.b"), french.withBigrams())
                .withField(FieldPath.of("a.b.c"), TextAnalysis.PLAIN);
        BinaryWriter more = new BinaryWriter();
        mixed.write(more);
        assertThat(TextOptions.read(new BinaryReader(more.toByteArray(), ErrorCode.STORAGE, "options")))
                .isEqualTo(mixed);
    }
}
