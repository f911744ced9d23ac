package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.Observer;
import io.velesdb.Point;
import io.velesdb.Quantization;
import io.velesdb.SearchRequest;
import io.velesdb.StorageMode;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.CheckpointFile;
import io.velesdb.embedded.storage.DatabaseFolder;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes and links that are too large to be verified while opening: here all are, so that small ones show what happens. */
@ExtendWith(CheckOnClose.class)
class DamagedCodesTest {
    private static final Path FOLDER = Path.of("/data/db");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(2);
    private static final int DIMENSION = 320;
    private static final int ROWS = 1_900;
    private static final Pattern WALKED =
            Pattern.compile("c1/(vectors/(codes|quantized|quantized-fine)|graph/links0?)");

    private final List<String> rebuilt = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(StorageMode.class)
    void whatIsVerifiedAsItIsUsedAnswersAndGrowsAsEver(StorageMode mode) {
        SimulatedFileSystem machine = new SimulatedFileSystem();
        try (Database database = open(machine, CheckpointFile.VERIFY_AT_ONCE)) {
            create(database, mode);
        }
        SimulatedFileSystem other = machine.copy();
        for (int round = 0; round < 2; round++) {
            try (Database eager = open(machine, CheckpointFile.VERIFY_AT_ONCE);
                    Database lazy = open(other, 0)) {
                for (Database database : List.of(eager, lazy)) {
                    VectorCollection rows = database.vectorCollection("rows");
                    rows.upsert(points(5_000 + 50 * round, 40));
                    rows.delete(3 + round);
                }
                assertThat(answers(lazy)).isEqualTo(answers(eager));
                eager.collection("rows").vacuum();
                lazy.collection("rows").vacuum();
                assertThat(answers(lazy)).isEqualTo(answers(eager));
            }
        }
        assertThat(rebuilt).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StorageMode.class)
    void damageIsMetAsAnErrorAndNeverAsAnAnswer(StorageMode mode) {
        SimulatedFileSystem good = new SimulatedFileSystem();
        List<List<String>> expected;
        try (Database database = open(good, 0)) {
            create(database, mode);
            expected = answers(database);
        }
        Map<String, Long> places = places(good);
        assertThat(places).hasSizeGreaterThanOrEqualTo(3);
        places.forEach((section, at) -> {
            SimulatedFileSystem bad = damaged(good, at);
            try (Database database = open(bad, 0)) {
                VectorCollection rows = database.vectorCollection("rows");
                int refused = 0;
                for (int query = 0; query < expected.size(); query++) {
                    try {
                        assertThat(answer(rows, query)).as(section).isEqualTo(expected.get(query));
                    } catch (VelesException refusal) {
                        refused++;
                        assertThat(refusal.code()).isEqualTo(ErrorCode.INDEX_CORRUPTED);
                        assertThat(refusal)
                                .hasMessageContaining("checkpoint-")
                                .hasMessageContaining("'" + section + "'")
                                .hasMessageContaining("'velesdb repair' makes this part again");
                    }
                }
                // whether a search reads the long codes at all depends on the mode
                assertThat(refused > 0 || section.endsWith("-fine")).as(section).isTrue();
                assertThat(rows.get(17).getFirst().vector()).isEqualTo(vector(17));
                // refused before it is recorded: nothing is broken by it
                assertThatThrownBy(() -> rows.upsert(points(9_000, 1))).hasMessageContaining("VELES-008");
                assertThat(rows.delete(5)).isEqualTo(1);
                assertThatThrownBy(database::checkpoint).hasMessageContaining("VELES-008");
            }
            assertThat(rebuilt).isEmpty();
            try (Database database = open(bad, CheckpointFile.VERIFY_AT_ONCE)) {
                assertThat(rebuilt).as(section).hasSize(1);
                rebuilt.clear();
                VectorCollection rows = database.vectorCollection("rows");
                assertThat(rows.count()).isEqualTo(ROWS - 1);
                findsItself(rows);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(StorageMode.class)
    void aJournalWhoseTailWorksOnWhatIsDamagedHasItMadeAgain(StorageMode mode) {
        SimulatedFileSystem machine = new SimulatedFileSystem();
        Database killed = open(machine, 0);
        create(killed, mode);
        killed.checkpoint();
        killed.vectorCollection("rows").upsert(points(5_000, 30));
        SimulatedFileSystem good = machine.copy();
        places(good).forEach((section, at) -> {
            try (Database database = open(damaged(good, at), 0)) {
                assertThat(rebuilt.getLast()).contains("VELES-008").contains("'" + section + "'");
                rebuilt.clear();
                VectorCollection rows = database.vectorCollection("rows");
                assertThat(rows.count()).isEqualTo(ROWS + 30);
                findsItself(rows);
            }
        });
        killed.close();
    }

    private static void create(Database database, StorageMode mode) {
        Quantization settings = Quantization.DEFAULT.withThreshold(1_700).withCentroids(16);
        database.createCollection(
                "rows", CollectionSchema.vector(DIMENSION, Metric.COSINE).withStorage(mode, settings));
        database.vectorCollection("rows").upsert(points(0, ROWS));
    }

    private Database open(SimulatedFileSystem files, long verifiedAtOnce) {
        return OpenDatabase.open(
                        files,
                        FOLDER,
                        OPTIONS,
                        () -> 1_000L,
                        (structure, damage) -> rebuilt.add(structure + ": " + damage.getMessage()),
                        false,
                        verifiedAtOnce)
                .database(Observer.NONE);
    }

    /** A byte in the middle of each section that is verified as it is used. */
    private static Map<String, Long> places(SimulatedFileSystem files) {
        SimulatedFileSystem copy = files.copy();
        Map<String, Long> places = new LinkedHashMap<>();
        DatabaseFolder folder = DatabaseFolder.open(copy, FOLDER);
        try (CheckpointFile checkpoint = folder.openCheckpoint()) {
            for (String name : checkpoint.names()) {
                if (WALKED.matcher(name).matches()) {
                    places.put(name, checkpoint.offset(name) + checkpoint.length(name) / 2);
                }
            }
        } finally {
            folder.close();
        }
        return places;
    }

    private static SimulatedFileSystem damaged(SimulatedFileSystem good, long at) {
        SimulatedFileSystem bad = good.copy();
        Path file = bad.files().stream()
                .filter(path -> path.getFileName().toString().startsWith("checkpoint-"))
                .max(Path::compareTo)
                .orElseThrow();
        byte[] bytes = bad.content(file);
        bytes[(int) at] ^= 4;
        bad.overwrite(file, bytes);
        return bad;
    }

    private static void findsItself(VectorCollection rows) {
        for (long id : new long[] {17, 900, 1_800}) {
            assertThat(rows.search(SearchRequest.nearest(vector(id), 1)))
                    .extracting(Hit::id)
                    .containsExactly(id);
        }
    }

    private static List<List<String>> answers(Database database) {
        List<List<String>> all = new ArrayList<>();
        for (int query = 0; query < 12; query++) {
            all.add(answer(database.vectorCollection("rows"), query));
        }
        return all;
    }

    private static List<String> answer(VectorCollection rows, int query) {
        return rows.search(SearchRequest.nearest(vector(-1 - query), 10)).stream()
                .map(hit -> hit.id() + " " + hit.score())
                .toList();
    }

    private static List<Point> points(long from, int count) {
        List<Point> points = new ArrayList<>();
        for (long id = from; id < from + count; id++) {
            points.add(Point.of(id, vector(id), Obj.of("n", id)));
        }
        return points;
    }

    private static float[] vector(long seed) {
        Random random = new Random(seed * 7_919 + 1);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
