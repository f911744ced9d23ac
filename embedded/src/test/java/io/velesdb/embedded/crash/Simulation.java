package io.velesdb.embedded.crash;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.CheckReport;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem.Fault;
import io.velesdb.embedded.storage.LogMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One seeded workload with failing calls, kills and losses of power in between. After each, the database must open to
 * the state after all acknowledged writes, or to that state and whole writes that were under way.
 */
final class Simulation {
    private static final Path FOLDER = Path.of("/data/db");

    private final long seed;
    private final SplittableRandom random;
    private final Workload workload;
    private final Options options;
    private final int rounds;

    /** What may be found after a loss of power, oldest first. The last one is what the open database shows. */
    private List<State> possible = new ArrayList<>(List.of(State.EMPTY));

    /** What failed writes may have led to; they come true or not when the database is opened again. */
    private final List<State> unresolved = new ArrayList<>();

    /** The first of them that may be found after the process alone is killed. */
    private int firstAfterKill;

    private boolean powerWasLost;

    /** What the clock says. It goes on between steps and while nobody has the database open. */
    private long millis = 1_000;

    private SimulatedFileSystem files = new SimulatedFileSystem();
    private Database database;
    private final List<String> damage = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private int crashes;

    Simulation(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        boolean large = random.nextInt(16) == 0;
        workload = new Workload(random.split(), large);
        LogMode mode = switch (random.nextInt(8)) {
            case 0 -> LogMode.OS;
            case 1 -> LogMode.NONE;
            default -> LogMode.FSYNC;
        };
        rounds = large ? 3 : 6;
        options = Options.DEFAULTS.withoutBackground().withThreads(1).withLogMode(mode);
    }

    /** What happened. */
    record Outcome(int crashes, List<String> damage) {}

    /** @throws AssertionError with the seed and the last steps when a promise is broken */
    Outcome run() {
        try {
            reopen();
            for (int round = 0; round < rounds; round++) {
                work();
                crash();
                if ((seed + round) % 4 == 0) {
                    checkIsClean();
                }
                reopen();
            }
            check("at the end");
            complain(new DerivedAnswers(present(), random.split()).differenceFrom(database));
            database.close();
            checkIsClean();
            return new Outcome(crashes, damage);
        } catch (Throwable e) {
            List<String> last = history.subList(Math.max(0, history.size() - 30), history.size());
            throw new AssertionError(
                    "seed " + seed + ", log mode " + options.logMode() + ": " + e.getMessage() + "\n  "
                            + String.join("\n  ", last),
                    e);
        }
    }

    private void work() {
        int steps = random.nextInt(25);
        boolean faulty = random.nextInt(3) == 0;
        boolean crashInside = random.nextInt(4) > 0;
        if (crashInside) {
            files.pullPlugAt(files.calls() + 1 + random.nextInt(150));
        }
        for (int i = 0; i < steps; i++) {
            if (faulty && random.nextInt(5) == 0) {
                Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                files.fail(files.calls() + 1 + random.nextInt(20), fault);
                history.add("a call will fail: " + fault);
            }
            if (faulty && random.nextInt(10) == 0) {
                files.capacity(random.nextBoolean() ? files.usedBytes() + random.nextInt(100_000) : Long.MAX_VALUE);
                history.add("the disk has another size");
            }
            if (!step(faulty || crashInside)) {
                return;
            }
        }
        if (random.nextInt(3) == 0) {
            close();
        }
    }

    /** Returns false when nothing works any more. */
    private boolean step(boolean mayFail) {
        if (random.nextInt(3) == 0) {
            timePasses(5_000);
        }
        State before = present();
        Step step = workload.next(before);
        State after = step.apply(before);
        history.add(step.toString());
        try {
            step.run(database);
        } catch (VelesException e) {
            history.add("  failed: " + e.getMessage());
            if (e.code() != ErrorCode.IO || !mayFail) {
                throw e;
            }
            if (!after.equals(before)) {
                unresolved.add(after);
            }
            if (files.isOff()) {
                return false;
            }
            // Reads go on, and show nothing of it.
            check("after a failed step");
            return true;
        }
        acknowledged(step, after);
        return true;
    }

