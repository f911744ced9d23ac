package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.QueryRow;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However joins run, their rows and the order of these are those of nested loops over the joins as written. */
final class JoinOrderTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_129);
    private static final String[] KINDS = {"", "INNER ", "LEFT ", "RIGHT ", "FULL "};
    private static final String[] NAMES = {"a", "b", "c"};
    private static final int[] ROWS = {300, 400, 350};

    /** A row of a collection: what it is joined by, and what it is filtered by. */
    private record Row(int id, int x, int y, int n) {}

    private final Random random = new Random(SEED);
    private final Database database = Database.inMemory();
    private final List<List<Row>> tables = new ArrayList<>();

    @BeforeEach
    void fill() {
        database.createVectorCollection("a", 2, Metric.COSINE);
        database.createMetadataCollection("b");
        database.createMetadataCollection("c");
        for (int t = 0; t < NAMES.length; t++) {
            List<Row> rows = new ArrayList<>();
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < ROWS[t]; i++) {
                Row row = new Row(i, random.nextInt(90), random.nextInt(120), random.nextInt(100));
                rows.add(row);
                Obj payload = Obj.of("x", row.x(), "y", row.y(), "n", row.n());
                points.add(
                        t == 0
                                ? Point.of(i, new float[] {random.nextFloat(), random.nextFloat()}, payload)
                                : Point.of(i, payload));
            }
            tables.add(rows);
            database.collection(NAMES[t]).upsert(points);
        }
    }

    private static List<@Nullable Row[]> join(
            List<@Nullable Row[]> left,
            List<Row> right,
            int source,
            String kind,
            BiPredicate<@Nullable Row[], Row> on) {
        List<@Nullable Row[]> joined = new ArrayList<>();
        boolean[] matched = new boolean[right.size()];
        for (@Nullable Row[] row : left) {
            boolean found = false;
            for (Row candidate : right) {
                if (on.test(row, candidate)) {
                    @Nullable Row[] both = row.clone();
                    both[source] = candidate;
                    joined.add(both);
                    matched[candidate.id()] = true;
                    found = true;
                }
            }
            if (!found && (kind.startsWith("LEFT") || kind.startsWith("FULL"))) {
                joined.add(row.clone());
            }
        }
        if (kind.startsWith("RIGHT") || kind.startsWith("FULL")) {
            for (Row candidate : right) {
                if (!matched[candidate.id()]) {
                    @Nullable Row[] alone = new Row[NAMES.length];
                    alone[source] = candidate;
                    joined.add(alone);
                }
            }
        }
        return joined;
    }

    private static String ids(@Nullable Row[] row) {
        StringBuilder text = new StringBuilder();
        for (Row one : row) {
            text.append(one == null ? "null" : one.id()).append(' ');
        }
        return text.toString();
    }

    private List<String> run(String statement) {
        List<String> found = new ArrayList<>();
        for (QueryRow row : database.query(statement).rows()) {
            StringBuilder text = new StringBuilder();
            for (String key : List.of("i", "j", "k")) {
                Value value = row.values().get(key);
                text.append(value).append(' ');
            }
            found.add(text.toString());
        }
        return found;
    }

    @Test
    void rowsAndTheirOrderAreThoseOfNestedLoops() {
        int filled = 0;
        for (int round = 0; round < 300; round++) {
            boolean inner = random.nextBoolean();
            String first = KINDS[random.nextInt(inner ? 2 : KINDS.length)];
            String second = KINDS[random.nextInt(inner ? 2 : KINDS.length)];
            int joinedTo = random.nextInt(2);
            int[] most = {bound(), bound(), bound()};
            List<@Nullable Row[]> rows = new ArrayList<>();
            for (Row row : tables.get(0)) {
                rows.add(new Row[] {row, null, null});
            }
            rows = join(rows, tables.get(1), 1, first, (left, right) -> left[0] != null && left[0].x() == right.x());
            rows = join(rows, tables.get(2), 2, second, (left, right) -> {
                Row other = left[joinedTo];
                return other != null && other.y() == right.y();
            });
            StringBuilder where = new StringBuilder();
            for (int source = 0; source < NAMES.length; source++) {
                if (most[source] < 100) {
                    int number = source;
                    rows.removeIf(row -> {
                        Row one = row[number];
                        return one == null || one.n() >= most[number];
                    });
                    where.append(where.isEmpty() ? " WHERE " : " AND ").append(NAMES[source] + ".n < " + most[source]);
                }
            }
            int limit = random.nextBoolean() ? 7 : 10_000;
            String statement = "SELECT a.id AS i, b.id AS j, c.id AS k FROM a " + first + "JOIN b ON a.x = b.x "
                    + second + "JOIN c ON c.y = " + NAMES[joinedTo] + ".y" + where + " LIMIT " + limit;
            List<String> expected =
                    rows.stream().limit(limit).map(JoinOrderTest::ids).toList();
            assertThat(run(statement)).as("%s (seed %d)", statement, SEED).isEqualTo(expected);
            filled += expected.isEmpty() ? 0 : 1;
        }
        assertThat(filled).as("rounds with rows").isGreaterThan(150);
    }

    private int bound() {
        return switch (random.nextInt(3)) {
            case 0 -> 4;
            case 1 -> 60;
            default -> 100;
        };
    }

    private String tree(String statement) {
        return database.query("EXPLAIN " + statement).rows().get(0).values().text("tree");
    }

    @Test
    void theJoinThatLeavesTheFewestRowsRunsFirst() {
        database.query("ANALYZE a");
        database.query("ANALYZE b");
        database.query("ANALYZE c");
        String tree =
                tree("SELECT a.id FROM a JOIN b ON a.x = b.x JOIN c ON a.y = c.y WHERE c.n < 2 ORDER BY a.n LIMIT 3");
        assertThat(tree.indexOf("InnerJoin: 'b'")).as(tree).isPositive().isLessThan(tree.indexOf("InnerJoin: 'c'"));
        assertThat(tree).contains("rows of the same left row by id");
        String written = tree("SELECT a.id FROM a JOIN b ON a.x = b.x LEFT JOIN c ON a.y = c.y WHERE c.n < 2");
        assertThat(written.indexOf("LeftJoin: 'c'"))
                .as("outer joins stay where they are: %s", written)
                .isPositive()
                .isLessThan(written.indexOf("InnerJoin: 'b'"));
    }

    @Test
    void aLimitedSearchInAJoinRanksBeforeItJoins() {
        String search = "SELECT a.id AS i, b.id AS j, a.n AS k FROM a JOIN b ON a.x = b.x WHERE vector NEAR [1, 0.3]";
        String tree = tree(search + " AND b.n < 30 LIMIT 9");
        assertThat(tree.indexOf("InnerJoin")).as(tree).isPositive().isLessThan(tree.indexOf("VectorSearch"));
        List<String> expected = new ArrayList<>();
        for (QueryRow found : database.query("SELECT id FROM a WHERE vector NEAR [1, 0.3] LIMIT 300")
                .rows()) {
            Row left = tables.get(0).get((int) found.id());
            for (Row right : tables.get(1)) {
                if (right.x() == left.x() && right.n() < 30) {
                    expected.add(left.id() + " " + right.id() + " " + left.n() + " ");
                }
            }
        }
        assertThat(run(search + " AND b.n < 30 LIMIT 9")).isEqualTo(expected.subList(0, 9));
        assertThat(run(search + " AND b.n < 30 LIMIT 9 OFFSET 20")).isEqualTo(expected.subList(20, 29));
    }
}
