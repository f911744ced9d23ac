package io.velesdb.embedded.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.Limits;
import io.velesdb.StorageMode;
import io.velesdb.embedded.CheckOnClose;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.graph.GraphModel;
import io.velesdb.embedded.graph.GraphQuestions;
import io.velesdb.host.Diagnostics;
import io.velesdb.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A database that grew by random changes answers as one whose derived structures were all made again: from the journal
 * alone, from a checkpoint and what came after, from documents and vectors by {@code repair}, and in memory.
 */
@ExtendWith(CheckOnClose.class)
class RebuildTest {
    private static final Options MANUAL = Options.DEFAULTS.withoutBackground();
    private static final long START = 1_700_000_000_000L;

    @TempDir
    Path folder;

    @TempDir
    Path copies;

    @ParameterizedTest
    @EnumSource(
            value = StorageMode.class,
            names = {"FULL", "PQ"})
    void everyStructureThatIsMadeAgainAnswersAsTheOneThatGrew(StorageMode mode) throws IOException {
        compare(mode.ordinal(), mode, mode.ordinal() % 2 == 0 ? Metric.COSINE : Metric.EUCLIDEAN);
    }

    static Stream<Long> seeds() {
        return Stream.iterate(100L, seed -> seed + 1).limit(10);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("seeds")
    void everyStructureThatIsMadeAgainAnswersAsTheOneThatGrew_inManyLives(long seed) throws IOException {
        StorageMode[] modes = StorageMode.values();
        Metric[] metrics = {Metric.COSINE, Metric.EUCLIDEAN, Metric.DOT, Metric.HAMMING};
        compare(seed, modes[(int) (seed % modes.length)], metrics[(int) (seed / modes.length % metrics.length)]);
    }

    private void compare(long seed, StorageMode mode, Metric metric) throws IOException {
        String life = "seed " + seed + ", " + mode + ", " + metric;
        AtomicLong clock = new AtomicLong(START);
        boolean checkpoints = seed % 2 == 1;
        Path killed = copies.resolve("killed");
        List<String> exact;
        List<String> approximate;
        List<String> swept;
        try (Database grown = open(folder, clock)) {
            new Life(seed, mode, metric, checkpoints, clock).run(grown, 90);
            exact = Answers.exact(grown, seed);
            approximate = Answers.approximate(grown, seed);
            assertThat(Answers.exact(grown, seed)).as(life + ", asked twice").isEqualTo(exact);
            asTheSimplestProgram(life, grown, seed);
            assertThat(Answers.recall(grown, seed)).as(life + ", recall").isGreaterThan(0.9);
            copy(folder, killed);
            for (String name : Life.COLLECTIONS) {
                grown.engine().upkeep().sweepExpired(name);
            }
            swept = Answers.exact(grown, seed);
        }
        try (Database again = open(killed, clock)) {
            same(
                    life + (checkpoints ? ", from checkpoint and journal" : ", from the journal alone"),
                    again,
                    seed,
                    exact);
            asTheSimplestProgram(life, again, seed);
            assertThat(Answers.approximate(again, seed)).as(life).isEqualTo(approximate);
        }
        try (Database again = open(folder, clock)) {
            same(life + ", from a checkpoint", again, seed, swept);
        }
        assertThat(VelesDb.repair(killed)).as(life + ", repaired").isNotEmpty();
        try (Database repaired = open(killed, clock)) {
            same(life + ", repaired", repaired, seed, exact);
            assertThat(Answers.recall(repaired, seed))
                    .as(life + ", recall after repair")
                    .isGreaterThan(0.9);
            asTheSimplestProgram(life + ", repaired", repaired, seed);
            // which sweeps first, and the rows that are left become new generations
            for (String name : Life.COLLECTIONS) {
                repaired.collection(name).vacuum();
            }
            same(life + ", repaired and compacted", repaired, seed, swept);
        }
        AtomicLong otherClock = new AtomicLong(START);
        Database inMemory = Database.inMemory(Limits.DEFAULTS, otherClock::get);
        new Life(seed, mode, metric, checkpoints, otherClock).run(inMemory, 90);
        assertThat(otherClock.get()).as(life).isEqualTo(clock.get());
        same(life + ", in memory", inMemory, seed, exact);
        assertThat(Answers.approximate(inMemory, seed)).as(life).isEqualTo(approximate);
    }

    /** Adjacency, walks, paths, components and ranks are what the points and the list of edges say. */
    private static void asTheSimplestProgram(String when, Database database, long seed) {
        for (String name : Life.COLLECTIONS) {
            Collection collection = database.collection(name);
            GraphModel model = GraphModel.of(collection);
            assertThat(GraphQuestions.differenceOfAdjacency(collection, model))
                    .as(when)
                    .isNull();
            for (int i = 0; i < 5; i++) {
                assertThat(new GraphQuestions(model, new SplittableRandom(seed + i)).differenceFrom(collection))
                        .as(when)
                        .isNull();
            }
        }
    }

    private static void same(String when, Database database, long seed, List<String> expected) {
        List<String> found = Answers.exact(database, seed);
        assertThat(found).as(when).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).equals(expected.get(i))) {
                fail(when + ": " + difference(found.get(i), expected.get(i)));
            }
        }
    }

    /** The question, and both answers from where they part. */
    private static String difference(String found, String expected) {
        int at = 0;
        while (at < Math.min(found.length(), expected.length()) && found.charAt(at) == expected.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 60);
        return expected.substring(0, Math.min(expected.length(), 250)) + "...\n found    ..."
                + found.substring(from, Math.min(found.length(), at + 200)) + "\n expected ..."
                + expected.substring(from, Math.min(expected.length(), at + 200));
    }

    private static Database open(Path path, AtomicLong clock) {
        return VelesDb.open(new LocalFileSystem(), path, MANUAL, clock::get, Diagnostics.SILENT);
    }

    /** What a killed process would leave: the files as they are now. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else if (!source.getFileName().toString().equals("LOCK")) {
                    Files.copy(source, target);
                }
            }
        }
    }
}