    private void acknowledged(Step step, State after) {
        if (!after.equals(present())) {
            // A write that came later was recorded: the failed ones were not.
            unresolved.clear();
        }
        boolean durable =
                options.logMode() == LogMode.FSYNC || step instanceof Step.Flush || step instanceof Step.Checkpoint;
        if (durable) {
            possible = new ArrayList<>(List.of(after));
            firstAfterKill = 0;
        } else {
            possible.add(after);
            if (options.logMode() == LogMode.OS) {
                firstAfterKill = possible.size() - 1;
            }
        }
    }

    private void close() {
        history.add("close");
        try {
            database.close();
            acknowledged(new Step.Flush(), present());
        } catch (VelesException e) {
            history.add("  failed: " + e.getMessage());
        }
    }

    private void crash() {
        crashes++;
        if (!files.isOff() && random.nextInt(4) == 0) {
            history.add("kill");
            files = files.afterKill();
        } else {
            losePower();
        }
        files.capacity(Long.MAX_VALUE);
    }

    private void losePower() {
        powerWasLost = true;
        files.pullPlug();
        List<String> lost = new ArrayList<>();
        files = files.afterPowerLoss(random.nextLong(), lost);
        history.add("power loss: " + lost);
        damage.addAll(lost);
    }

    /** Opens the database, with crashes and failing calls on the way. */
    private void reopen() {
        for (int attempt = 0; attempt < 4; attempt++) {
            timePasses(10_000);
            int trouble = random.nextInt(6);
            if (trouble == 0) {
                files.pullPlugAt(files.calls() + 1 + random.nextInt(60));
            } else if (trouble == 1) {
                files.fail(files.calls() + 1 + random.nextInt(60), Fault.values()[random.nextInt(3)]);
            }
            try {
                history.add("open");
                database = open();
                files.pullPlugAt(Long.MAX_VALUE);
                files.fail(-1, Fault.ERROR);
                if (files.isOff()) {
                    // power went in a call whose failure does not matter, such as the deletion of an old file
                    crashes++;
                    losePower();
                    continue;
                }
                settle(trouble == 1);
                return;
            } catch (VelesException e) {
                history.add("  failed: " + e.getMessage());
                if (e.code() != ErrorCode.IO || trouble > 1) {
                    throw e;
                }
                crashes++;
                if (files.isOff() || random.nextBoolean()) {
                    losePower();
                } else {
                    files = files.afterKill();
                }
            }
        }
        database = open();
        settle(false);
    }

    private Database open() {
        return VelesDb.open(files, FOLDER, options, () -> millis, (what, why) -> {
            throw new AssertionError("had to rebuild " + what + ": " + why.getMessage());
        });
    }

    /**
     * Finds out which of the possible states survived.
     *
     * @param troubled whether a call failed while the database was opened: then it may not have been able to make what it
     *     recovered durable, and an older state may come back yet
     */
    private void settle(boolean troubled) {
        int first = powerWasLost ? 0 : firstAfterKill;
        powerWasLost = false;
        possible.addAll(unresolved);
        unresolved.clear();
        String difference = null;
        for (int i = possible.size() - 1; i >= first; i--) {
            State found = possible.get(i).at(seconds());
            String other = found.differenceFrom(database);
            if (other == null) {
                complain(new DerivedAnswers(found, random.split()).differenceOfAFew(database));
                boolean durable = options.logMode() == LogMode.FSYNC && !troubled;
                possible = new ArrayList<>(possible.subList(durable ? i : 0, i + 1));
                firstAfterKill = possible.size() - 1;
                return;
            }
            difference = difference == null ? other : difference;
        }
        throw new AssertionError("none of " + (possible.size() - first)
                + " possible states was found; the last differs in " + difference);
    }

    /** What a crash or a close leaves is whole, in every checksum and reference. */
    private void checkIsClean() {
        if (files.files().contains(FOLDER.resolve("MANIFEST"))) {
            CheckReport report = VelesDb.check(files.copy(), FOLDER);
            if (!report.isClean()) {
                throw new AssertionError("check: " + report.findings());
            }
        }
    }

    private void timePasses(int most) {
        millis += random.nextInt(most);
        history.add("the clock says " + millis);
    }

    private long seconds() {
        return millis / 1_000;
    }

    /** What the open database shows. */
    private State present() {
        return possible.getLast().at(seconds());
    }

    private static void complain(String difference) {
        if (difference != null) {
            throw new AssertionError(difference);
        }
    }

    private void check(String when) {
        String difference = present().differenceFrom(database);
        if (difference != null) {
            throw new AssertionError(when + ": " + difference);
        }
    }
}
