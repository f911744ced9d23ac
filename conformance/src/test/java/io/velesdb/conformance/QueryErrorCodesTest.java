package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.velesdb.AccessRequest;
import io.velesdb.Database;
import io.velesdb.Decision;
import io.velesdb.ErrorCode;
import io.velesdb.Limits;
import io.velesdb.Observer;
import io.velesdb.Point;
import io.velesdb.QueryError;
import io.velesdb.QueryException;
import io.velesdb.VelesException;
import io.velesdb.embedded.VelesDb;
import io.velesdb.engine.Committer;
import io.velesdb.engine.Engine;
import io.velesdb.engine.MemoryPlatform;
import io.velesdb.host.Lifecycle;
import io.velesdb.journal.RecentChanges;
import io.velesdb.memory.AgentMemory;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every code of section 21 is provoked: those of the language and most of the engine's by a statement case, which {@link
 * QueryConformanceTest} runs, the rest here or, where it takes a fault of the machine, by the test that injects it. A code
 * that is added has to be put into one of these places.
 */
final class QueryErrorCodesTest {
    private static final Path FOLDER = Path.of("velesql");

    /** What only other ways into the engine can raise: see {@link #whatNoStatementRaisesIsRaisedByAnotherWayIn}. */
    private static final Set<ErrorCode> BY_OTHER_WAYS_IN = EnumSet.of(
            ErrorCode.POINT_NOT_FOUND,
            ErrorCode.SERIALIZATION,
            ErrorCode.VECTOR_NOT_ALLOWED,
            ErrorCode.VECTOR_REQUIRED,
            ErrorCode.OVERFLOW,
            ErrorCode.DATABASE_LOCKED);

    /** Faults of disk, memory and format, and what only the command line says, with the test that provokes them. */
    private static final Map<ErrorCode, String> BY_FAULTS = Map.of(
            ErrorCode.STORAGE, "core/src/test/java/io/velesdb/value/BinaryTest.java",
            ErrorCode.IO, "embedded/src/test/java/io/velesdb/embedded/VelesDbTest.java",
            ErrorCode.INTERNAL, "core/src/test/java/io/velesdb/StreamingInMemoryTest.java",
            ErrorCode.ALLOCATION_FAILED, "core/src/test/java/io/velesdb/value/BinaryTest.java",
            ErrorCode.EDGE_NOT_FOUND, "cli/src/test/java/io/velesdb/cli/GraphCommandTest.java",
            ErrorCode.INCOMPATIBLE_SCHEMA_VERSION, "core/src/test/java/io/velesdb/memory/MemorySnapshotTest.java");

    /**
     * What nothing in this engine raises: there is no accelerator, and typed columns are derived from the rows in memory, so
     * that what is wrong with one is a defect (013) or a lack of memory (033). Only a host can, see {@link
     * #theCodeOfAHostThatFailsReachesWhoeverRunsAStatement}.
     */
    private static final Set<ErrorCode> BY_HOSTS = EnumSet.of(ErrorCode.COLUMN_STORE, ErrorCode.GPU);

    /** Codes that section 21.4 does not list: a damaged index is rebuilt, a mapping is not shared, a build is not tried. */
    private static final Set<ErrorCode> NOT_OF_STATEMENTS = EnumSet.of(
            ErrorCode.INDEX, ErrorCode.INDEX_CORRUPTED, ErrorCode.EPOCH_MISMATCH, ErrorCode.SNAPSHOT_BUILD_FAILED);

    @TempDir
    Path folder;

    private static List<Obj> cases() throws IOException {
        List<Obj> cases = new ArrayList<>();
        for (Value value : (Arr) Json.parse(Files.readString(FOLDER.resolve("own-cases.json")))) {
            cases.add((Obj) value);
        }
        return cases;
    }

