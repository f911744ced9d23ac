package io.velesdb.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.filter.Filter;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgentMemoryTest {
    private static final long DAY = 86_400;
    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};

    private long now = 1_000 * DAY;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> now * 1_000);
    private final AgentMemory memory = AgentMemory.open(database, AgentMemoryOptions.DEFAULTS.withDimension(2));
    private final SemanticMemory facts = memory.semantic();
    private final EpisodicMemory episodes = memory.episodic();
    private final ProceduralMemory procedures = memory.procedural();

    private static List<Long> ids(List<? extends Recalled<?>> found) {
        return found.stream()
                .map(recalled -> switch (recalled.memory()) {
                    case Fact fact -> fact.id();
                    case Episode episode -> episode.id();
                    case Procedure procedure -> procedure.id();
                    default -> throw new AssertionError(recalled);
                })
                .toList();
    }

    // ---- opening

    @Test
    void aNewMemoryHasTheUsualDimensionAndAPresentOneKeepsItsOwn() {
        assertThat(AgentMemory.open(Database.inMemory()).dimension()).isEqualTo(384);
        assertThat(AgentMemory.open(database).dimension()).isEqualTo(2);
        assertThatThrownBy(() -> AgentMemory.open(database, AgentMemoryOptions.DEFAULTS.withDimension(3)))
                .hasMessageContaining("VELES-004");
    }

    @Test
    void aCollectionOfAnotherShapeInThePlaceOfAMemoryIsRefused() {
        Database other = Database.inMemory();
        other.createVectorCollection("_semantic_memory", 2, Metric.DOT);
        assertThatThrownBy(() -> AgentMemory.open(other))
                .hasMessageContaining("VELES-001")
                .hasMessageContaining("_semantic_memory");
        Database another = Database.inMemory();
        another.createMetadataCollection("_procedural_memory");
        assertThatThrownBy(() -> AgentMemory.open(another)).hasMessageContaining("VELES-001");
    }

    @Test
    void kindsHaveNamesAndCollections() {
        for (MemoryKind kind : MemoryKind.values()) {
            assertThat(MemoryKind.parse(kind.canonicalName())).isEqualTo(kind);
            assertThat(database.hasCollection(kind.collectionName())).isTrue();
            assertThat(memory.store(kind).kind()).isEqualTo(kind);
        }
        assertThatThrownBy(() -> MemoryKind.parse("Semantic")).hasMessageContaining("VELES-010");
    }

    // ---- facts

    @Test
    void aFactIsFoundByMeaningAndById() {
        facts.store(1, "east", EAST, Obj.of("topic", "place"));
        facts.store(-1, "north", NORTH);

        assertThat(facts.query(EAST, 5))
                .containsExactly(
                        new Recalled<>(new Fact(1, "east", Obj.of("topic", "place")), 1f),
                        new Recalled<>(new Fact(-1, "north", Obj.EMPTY), 0f));
        assertThat(facts.get(-1)).isEqualTo(new Fact(-1, "north", Obj.EMPTY));
        assertThat(facts.get(3)).isNull();
        assertThat(facts.getMetadata(1)).isEqualTo(Obj.of("topic", "place"));
        assertThat(facts.getMetadata(3)).isNull();
        assertThat(facts.count()).isEqualTo(2);
    }

    @Test
    void storingAgainReplacesTheWholeFact() {
        facts.store(1, "old", EAST, Obj.of("a", 1));
        facts.store(1, "new", NORTH);

        assertThat(facts.get(1)).isEqualTo(new Fact(1, "new", Obj.EMPTY));
        assertThat(facts.query(NORTH, 1).get(0).score()).isEqualTo(1f);
    }

    @Test
    void factsOfABatchAreStoredTogetherOrNotAtAll() {
        assertThat(facts.storeBatch(List.of(NewFact.of(1, "a", EAST), NewFact.of(2, "b", NORTH))))
                .isEqualTo(2);
        assertThat(facts.storeBatch(List.of())).isZero();

        assertThatThrownBy(() -> facts.storeBatch(List.of(
                        NewFact.of(3, "c", EAST), NewFact.of(4, "d", new float[] {Float.NaN, 1}))))
                .hasMessageContaining("VELES-005");
        assertThat(facts.count()).isEqualTo(2);
    }

    @Test
    void badFactsAreRefusedWithTheirCode() {
        assertThatThrownBy(() -> facts.store(1, "x", new float[3])).hasMessageContaining("VELES-004");
        assertThatThrownBy(() -> facts.query(new float[3], 1)).hasMessageContaining("VELES-004");
        assertThatThrownBy(() -> facts.query(EAST, 0)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> facts.store(1, null, EAST)).hasMessageContaining("VELES-017");
        assertThatThrownBy(() -> facts.store(1, "x", EAST, Obj.of("content", "y")))
                .hasMessageContaining("VELES-017")
                .hasMessageContaining("'content'");
        assertThatThrownBy(() -> facts.store(1, "x", EAST, Obj.of("_veles_expires_at", 1)))
                .hasMessageContaining("VELES-017");
        assertThatThrownBy(() -> facts.storeWithTtl(1, "x", EAST, 0)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> facts.storeWithTtl(1, "x", EAST, Long.MAX_VALUE))
                .hasMessageContaining("VELES-010");
        assertThat(facts.count()).isZero();
    }

    @Test
    void aUniqueFactIsStoredOnceUnderAnIdOfItsContent() {
        long id = facts.storeUnique("tea at four", EAST, Obj.of("n", 1));

        assertThat(id).isEqualTo(Ids.derive("tea at four"));
        assertThat(facts.storeUnique("tea at four", NORTH, Obj.of("n", 2))).isEqualTo(id);
        assertThat(facts.get(id)).isEqualTo(new Fact(id, "tea at four", Obj.of("n", 1)));
        assertThat(facts.query(EAST, 1).get(0).score()).isEqualTo(1f);

        facts.store(5, "already here", EAST);
        assertThat(facts.storeUnique("already here", EAST, Obj.EMPTY)).isEqualTo(5);
        assertThat(facts.count()).isEqualTo(2);
    }

    @Test
    void aUniqueFactDoesNotTakeThePlaceOfAnother() {
        facts.store(42, "the answer", EAST);

        assertThatThrownBy(() -> facts.storeUnique("42", NORTH, Obj.EMPTY)).hasMessageContaining("another fact");
        assertThat(facts.get(42)).isEqualTo(new Fact(42, "the answer", Obj.EMPTY));

        memory.setTtl(MemoryKind.SEMANTIC, 42, 1);
        now += 1;
        assertThat(facts.storeUnique("42", NORTH, Obj.EMPTY)).isEqualTo(42);
        assertThat(facts.get(42)).isEqualTo(new Fact(42, "42", Obj.EMPTY));
    }

    @Test
    void metadataIsSetMemberByMember() {
        facts.store(1, "x", EAST, Obj.of("a", 1, "b", 2));

        facts.updateMetadata(1, Obj.of("b", 3, "_veles_date", 20260101));

        assertThat(facts.getMetadata(1)).isEqualTo(Obj.of("a", 1, "b", 3, "_veles_date", 20260101));
        assertThat(facts.query(EAST, 1).get(0).score()).isEqualTo(1f);
        assertThatThrownBy(() -> facts.updateMetadata(2, Obj.of("b", 3))).hasMessageContaining("VELES-003");
        assertThatThrownBy(() -> facts.updateMetadata(1, Obj.of("content", "y")))
                .hasMessageContaining("VELES-017");
    }

    @Test
    void queriesAreFilteredAndExcludeInsideTheSearch() {
        for (int id = 0; id < 20; id++) {
            facts.store(id, "fact " + id, new float[] {20, id}, Obj.of("even", id % 2 == 0));
        }

        assertThat(ids(facts.queryFiltered(EAST, 3, Filter.eq("even", false)))).containsExactly(1L, 3L, 5L);
        assertThat(ids(facts.queryExcluding(EAST, 3, 0, 1, 3))).containsExactly(2L, 4L, 5L);
        assertThat(ids(facts.queryExcluding(EAST, 2))).containsExactly(0L, 1L);
    }

    @Test
    void anIndexOnMetadataIsMadeOnceAndChangesNoAnswer() {
        SemanticMemory facts = memory.semantic();
        for (int id = 0; id < 40; id++) {
            facts.store(id, "fact " + id, new float[] {1, id}, Obj.of("topic", Obj.of("name", "t" + id % 3)));
        }
        Filter topic = Filter.eq("topic.name", "t1");
        var before = facts.queryFiltered(new float[] {1, 5}, 5, topic);
        assertThat(facts.ensureIndex("topic.name")).isTrue();
        assertThat(facts.ensureIndex("topic.name")).isFalse();
        assertThat(facts.queryFiltered(new float[] {1, 5}, 5, topic))
                .isEqualTo(before)
                .hasSize(5);
        assertThatThrownBy(() -> facts.ensureIndex("id")).hasMessageContaining("VELES-010");
    }

    @Test
    void pagesOfFactsAscendByUnsignedId() {
        facts.store(-1, "last", EAST);
        facts.store(1, "first", EAST);
        facts.store(2, "second", EAST);

        MemoryPage<Fact> first = facts.list(null, 2);
        assertThat(first.memories()).extracting(Fact::content).containsExactly("first", "second");
        MemoryPage<Fact> rest = facts.list(first.next(), 2);
        assertThat(rest.memories()).extracting(Fact::content).containsExactly("last");
        assertThat(rest.next()).isNull();
        assertThatThrownBy(() -> facts.list(null, 0)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> facts.list(null, 10_001)).hasMessageContaining("VELES-027");
    }

    @Test
    void deletedAndClearedMemoriesAreGoneWithTheirRelations() {
        facts.store(1, "a", EAST);
        facts.store(2, "b", EAST);
        facts.relate(1, 2, "next");

        assertThat(facts.delete(2)).isTrue();
        assertThat(facts.delete(2)).isFalse();
        assertThat(facts.relations(1)).isEmpty();
        facts.clear();
        assertThat(facts.count()).isZero();
    }

    @Test
    void rowsWrittenByOtherMeansAreReadAsFarAsTheyGo() {
        database.vectorCollection("_semantic_memory").upsert(Point.of(9, EAST));
        database.vectorCollection("_procedural_memory").upsert(Point.of(9, EAST, Obj.of("steps", List.of(1, "b"))));
        database.vectorCollection("_episodic_memory").upsert(Point.of(9, EAST, Obj.of("timestamp", "soon")));

        assertThat(facts.get(9)).isEqualTo(new Fact(9, "", Obj.EMPTY));
        assertThat(procedures.get(9)).isEqualTo(new Procedure(9, "", List.of("1", "b"), 0.5, 0, 0, null));
        assertThat(episodes.get(9)).isEqualTo(new Episode(9, "", 0));
        assertThat(episodes.recent(10, null)).isEmpty();
        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 0, 0, false));
    }

    @Test
    void aMemoryIsACollectionOfVelesQl() {
        facts.store(1, "east", EAST, Obj.of("topic", "place"));
        facts.store(2, "tea", NORTH, Obj.of("topic", "drink"));
        facts.relate(1, 2, "served_with");

        QueryResult rows = facts.query(
                "SELECT content FROM _semantic_memory WHERE topic = $topic LIMIT 5", Obj.of("topic", "drink"));
        assertThat(rows.rows()).extracting(QueryRow::values).containsExactly(Obj.of("content", "tea"));
        QueryResult matched =
                facts.query("MATCH (a)-[:served_with]->(b) RETURN b.content AS served LIMIT 5", Obj.EMPTY);
        assertThat(matched.rows()).extracting(QueryRow::values).containsExactly(Obj.of("served", "tea"));
    }

    // ---- relations

    @Test
    void relationsAreEdgesOfTheMemory() {
        for (int id = 1; id <= 4; id++) {
            procedures.learn(id, "p" + id, List.of(), null, 0.5);
        }
        long first = procedures.relate(1, 2, "then");
        procedures.relate(1, 3, "then", Obj.of("weight", 1));
        procedures.relate(1, 3, "then", Obj.of("weight", 2));
        procedures.relate(4, 1, "then");

        assertThat(first).isEqualTo(Edge.derivedId(1, 2, "then"));
        assertThat(procedures.relations(1)).hasSize(2).allMatch(edge -> edge.source() == 1);
        assertThat(procedures.relations(1, 1)).hasSize(1);
        assertThat(procedures.incoming(1)).extracting(Edge::source).containsExactly(4L);
        assertThat(procedures.incoming(3, 5).get(0).properties()).isEqualTo(Obj.of("weight", 2));
        assertThat(procedures.unrelate(1, 2, "then")).isTrue();
        assertThat(procedures.unrelate(1, 2, "then")).isFalse();
        assertThat(procedures.unrelate(Edge.derivedId(4, 1, "then"))).isTrue();
        assertThat(procedures.incoming(1)).isEmpty();
        assertThatThrownBy(() -> procedures.relate(1, 99, "then")).hasMessageContaining("VELES-022");
        assertThatThrownBy(() -> procedures.relate(1, 2, " ")).hasMessageContaining("VELES-021");
        assertThatThrownBy(() -> procedures.relations(1, 0)).hasMessageContaining("VELES-010");
    }

    // ---- episodes

    @Test
    void episodesAreFoundByTimeNewestFirst() {
        episodes.record(1, "one", 100, EAST);
        episodes.record(2, "two", 300, null);
        episodes.record(3, "three", 200, NORTH);
        episodes.record(4, "also three", 200, null);

        assertThat(episodes.recent(10, null)).extracting(Episode::id).containsExactly(2L, 4L, 3L, 1L);
        assertThat(episodes.recent(2, null)).extracting(Episode::id).containsExactly(2L, 4L);
        assertThat(episodes.recent(10, 200L)).extracting(Episode::id).containsExactly(2L, 4L, 3L);
        assertThat(episodes.recent(10, 301L)).isEmpty();
        assertThat(episodes.olderThan(300, 2)).extracting(Episode::id).containsExactly(4L, 3L);
        assertThat(episodes.olderThan(100, 2)).isEmpty();
        assertThat(episodes.olderThan(Long.MIN_VALUE, 2)).isEmpty();
        assertThatThrownBy(() -> episodes.recent(0, null)).hasMessageContaining("VELES-010");
    }

    @Test
    void timeQueriesAgreeWithSortingEverything() {
        long seed = 20260101;
        Random random = new Random(seed);
        List<Episode> all = new ArrayList<>();
        for (int id = 0; id < 500; id++) {
            long timestamp = id % 50 == 0 ? random.nextLong() : random.nextInt(200) - 100;
            episodes.record(id, "e" + id, timestamp, null);
            all.add(new Episode(id, "e" + id, timestamp));
        }
        all.sort((a, b) -> a.timestamp() == b.timestamp()
                ? Long.compare(b.id(), a.id())
                : Long.compare(b.timestamp(), a.timestamp()));
        for (int round = 0; round < 40; round++) {
            int limit = 1 + random.nextInt(round % 2 == 0 ? 20 : 600);
            long moment = random.nextInt(220) - 110;
            assertThat(episodes.recent(limit, moment))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(all.stream()
                            .filter(episode -> episode.timestamp() >= moment)
                            .limit(limit)
                            .toList());
            assertThat(episodes.olderThan(moment, limit))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(all.stream()
                            .filter(episode -> episode.timestamp() < moment)
                            .limit(limit)
                            .toList());
        }
        assertThat(episodes.recent(500, null)).isEqualTo(all);
        assertThat(episodes.recent(499, null)).isEqualTo(all.subList(0, 499));
    }

    @Test
    void episodesWithoutEmbeddingAreNotFoundByMeaning() {
        episodes.record(1, "seen", 100, NORTH);
        episodes.record(2, "felt", 100, null);

        assertThat(ids(episodes.recallSimilar(EAST, 10))).containsExactly(1L);
        assertThat(episodes.getWithEmbedding(1).embedding()).containsExactly(NORTH);
        assertThat(episodes.getWithEmbedding(2).embedding()).isNull();
        assertThat(episodes.getWithEmbedding(2).memory()).isEqualTo(new Episode(2, "felt", 100));
        assertThat(episodes.getWithEmbedding(3)).isNull();
        episodes.record(2, "felt", 100, EAST);
        assertThat(ids(episodes.recallSimilar(EAST, 10))).containsExactly(2L, 1L);
    }

    // ---- procedures

    @Test
    void aProcedureIsLearnedRecalledAndReinforced() {
        procedures.learn(1, "serve tea", List.of("boil", "pour"), EAST, 0.5);
        procedures.learn(2, "guess", List.of(), EAST, 0.2);
        procedures.learn(3, "unknown", List.of(), null, 1);

        assertThat(ids(procedures.recall(EAST, 5, 0))).containsExactly(1L, 2L);
        assertThat(ids(procedures.recall(EAST, 5, 0.3))).containsExactly(1L);
        now += 60;
        assertThat(procedures.reinforce(1, true)).isEqualTo(0.6);
        assertThat(procedures.get(1))
                .isEqualTo(new Procedure(1, "serve tea", List.of("boil", "pour"), 0.6, 1, now - 60, now));
        assertThat(procedures.reinforce(1, false, ReinforcementStrategy.contextual(0)))
                .isEqualTo(0.6);
        assertThat(procedures.get(1).usageCount()).isEqualTo(2);
        assertThat(procedures.listAll()).extracting(Procedure::id).containsExactly(1L, 2L, 3L);
        assertThat(procedures.delete(1)).isTrue();
        assertThat(procedures.get(1)).isNull();
    }

    @Test
    void badProceduresAreRefused() {
        assertThatThrownBy(() -> procedures.learn(1, "x", List.of(), EAST, 1.1)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> procedures.learn(1, "x", List.of(), EAST, Double.NaN))
                .hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> procedures.recall(EAST, 1, -0.1)).hasMessageContaining("VELES-010");
        assertThatThrownBy(() -> procedures.reinforce(1, true)).hasMessageContaining("VELES-003");
        procedures.learn(1, "x", List.of(), EAST, 0.5);
        assertThatThrownBy(() -> procedures.reinforce(1, true, use -> Double.NaN))
                .hasMessageContaining("VELES-010");
        assertThat(procedures.get(1).usageCount()).isZero();
    }

    @Test
    void reinforcementsAtTheSameTimeAllCount() throws InterruptedException {
        procedures.learn(1, "x", List.of(), EAST, 0);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    procedures.reinforce(1, true, new ReinforcementStrategy.Fixed(1.0 / 1024, 0));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(procedures.get(1).usageCount()).isEqualTo(200);
        assertThat(procedures.get(1).confidence()).isEqualTo(200.0 / 1024);
    }

    @Test
    void activationPutsWhatWasUsedLatelyFirst() {
        // a hundred that are nearer in meaning and were not used for 99 days: a tenth of their score is left
        for (int id = 1; id <= 100; id++) {
            procedures.learn(id, "old", List.of(), EAST, 0.5);
        }
        procedures.learn(200, "fresh", List.of(), new float[] {1, 2}, 0.5);
        now += 99 * DAY;
        procedures.reinforce(200, true);

        assertThat(ids(procedures.recall(EAST, 1, 0))).containsExactly(1L);
        List<Recalled<Procedure>> found = procedures.recallActivated(EAST, 2, 0);
        assertThat(ids(found)).containsExactly(200L, 1L);
        assertThat(found.get(1).score()).isEqualTo(0.1f);
        assertThat(procedures.recallActivated(EAST, 500, 0)).hasSize(101);
    }

    // ---- forgetting

    @Test
    void aTimeInMemoryHidesAtOnceAndIsRemovedByAutoExpire() {
        facts.store(1, "a", EAST);
        facts.store(2, "b", EAST);
        facts.store(3, "c", EAST);
        facts.relate(2, 1, "next");
        facts.relate(2, 3, "next");

        assertThat(memory.setTtl(MemoryKind.SEMANTIC, 1, 10)).isTrue();
        assertThat(memory.setTtl(MemoryKind.SEMANTIC, 9, 10)).isFalse();
        now += 9;
        assertThat(facts.count()).isEqualTo(3);
        now += 1;
        assertThat(facts.count()).isEqualTo(2);
        assertThat(facts.get(1)).isNull();
        assertThat(ids(facts.query(EAST, 5))).containsExactly(2L, 3L);
        assertThat(ids(facts.queryFiltered(EAST, 5, Filter.eq("content", "a")))).isEmpty();
        assertThat(facts.list(null, 5).memories()).extracting(Fact::id).containsExactly(2L, 3L);
        assertThat(facts.relations(2)).extracting(Edge::target).containsExactly(3L);
        assertThatThrownBy(() -> facts.updateMetadata(1, Obj.of("a", 1))).hasMessageContaining("VELES-003");
        assertThat(database.vectorCollection("_semantic_memory").count()).isEqualTo(3);

        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(1, 0, 0, 0, 0, false));
        assertThat(database.vectorCollection("_semantic_memory").count()).isEqualTo(2);
        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 0, 0, false));
    }

    @Test
    void storingAgainTakesTheTimeInMemoryAway() {
        facts.store(1, "a", EAST);
        facts.setTtl(1, 10);
        facts.store(1, "b", EAST);
        now += 20;
        assertThat(facts.get(1)).isNotNull();

        facts.setTtl(1, 10);
        assertThatThrownBy(() -> facts.store(1, "c", new float[] {Float.NaN, 0}))
                .hasMessageContaining("VELES-005");
        now += 20;
        assertThat(facts.get(1)).as("a refused write leaves the time").isNull();
        facts.store(1, "d", EAST);
        assertThat(memory.autoExpire().semanticExpired()).isZero();
        assertThat(facts.get(1)).isNotNull();
    }

    @Test
    void aDurableTimeIsOfTheRowItself() {
        facts.storeWithTtl(1, "a", EAST, 10);
        episodes.recordWithTtl(1, "b", now, 10, null);
        procedures.learnWithTtl(1, "c", List.of(), EAST, 0.5, 10);
        procedures.learn(2, "d", List.of(), EAST, 0.5);
        memory.setDurableTtl(MemoryKind.PROCEDURAL, 2, 20);
        procedures.reinforce(2, true);
        assertThatThrownBy(() -> memory.setDurableTtl(MemoryKind.SEMANTIC, 9, 5))
                .hasMessageContaining("VELES-003");
        assertThat(facts.getMetadata(1)).isEqualTo(Obj.EMPTY);

        now += 10;
        AgentMemory another = AgentMemory.open(database);
        assertThat(another.semantic().count()).isZero();
        assertThat(another.episodic().recent(5, null)).isEmpty();
        assertThat(another.procedural().listAll()).extracting(Procedure::id).containsExactly(2L);
        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(1, 1, 1, 0, 0, false));
        now += 10;
        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 1, 0, 0, false));
    }

    @Test
    void theEarlierOfTwoTimesCounts() {
        facts.storeWithTtl(1, "a", EAST, 10);
        facts.setTtl(1, 20);
        facts.storeWithTtl(2, "b", EAST, 20);
        facts.setTtl(2, 10);
        now += 10;
        assertThat(facts.count()).isZero();
        assertThat(memory.autoExpire().semanticExpired()).isEqualTo(2);
    }

    // ---- consolidation and eviction

    @Test
    void oldEpisodesWithEmbeddingsBecomeFactsOnce() {
        episodes.record(1, "Ada had tea", now - 8 * DAY, EAST);
        episodes.record(2, "Ada had tea", now - 9 * DAY, EAST);
        episodes.record(3, "no embedding", now - 9 * DAY, null);
        episodes.record(4, "a week to the second", now - 7 * DAY, EAST);
        episodes.recordWithTtl(5, "soon gone", now - 8 * DAY, 100, NORTH);

        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 3, 0, false));

        long tea = Ids.derive("Ada had tea");
        assertThat(facts.get(tea)).isEqualTo(new Fact(tea, "Ada had tea", Obj.of("timestamp", now - 8 * DAY)));
        assertThat(ids(facts.query(EAST, 1))).containsExactly(tea);
        assertThat(facts.count()).isEqualTo(2);
        assertThat(episodes.recent(9, null)).extracting(Episode::id).containsExactly(4L, 3L);
        assertThat(memory.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 0, 0, false));
        assertThat(facts.count()).isEqualTo(2);
        now += 100;
        assertThat(facts.count()).as("a fact keeps the time of its episode").isEqualTo(1);
    }

    @Test
    void consolidationLeavesFactsAloneThatAreThereAlready() {
        long tea = facts.storeUnique("Ada had tea", NORTH, Obj.of("sure", true));
        episodes.record(1, "Ada had tea", 0, EAST);

        assertThat(memory.autoExpire().episodicConsolidated()).isEqualTo(1);
        assertThat(facts.get(tea)).isEqualTo(new Fact(tea, "Ada had tea", Obj.of("sure", true)));
        assertThat(episodes.count()).isZero();
    }

    @Test
    void anEpisodeWhoseIdBelongsToAnotherFactStaysAndBlocksNobody() {
        facts.store(42, "the answer", EAST);
        episodes.record(1, "42", 0, EAST);
        episodes.record(2, "tea", 0, EAST);
        AgentMemory strict =
                AgentMemory.open(database, AgentMemoryOptions.DEFAULTS.withEviction(new EvictionPolicy(0, 0, 1)));

        assertThat(strict.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 1, 0, false));
        assertThat(facts.get(42).content()).isEqualTo("the answer");
        assertThat(episodes.recent(5, null)).extracting(Episode::id).containsExactly(1L);
    }

    @Test
    void aTimeInMemoryFollowsTheEpisodeAndDoesNotBindTheFactBefore() {
        long tea = facts.storeUnique("tea", EAST, Obj.EMPTY);
        facts.setTtl(tea, 5);
        now += 5;
        episodes.record(1, "tea", 0, EAST);
        episodes.setTtl(1, 50);
        episodes.record(2, "milk", 0, EAST);
        episodes.setTtl(2, 5);
        now += 5;

        ExpiryReport report = memory.autoExpire();

        assertThat(report).isEqualTo(new ExpiryReport(1, 1, 0, 1, 0, false));
        assertThat(facts.get(tea)).isNotNull();
        now += 45;
        assertThat(facts.get(tea)).isNull();
    }

    @Test
    void oneCycleHandlesOnlySoMuch() {
        AgentMemory slow =
                AgentMemory.open(database, AgentMemoryOptions.DEFAULTS.withEviction(new EvictionPolicy(0, 0.5, 2)));
        for (int id = 0; id < 5; id++) {
            episodes.record(id, "episode " + id, id, EAST);
            procedures.learn(id, "p", List.of(), null, 0.1);
        }

        assertThat(slow.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 2, 2, true));
        assertThat(slow.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 2, 2, true));
        assertThat(slow.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 1, 1, false));
        assertThat(slow.autoExpire()).isEqualTo(new ExpiryReport(0, 0, 0, 0, 0, false));
        assertThatThrownBy(() -> new EvictionPolicy(-1, 0, 1)).hasMessageContaining("VELES-009");
        assertThatThrownBy(() -> new EvictionPolicy(0, 2, 1)).hasMessageContaining("VELES-009");
        assertThatThrownBy(() -> new EvictionPolicy(0, 0, 0)).hasMessageContaining("VELES-009");
    }

    @Test
    void manyOldEpisodesAreConsolidatedInOneCycleOfThatSize() {
        for (int id = 0; id < 2_500; id++) {
            episodes.record(id, "episode " + id % 2_400, 0, EAST);
        }
        AgentMemory large =
                AgentMemory.open(database, AgentMemoryOptions.DEFAULTS.withEviction(new EvictionPolicy(0, 0, 10_000)));

        assertThat(large.autoExpire().episodicConsolidated()).isEqualTo(2_500);
        assertThat(facts.count()).isEqualTo(2_400);
        assertThat(episodes.count()).isZero();
    }

    @Test
    void consolidationBesideWritersLosesNothing() throws InterruptedException {
        AgentMemory eager =
                AgentMemory.open(database, AgentMemoryOptions.DEFAULTS.withEviction(new EvictionPolicy(0, 0, 1_000)));
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 400; i++) {
                // the same ids again and again, each time another episode
                episodes.record(i % 10, "episode " + i, 0, EAST);
            }
        });
        long[] moved = new long[1];
        Thread mover = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                moved[0] += eager.autoExpire().episodicConsolidated();
            }
        });
        writer.start();
        mover.start();
        writer.join();
        mover.join();
        moved[0] += eager.autoExpire().episodicConsolidated();

        assertThat(facts.count()).isEqualTo(moved[0]);
        for (int i = 390; i < 400; i++) {
            assertThat(facts.get(Ids.derive("episode " + i)))
                    .as("episode %s", i)
                    .isNotNull();
        }
        assertThat(episodes.count()).isZero();
    }

    @Test
    void proceduresOfLowConfidenceAreEvicted() {
        for (int id = 0; id < 1_500; id++) {
            procedures.learn(id, "p", List.of(), null, id % 2 == 0 ? 0.29 : 0.3);
        }

        assertThat(memory.evictLowConfidence(0.3)).isEqualTo(750);
        assertThat(memory.evictLowConfidence(0.3)).isZero();
        assertThat(procedures.count()).isEqualTo(750);
        assertThatThrownBy(() -> memory.evictLowConfidence(1.5)).hasMessageContaining("VELES-010");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may pass
    void meaningNeedsAnEmbedding() {
        assertThatThrownBy(() -> facts.store(1, "no embedding", null)).hasMessageContaining("VELES-016");
        assertThatThrownBy(() -> facts.query(null, 1))
                .hasMessageContaining("VELES-016")
                .hasMessageContaining("semantic");
        assertThatThrownBy(() -> episodes.recallSimilar(null, 1)).hasMessageContaining("VELES-016");
        assertThatThrownBy(() -> procedures.recall(null, 1, 0)).hasMessageContaining("VELES-016");
        assertThat(facts.count()).isZero();
    }
}
