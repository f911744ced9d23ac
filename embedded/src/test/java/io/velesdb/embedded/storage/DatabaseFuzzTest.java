package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.velesdb.Collection;
import io.velesdb.CollectionInfo;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.filter.Filter;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Whole databases of which one part was written by an enemy who knows how to make a checksum: opening them and reading
 * them works or is refused as damage, and nothing else happens.
 */
class DatabaseFuzzTest {
    private static final Path FOLDER = Path.of("/db");
    private static final Path CHECKPOINT = FOLDER.resolve("checkpoint-0000001");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(1);
    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.STORAGE, ErrorCode.INDEX_CORRUPTED, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION);

    private static final SimulatedFileSystem GOOD = good();

    private static SimulatedFileSystem good() {
        SimulatedFileSystem files = new SimulatedFileSystem();
        Random random = new Random(1);
        try (Database database = VelesDb.open(files, FOLDER, OPTIONS, () -> 1_000L, (what, why) -> {})) {
            for (Metric metric : new Metric[] {Metric.COSINE, Metric.HAMMING}) {
                VectorCollection rows = database.createVectorCollection(metric.canonicalName(), 8, metric);
                List<Point> points = new ArrayList<>();
                for (int id = 0; id < 1_100; id++) {
                    float[] vector = new float[8];
                    for (int i = 0; i < vector.length; i++) {
                        vector[i] = random.nextInt(-9, 10);
                    }
                    vector[0] = 1;
                    points.add(Point.of(id, vector, id % 9 == 0 ? null : Obj.of("n", id, "text", "row " + id % 7)));
                }
                rows.upsert(points);
                rows.delete(5, 6, 7);
            }
            database.createMetadataCollection("notes").upsert(Point.of(1, Obj.of("n", 1, "list", List.of(1, "x"))));
        }
        return files;
    }

    /** A section of the checkpoint with other bytes: all of them, or some in the middle. */
    @FuzzTest
    void aCheckpointMayHoldAnything(FuzzedDataProvider data) throws IOException {
        SimulatedFileSystem files = GOOD.copy();
        Map<String, byte[]> sections = new LinkedHashMap<>();
        CheckpointFormat.Header header;
        try (CheckpointFile checkpoint = CheckpointFile.open(files, CHECKPOINT, true)) {
            header = checkpoint.header();
            checkpoint.names().forEach(name -> sections.put(name, checkpoint.section(name)));
        }
        List<String> names = new ArrayList<>(sections.keySet());
        String name = names.get(data.consumeInt(0, names.size() - 1));
        byte[] section = sections.get(name);
        if (data.consumeBoolean()) {
            section = data.consumeRemainingAsBytes();
        } else {
            int at = data.consumeInt(0, Math.max(0, section.length - 1));
            byte[] bytes = data.consumeRemainingAsBytes();
            System.arraycopy(bytes, 0, section, at, Math.min(bytes.length, section.length - at));
        }
        sections.put(name, section);
        try (CheckpointFileWriter writer = CheckpointFileWriter.create(files, CHECKPOINT, header)) {
            sections.forEach((section1, bytes) -> writer.section(section1, bytes, bytes.length));
            writer.finish();
        }
        openAndRead(files);
    }

    /** A record at the end of the journal that holds anything. */
    @FuzzTest
    void aJournalRecordMayHoldAnything(byte[] payload) throws IOException {
        SimulatedFileSystem files = GOOD.copy();
        Manifest manifest = Manifest.read(files, FOLDER);
        WriteAheadLog log = WriteAheadLog.recover(
                        files,
                        FOLDER.resolve("journal"),
                        manifest.database(),
                        LogMode.FSYNC,
                        1 << 20,
                        manifest.startLsn(),
                        (lsn, record) -> {})
                .log();
        log.append(payload, payload.length);
        log.close();
        openAndRead(files);
    }

    /** A document store whose bytes are others, with the lengths and checksums in it as they come. */
    @FuzzTest
    void documentsMayHoldAnything(FuzzedDataProvider data) {
        SimulatedFileSystem files = GOOD.copy();
        Path path = FOLDER.resolve("1/payload-0.log");
        byte[] content = files.content(path);
        int at = data.consumeInt(0, content.length - 1);
        byte[] bytes = data.consumeRemainingAsBytes();
        System.arraycopy(bytes, 0, content, at, Math.min(bytes.length, content.length - at));
        files.overwrite(path, content);
        openAndRead(files);
    }

    private static void openAndRead(SimulatedFileSystem files) {
        try (Database database = VelesDb.open(files, FOLDER, OPTIONS, () -> 1_000L, (what, why) -> {})) {
            for (CollectionInfo info : database.collections()) {
                read(database.collection(info.name()));
            }
        } catch (VelesException refusal) {
            assertThat(refusal.code()).as(refusal.getMessage()).isIn(REFUSALS);
        }
    }

    private static void read(Collection collection) {
        guarded(() -> collection.scroll(null, 2_000, null));
        guarded(() -> collection.count(Filter.gte("n", 5)));
        guarded(() -> collection.count(Filter.eq("text", "row 3")));
        if (collection instanceof VectorCollection vectors) {
            float[] query = new float[collection.schema().dimension()];
            query[0] = 1;
            guarded(() -> vectors.search(SearchRequest.nearest(query, 10)));
            guarded(() -> vectors.search(SearchRequest.nearest(query, 10).where(Filter.lt("n", 300))));
        }
    }

    private static void guarded(Runnable read) {
        try {
            read.run();
        } catch (VelesException refusal) {
            assertThat(refusal.code()).as(refusal.getMessage()).isIn(REFUSALS);
        }
    }
}
