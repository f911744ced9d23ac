package io.velesdb.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.CollectionSchema;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.embedded.CheckReport;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every file of a database is damaged, in every byte where it is small and in many drawn ones where it is large: {@code
 * check} says where, opening answers rightly or refuses, and neither takes more memory than the files account for.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamageTest {
    private static final Path FOLDER = Path.of("/data/db");
    private static final Options OPTIONS = Options.DEFAULTS.withoutBackground().withThreads(1);

    /** A file up to this length is damaged in every byte. */
    private static final int SMALL = 1_000;

    /** What opening and checking may allocate beyond what they do for undamaged files. */
    private static final long SPARE_BYTES = 64 << 20;

    private enum Left {
        /** Closed: all of it is in a checkpoint. */
        CLOSED,
        /** Killed: a checkpoint, and a journal with what came after. */
        KILLED
    }

    @ParameterizedTest
    @EnumSource(Left.class)
    void damageIsFoundAndNeverAnsweredFrom(Left left) {
        new Trials(left, 12, 6).run();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Left.class)
    void damageIsFoundAndNeverAnsweredFrom_inManyMorePlaces(Left left) {
        Trials trials = new Trials(left, 400, 100);
        trials.run();
        assertThat(trials.files).isGreaterThanOrEqualTo(6);
        assertThat(trials.refused).isGreaterThan(300);
        assertThat(trials.mended).isGreaterThan(50);
    }

    @Test
    void undamagedFilesAreClean() {
        for (Left left : Left.values()) {
            Trials trials = new Trials(left, 0, 0);
            assertThat(VelesDb.check(trials.good.copy(), FOLDER).findings()).isEmpty();
        }
    }

    private static final class Trials {
        private final Left left;
        private final int flips;
        private final int cuts;
        private final SplittableRandom random = new SplittableRandom(5);
        private final List<State> states = new ArrayList<>(List.of(State.EMPTY));
        private final SimulatedFileSystem good;
        private int checkpointed;
        private final long usualBytes;
        private final long usualCalls;
        private int files;
        private int refused;
        private int mended;

        /** @param flips bytes that are damaged in a large file; @param cuts lengths that it is cut to */
        Trials(Left left, int flips, int cuts) {
            this.left = left;
            this.flips = flips;
            this.cuts = cuts;
            good = write(left);
            SimulatedFileSystem copy = good.copy();
            long before = allocatedBytes();
            try (Database database = open(copy, new ArrayList<>())) {
                assertThat(states.getLast().differenceFrom(database)).isNull();
            }
            usualBytes = allocatedBytes() - before;
            usualCalls = copy.calls();
        }

        private SimulatedFileSystem write(Left left) {
            SimulatedFileSystem machine = new SimulatedFileSystem();
            Database database = open(machine, new ArrayList<>());
            take(database, new Step.Create("rows", CollectionSchema.vector(8, Metric.EUCLIDEAN), new UUID(0, 1)));
            take(database, upsert("rows", 0, 1_150));
            take(database, new Step.Create("notes", CollectionSchema.metadata(), new UUID(0, 2)));
            take(database, upsert("notes", 0, 30));
            take(database, new Step.Delete("rows", new long[] {3, 500, 501}));
            if (left == Left.CLOSED) {
                database.close();
                checkpointed = states.size() - 1;
                return machine.copy();
            }
            take(database, new Step.Checkpoint());
            checkpointed = states.size() - 1;
            take(database, upsert("rows", 1_140, 1_160));
            take(database, new Step.Delete("notes", new long[] {7}));
            take(database, new Step.Create("bits", CollectionSchema.vector(20, Metric.EUCLIDEAN), new UUID(0, 3)));
            take(database, upsert("bits", 0, 2));
            take(database, upsert("notes", 28, 32));
            return machine.copy();
        }

        private void take(Database database, Step step) {
            step.run(database);
            State after = step.apply(states.getLast());
            if (!after.equals(states.getLast())) {
                states.add(after);
            }
        }

        private Step upsert(String name, int from, int to) {
            CollectionSchema schema = states.getLast().collections().get(name).schema();
            List<Point> points = new ArrayList<>();
            for (int id = from; id < to; id++) {
                float[] vector = new float[schema.dimension()];
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = (float) random.nextDouble();
                }
                Obj payload = Obj.of("tag", id % 3, "text", "row " + id);
                points.add(vector.length == 0 ? Point.of(id, payload) : Point.of(id, vector, payload));
            }
            return new Step.Upsert(name, points);
        }

        void run() {
            for (Path file : good.files()) {
                if (!file.endsWith("LOCK")) {
                    files++;
                    byte[] content = good.content(file);
                    flip(file, content);
                    cut(file, content);
                    trial(file, null, content.length, "is deleted");
                }
            }
        }

        private void flip(Path file, byte[] content) {
            // what was reserved behind the last byte that means something is zeros; a little of it is looked at too
            int end = Math.min(content.length, endOfNonZero(content) + 32);
            for (int at : places(end, flips)) {
                byte[] bad = content.clone();
                bad[at] ^= (byte) (1 << random.nextInt(8));
                trial(file, bad, at, "has a flipped bit in byte " + at);
            }
        }

        private void cut(Path file, byte[] content) {
            for (int length : places(Math.min(content.length, endOfNonZero(content) + 1), cuts)) {
                trial(file, Arrays.copyOf(content, length), length, "is cut to " + length + " bytes");
            }
        }

        private TreeSet<Integer> places(int end, int some) {
            TreeSet<Integer> places = new TreeSet<>();
            boolean all = end <= SMALL && some > 50;
            for (int i = 0; i < (all ? end : Math.min(some, end)); i++) {
                places.add(all ? i : random.nextInt(end));
            }
            if (some > 0 && end > 0) {
                places.add(0);
                places.add(end - 1);
            }
            return places;
        }

        private static int endOfNonZero(byte[] content) {
            int end = content.length;
            while (end > 0 && content[end - 1] == 0) {
                end--;
            }
            return end;
        }

        /** @param bad what the file holds then, null when it is gone; @param at where the damage begins */
        private void trial(Path file, byte[] bad, int at, String what) {
            String where = FOLDER.relativize(file) + " " + what;
            try {
                SimulatedFileSystem looked = damaged(file, bad);
                CheckReport report = check(looked);
                if (left == Left.CLOSED && bad != null && !file.toString().endsWith(".wal")) {
                    assertUnchanged(damaged(file, bad), looked);
                }
                VelesException refusal = openAndCompare(damaged(file, bad), oldest(file, bad));
                if (refusal != null) {
                    refused++;
                    assertThat(refusal.code()).isIn(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION);
                    assertThat(refusal)
                            .hasMessageContaining(named(file, bad).getFileName().toString());
                    assertThat(report == null || !report.isClean())
                            .as("opening refuses: %s", refusal.getMessage())
                            .isTrue();
                }
                if (report != null && !report.isClean()) {
                    assertThat(report.findings())
                            .as("check names the file and where in it")
                            .anyMatch(finding -> finding.file().equals(named(file, bad))
                                    && (bad == null || finding.offset() >= 0)
                                    && finding.offset() <= at);
                }
            } catch (Throwable e) {
                throw new AssertionError(where + ": " + e.getMessage(), e);
            }
        }

        /** Where a journal has to be replayed or its end cut off, looking at the rows does what the next open would. */
        private static void assertUnchanged(SimulatedFileSystem before, SimulatedFileSystem after) {
            assertThat(after.files()).as("check leaves files as they were").isEqualTo(before.files());
            for (Path file : before.files()) {
                assertThat(after.content(file))
                        .as("check leaves %s as it was", file)
                        .isEqualTo(before.content(file));
            }
        }

        /** What an error can name: where a segment of the journal should be only its number would tell. */
        private static Path named(Path file, byte[] bad) {
            return bad == null && file.toString().endsWith(".wal") ? file.getParent() : file;
        }

        /**
         * Nothing states that the last record was durable, so that damage in it is a torn tail. A journal that is cut has
         * lost every statement about what came behind, and looks like one that was never longer.
         */
        private int oldest(Path file, byte[] bad) {
            int last = states.size() - 1;
            if (!file.toString().endsWith(".wal")) {
                return last;
            }
            return bad != null && bad.length < good.content(file).length
                    ? checkpointed
                    : Math.max(last - 1, checkpointed);
        }

        private SimulatedFileSystem damaged(Path file, byte[] bad) throws java.io.IOException {
            SimulatedFileSystem copy = good.copy();
            if (bad == null) {
                copy.delete(file);
            } else {
                copy.overwrite(file, bad);
            }
            return copy;
        }

        /** What check finds; null when it says that this is no database. */
        private CheckReport check(SimulatedFileSystem files) {
            long before = allocatedBytes();
            try {
                return VelesDb.check(files, FOLDER);
            } catch (VelesException refusal) {
                assertThat(refusal.code()).isIn(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION);
                return null;
            } finally {
                assertThat(allocatedBytes() - before).isLessThan(4 * usualBytes + SPARE_BYTES);
            }
        }

        /**
         * Returns the refusal, or null when the database holds what it must.
         *
         * @param oldest the first of the states that it may show
         */
        private VelesException openAndCompare(SimulatedFileSystem files, int oldest) {
            long before = allocatedBytes();
            List<String> rebuilt = new ArrayList<>();
            try (Database database = open(files, rebuilt)) {
                String difference = states.getLast().differenceFrom(database);
                for (int i = states.size() - 2; difference != null && i >= oldest; i--) {
                    difference = states.get(i).differenceFrom(database) == null ? null : difference;
                }
                assertThat(difference).as("a wrong answer").isNull();
                mended += rebuilt.isEmpty() ? 0 : 1;
                return null;
            } catch (VelesException refusal) {
                return refusal;
            } finally {
                assertThat(allocatedBytes() - before).isLessThan(2 * usualBytes + SPARE_BYTES);
                assertThat(files.calls()).isLessThan(3 * usualCalls + 300);
            }
        }

        private static Database open(SimulatedFileSystem files, List<String> rebuilt) {
            return VelesDb.open(files, FOLDER, OPTIONS, () -> 1_000L, (what, why) -> rebuilt.add(what));
        }
    }

    /** By reflection: the module of the engine does not read the one that knows. */
    private static long allocatedBytes() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return (long) Class.forName("com.sun.management.ThreadMXBean")
                    .getMethod("getCurrentThreadAllocatedBytes")
                    .invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
