package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Database database = Database.inMemory();
    private MetadataCollection people = database.createMetadataCollection("people");
    private VectorCollection notes = database.createVectorCollection("notes", 2, Metric.DOT);

    @BeforeEach
    void fill() {
        people.upsert(List.of(Point.of(1, Obj.of("name", "Ada", "age", 36)), Point.of(2, Obj.of("name", "Charles"))));
        notes.upsert(Point.of(1, new float[] {1, 0}, Obj.of("text", "one")));
    }

    @Test
    void stepsOverSeveralCollectionsHappenTogether() {
        long changed = database.batch()
                .upsert("people", List.of(Point.of(3, Obj.of("name", "Mary"))))
                .addEdges("people", List.of(Edge.of(9, 1, 3, "KNOWS")))
                .delete("notes", 1)
                .commit();

        assertThat(changed).isEqualTo(3);
        assertThat(people.edge(9)).isEqualTo(Edge.of(9, 1, 3, "KNOWS"));
        assertThat(notes.isEmpty()).isTrue();
        assertThat(database.lsn()).isEqualTo(5);
    }

    @Test
    void aRefusedStepLeavesNothingOfTheOthers() {
        assertThatThrownBy(() -> database.batch()
                        .upsert("people", List.of(Point.of(3, Obj.of("name", "Mary"))))
                        .upsert("notes", List.of(Point.of(2, new float[] {1})))
                        .commit())
                .hasMessageContaining("VELES-004");
        assertThatThrownBy(() -> database.batch()
                        .delete("people", 1)
                        .addEdges("people", List.of(Edge.of(9, 2, 1, "KNOWS")))
                        .commit())
                .hasMessageContaining("VELES-022")
                .hasMessageContaining("target 1");

        assertThat(people.count()).isEqualTo(2);
        assertThat(people.edgeCount()).isZero();
    }

    @Test
    void aStepSeesWhatTheStepsBeforeItDid() {
        database.batch()
                .upsert("people", List.of(Point.of(3, Obj.of("name", "Mary", "age", 40))))
                .update("people", Filter.gt("age", 35), Obj.of("senior", true), null)
                .delete("people", 1)
                .upsert("people", List.of(Point.of(1, Obj.of("name", "another Ada"))))
                .commit();

        assertThat(people.get(3).get(0)).isEqualTo(Point.of(3, Obj.of("name", "Mary", "age", 40, "senior", true)));
        assertThat(people.get(1).get(0)).isEqualTo(Point.of(1, Obj.of("name", "another Ada")));
    }

    @Test
    void deletingARowInABatchRemovesItsEdgesAlsoWhenItComesBack() {
        people.addEdge(Edge.of(9, 1, 2, "KNOWS"));

        database.batch()
                .addEdges("people", List.of(Edge.of(10, 2, 1, "KNOWS")))
                .delete("people", 1)
                .upsert("people", List.of(Point.of(1, Obj.of("name", "another Ada"))))
                .addEdges("people", List.of(Edge.of(9, 2, 1, "ADMIRES")))
                .commit();

        assertThat(people.edges(null)).containsExactly(Edge.of(9, 2, 1, "ADMIRES"));
    }

    @Test
    void updateSetsMembersAndVectorAndKeepsTheRest() {
        notes.upsert(Point.of(2, new float[] {0, 1}, Obj.of("text", "two"))
                .withSparse(Map.of("words", SparseVector.of(new int[] {7}, new float[] {0.5f}))));

        assertThat(notes.update(Filter.eq("text", "two"), Obj.of("lang", "en"), new float[] {2, 2}))
                .isEqualTo(1);

        Point found = notes.get(2).get(0);
        assertThat(found).isNotNull();
        assertThat(found.payload()).isEqualTo(Obj.of("text", "two", "lang", "en"));
        assertThat(found.vector()).containsExactly(2, 2);
        assertThat(found.sparse()).containsKey("words");
        assertThat(notes.update(Filter.eq("text", "none"), Obj.of("lang", "en"), null))
                .isZero();
    }

    @Test
    void anUpdateThatBreaksARowChangesNone() {
        assertThatThrownBy(() -> notes.update(Filter.isNotNull("text"), Obj.of("a", 1), new float[] {1}))
                .hasMessageContaining("VELES-004");
        assertThat(notes.get(1).get(0).payload()).isEqualTo(Obj.of("text", "one"));
    }

    @Test
    void aBatchIsCommittedOnce() {
        Batch batch = database.batch().delete("people", 1);
        batch.commit();
        assertThatThrownBy(batch::commit).hasMessageContaining("VELES-010");
    }

    @Test
    void anEmptyBatchWritesNothing() {
        long before = database.lsn();
        assertThat(database.batch().commit()).isZero();
        assertThat(database.batch().delete("people", 77).commit()).isZero();
        assertThat(database.lsn()).isEqualTo(before);
    }

    @Test
    void tooManyOperationsAreRefused() {
        assertThatThrownBy(() -> database.batch()
                        .delete("people", new long[60_000])
                        .delete("people", new long[60_000])
                        .commit())
                .hasMessageContaining("VELES-027")
                .hasMessageContaining("100000");
    }
}
