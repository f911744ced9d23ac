package io.velesdb.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.IndexDefinition;
import io.velesdb.Limits;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A database that misses one thing which a derived structure holds gives an answer that is noticed. */
class DerivedAnswersTest {
    private static final int ROWS = 12;
    private static final Map<String, SparseVector> SPARSE =
            Map.of("", SparseVector.of(new int[] {1, 2, 3, 4, 5, 12, 15}, new float[] {1, 1, 1, 1, 1, 1, 1}));

    private long now = 1;
    private final Database database = Database.inMemory(Limits.DEFAULTS, () -> 1_000 * now);
    private final MetadataCollection rows = database.createMetadataCollection("rows");
    private State state = new Step.Create("rows", CollectionSchema.metadata(), new UUID(0, 1)).apply(State.EMPTY);

    DerivedAnswersTest() {
        List<Point> points = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int id = 0; id < ROWS; id++) {
            points.add(Point.of(id, payload(id)).withSparse(SPARSE));
            edges.add(Edge.of(id, (id + 1) % ROWS, "NEXT"));
        }
        take(new Step.Upsert("rows", points));
        take(new Step.Relate("rows", edges));
    }

    private static Obj payload(int id) {
        return Obj.of("tag", id % 3, "number", id, "text", "sea boat");
    }

    private void take(Step step) {
        step.run(database);
        state = step.apply(state);
    }

    @Test
    void theSameRowsGiveTheSameAnswers() {
        take(new Step.Delete("rows", new long[] {5}));
        take(new Step.Upsert(
                "rows", List.of(Point.of(6, payload(1).with(Step.EXPIRES, 30)).withSparse(SPARSE))));
        assertThat(difference()).isNull();
        now = 30;
        state = state.at(now);
        assertThat(state.collections().get("rows").rows()).hasSize(ROWS - 2);
        assertThat(difference()).isNull();
    }

    @Test
    void anEdgeThatIsMissing() {
        rows.removeEdge(Edge.of(3, 4, "NEXT").id());
        assertThat(difference()).containsAnyOf("walk", "path", "components", "rank", "MATCH");
    }

    @Test
    void aWordThatIsMissing() {
        rows.upsert(Point.of(3, payload(3).with("text", "sea")).withSparse(SPARSE));
        assertThat(difference()).containsAnyOf("text search", "filter");
    }

    @Test
    void aSparsePostingThatIsMissing() {
        rows.upsert(Point.of(3, payload(3)));
        assertThat(difference()).contains("sparse search");
    }

    @Test
    void aValueThatIsMissingInAColumn() {
        rows.upsert(Point.of(3, payload(3).with("number", 11)).withSparse(SPARSE));
        assertThat(difference()).containsAnyOf("filter", "ORDER BY", "MATCH");
    }

    @Test
    void aRowThatIsShownThoughItExpired() {
        take(new Step.Upsert(
                "rows", List.of(Point.of(6, payload(6).with(Step.EXPIRES, 30)).withSparse(SPARSE))));
        state = state.at(30);
        assertThat(difference()).isNotNull();
    }

    @Test
    void anIndexThatIsNotDeclaredAnyMore() {
        Step create = new Step.CreateIndex("rows", IndexDefinition.secondary("tag"));
        state = create.apply(state);
        assertThat(state.differenceFrom(database)).contains("indexes");
        create.run(database);
        assertThat(state.differenceFrom(database)).isNull();
    }

    /** What 30 times all questions find. */
    private String difference() {
        for (int seed = 0; seed < 30; seed++) {
            String difference = new DerivedAnswers(state, new SplittableRandom(seed)).differenceFrom(database);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }
}