    @Test
    void everyCodeOfTheLanguageHasACaseAndValidationSaysHowToRewrite() throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        Set<String> withPosition = new TreeSet<>();
        for (Obj testCase : cases()) {
            boolean parses = Value.TRUE.equals(testCase.get("parses"));
            String code = testCase.text("code");
            if (parses && code == null) {
                continue;
            }
            String expected = Objects.requireNonNullElse(code, "E001");
            found.merge(expected, 1, Integer::sum);
            String query = Objects.requireNonNull(testCase.text("query"));
            assertThatExceptionOfType(QueryException.class)
                    .as(testCase.text("id"))
                    .isThrownBy(() -> Database.checkStatement(query))
                    .satisfies(e -> {
                        assertThat(e.error().code()).isEqualTo(expected);
                        assertThat(e.code()).isEqualTo(ErrorCode.QUERY);
                        assertThat(e.getMessage()).startsWith("[VELES-010] [" + expected + "] " + e.line() + ":");
                        if (parses) {
                            assertThat(e.hint())
                                    .as("hint of %s", testCase.text("id"))
                                    .isNotBlank();
                        }
                    });
            if (testCase.has("position")) {
                withPosition.add(expected);
            }
        }
        Set<String> codes = new TreeSet<>();
        for (QueryError error : QueryError.values()) {
            codes.add(error.code());
        }
        assertThat(found.keySet()).isEqualTo(codes);
        assertThat(withPosition).contains("E001", "E007", "V001", "V006", "V007", "V009", "V010");
    }

    @Test
    void everyCodeOfTheEngineIsProvokedSomewhere() throws IOException {
        Set<String> provoked = new TreeSet<>();
        for (Obj testCase : cases()) {
            provoke(testCase, provoked);
            if (testCase.get("then") instanceof Arr following) {
                following.forEach(step -> provoke((Obj) step, provoked));
            }
        }
        for (ErrorCode code : ErrorCode.values()) {
            int places = (provoked.contains(code.text()) ? 1 : 0)
                    + (BY_OTHER_WAYS_IN.contains(code) ? 1 : 0)
                    + (BY_FAULTS.containsKey(code) ? 1 : 0)
                    + (BY_HOSTS.contains(code) ? 1 : 0)
                    + (NOT_OF_STATEMENTS.contains(code) ? 1 : 0);
            assertThat(places).as("places of %s", code).isEqualTo(1);
        }
        for (Map.Entry<ErrorCode, String> fault : BY_FAULTS.entrySet()) {
            assertThat(Files.readString(Path.of("..").resolve(fault.getValue())))
                    .as(fault.getValue())
                    .containsAnyOf("ErrorCode." + fault.getKey(), fault.getKey().text());
        }
    }

    private static void provoke(Obj step, Set<String> provoked) {
        if (step.get("expect") instanceof Obj expected && expected.text("error") instanceof String error) {
            provoked.add(error);
        }
    }

    @Test
    void whatNoStatementRaisesIsRaisedByAnotherWayIn() {
        Map<ErrorCode, Runnable> provocations = Map.of(
                ErrorCode.POINT_NOT_FOUND,
                        () -> AgentMemory.open(Database.inMemory()).procedural().reinforce(1, true),
                ErrorCode.SERIALIZATION, () -> Json.parse("{\"a\": "),
                ErrorCode.VECTOR_NOT_ALLOWED,
                        () -> Database.inMemory()
                                .createMetadataCollection("m")
                                .upsert(List.of(new Point(1, new float[] {1}, null))),
                ErrorCode.VECTOR_REQUIRED,
                        () -> Database.inMemory()
                                .createVectorCollection("v", 2, Metric.DOT)
                                .upsert(List.of(new Point(1, null, null))),
                ErrorCode.OVERFLOW, () -> Value.of(Double.NaN),
                ErrorCode.DATABASE_LOCKED,
                        () -> {
                            try (Database first = VelesDb.open(folder)) {
                                VelesDb.open(folder).close();
                            }
                        });
        assertThat(provocations.keySet()).isEqualTo(BY_OTHER_WAYS_IN);
        provocations.forEach((code, provocation) -> assertThatExceptionOfType(VelesException.class)
                .as("%s", code)
                .isThrownBy(provocation::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code)));
    }

    @Test
    void aStatementThatRunsOutOfTimeMeetsAGuardRail() {
        long[] now = {1_750_000_000_000L};
        Database database = Database.inMemory(Limits.DEFAULTS, () -> now[0] += 50);
        database.query("CREATE METADATA COLLECTION c");
        for (int from = 0; from < 3_000; from += 500) {
            List<String> rows = new ArrayList<>();
            for (int i = from; i < from + 500; i++) {
                rows.add("(" + i + ", " + i % 7 + ")");
            }
            database.query("INSERT INTO c (id, x) VALUES " + String.join(", ", rows));
        }
        assertThatExceptionOfType(VelesException.class)
                .isThrownBy(() -> database.query(
                        "SELECT COUNT(*) FROM c a JOIN c b ON a.x = b.x WHERE a.id <> 5 WITH (timeout_ms = 1)"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_RAIL));
    }

    /** Section 16 and 17: what is not there is not changed, and that is no error. */
    @Test
    void noStatementMissesARowOrAnEdge() {
        Database database = Database.inMemory();
        database.query("CREATE GRAPH COLLECTION g");
        assertThat(database.query("SELECT * FROM g WHERE id = 99").rows()).isEmpty();
        assertThat(database.query("UPDATE g SET x = 1 WHERE id = 99").affected())
                .isZero();
        assertThat(database.query("DELETE FROM g WHERE id = 99").affected()).isZero();
        assertThat(database.query("SELECT EDGES FROM g WHERE edge_id = 99").rows())
                .isEmpty();
        assertThat(database.query("DELETE EDGE 99 FROM g").rows().get(0).values())
                .isEqualTo(Obj.of("deleted", false, "edge_id", 99));
    }

    /** An observer decides with whatever it likes: a statement that it cannot decide on fails with its code and changes nothing. */
    @Test
    void theCodeOfAHostThatFailsReachesWhoeverRunsAStatement() {
        for (ErrorCode code : List.of(
                ErrorCode.POINT_NOT_FOUND,
                ErrorCode.EDGE_NOT_FOUND,
                ErrorCode.COLUMN_STORE,
                ErrorCode.GPU,
                ErrorCode.ALLOCATION_FAILED)) {
            boolean[] failing = {false};
            Database database = observed(new Observer() {
                @Override
                public Decision decide(AccessRequest request) {
                    if (failing[0]) {
                        throw new VelesException(code, "the host failed");
                    }
                    return Decision.ALLOW;
                }
            });
            database.query("CREATE METADATA COLLECTION c");
            failing[0] = true;
            for (String statement :
                    List.of("SELECT * FROM c", "INSERT INTO c (id) VALUES (1)", "DELETE FROM c WHERE id = 1")) {
                assertThatExceptionOfType(VelesException.class)
                        .as(statement)
                        .isThrownBy(() -> database.query(statement))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
            }
            failing[0] = false;
            assertThat(database.query("SELECT * FROM c").rows()).isEmpty();
        }
    }

    private static Database observed(Observer observer) {
        return new Database(
                new Engine(new MemoryPlatform(() -> 0L), Limits.DEFAULTS, new RecentChanges(), Committer.SERIAL),
                Lifecycle.NONE,
                observer);
    }

    /** Whoever adds an accelerator, or columns that can fail, has to provoke that by a statement. */
    @Test
    void nothingInTheEngineRaisesWhatOnlyHostsRaise() throws IOException {
        for (String module : List.of("core", "embedded", "embedder", "cli")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    for (ErrorCode code : BY_HOSTS) {
                        assertThat(Files.readString(file))
                                .as(file.toString())
                                .doesNotContain("(ErrorCode." + code + ",");
                    }
                }
            }
        }
    }
}
