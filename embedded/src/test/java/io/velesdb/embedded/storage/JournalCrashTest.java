package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random appends, syncs, rotations and deletions with failing calls, kills and losses of power in between, against a
 * model of what each record may hold.
 */
class JournalCrashTest {
    @Test
    void nothingThatWasAcknowledgedIsEverLost() {
        for (long seed = 1; seed <= 1500; seed++) {
            new Run(seed).go();
        }
    }

    @Tag("slow")
    @Test
    void nothingThatWasAcknowledgedIsEverLostInManyMoreRuns() {
        for (long seed = 100_000; seed < 110_000; seed++) {
            new Run(seed).go();
        }
    }

    private static final class Run {
        private static final Path FOLDER = Path.of("/journal");
        private static final UUID DATABASE = new UUID(17, 4);

        private final long seed;
        private final SplittableRandom random;
        private final LogMode mode;
        private final long segmentBytes;

        /** What each record may hold: one payload when it was recovered or acknowledged, else all attempts. */
        private final Map<Long, List<byte[]>> possible = new HashMap<>();

        private SimulatedFileSystem files = new SimulatedFileSystem();
        private WriteAheadLog log;
        private long start = 1;

        /** Records up to here survive a kill, and a loss of power. */
        private long safeFromKill;

        private long safeFromPowerLoss;

        Run(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.mode = random.nextInt(3) > 0 ? LogMode.FSYNC : random.nextBoolean() ? LogMode.OS : LogMode.NONE;
            this.segmentBytes = 200L << random.nextInt(12);
        }

        void go() {
            try {
                files.createDirectories(FOLDER);
                files.syncDirectory(Path.of("/"));
                log = WriteAheadLog.create(files, FOLDER, DATABASE, mode, segmentBytes);
                for (int round = 0; round < 8; round++) {
                    work();
                    crash();
                    recover();
                }
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", mode " + mode + ", segments of " + segmentBytes, e);
            }
        }

        private void work() {
            int operations = random.nextInt(40);
            boolean faulty = random.nextInt(3) == 0;
            for (int i = 0; i < operations; i++) {
                if (faulty && random.nextInt(6) == 0) {
                    files.fail(files.calls() + 1 + random.nextInt(12), Fault.values()[random.nextInt(3)]);
                }
                try {
                    operate();
                } catch (VelesException e) {
                    assertThat(e).hasMessageContaining("VELES-011");
                    if (!faulty) {
                        throw e;
                    }
                }
            }
        }

        private void operate() {
            int what = random.nextInt(20);
            if (what < 15) {
                append();
            } else if (what == 15) {
                log.sync();
                acknowledged(log.lastLsn(), true);
            } else if (what == 16) {
                log.rotate();
            } else if (what == 17) {
                // As a checkpoint does: what it holds no longer depends on the journal.
                long next = log.rotate();
                if (next - 1 > safeFromPowerLoss || random.nextBoolean()) {
                    start = next;
                    acknowledged(next - 1, true);
                    if (random.nextBoolean()) {
                        log.deleteBelow(start);
                    }
                }
            } else if (what == 18) {
                log.deleteBelow(start);
            }
        }

        private void append() {
            int length = switch (random.nextInt(12)) {
                case 0 -> 0;
                case 1 -> random.nextInt(4000);
                case 2 -> random.nextInt(40) == 0 ? 600_000 : 7;
                default -> random.nextInt(200);
            };
            byte[] payload = new byte[length];
            for (int i = 0; i < Math.min(length, 300); i++) {
                payload[i] = (byte) random.nextInt();
            }
            long lsn = log.lastLsn() + 1;
            possible.computeIfAbsent(lsn, n -> new ArrayList<>()).add(payload);
            assertThat(log.append(payload, length)).isEqualTo(lsn);
            possible.put(lsn, new ArrayList<>(List.of(payload)));
            if (random.nextInt(5) > 0) {
                log.commit();
                acknowledged(lsn, mode == LogMode.FSYNC);
                if (mode == LogMode.NONE) {
                    return;
                }
            }
            if (mode == LogMode.OS) {
                safeFromKill = lsn;
            }
        }

        private void acknowledged(long lsn, boolean durable) {
            if (durable) {
                safeFromKill = Math.max(safeFromKill, lsn);
                safeFromPowerLoss = Math.max(safeFromPowerLoss, lsn);
            }
        }

        private void crash() {
            switch (random.nextInt(4)) {
                case 0 -> files = files.afterKill();
                case 1 -> {
                    try {
                        log.close();
                        acknowledged(log.durableLsn(), true);
                    } catch (VelesException e) {
                        // It was broken before or a call failed; then nothing is promised.
                    }
                    if (random.nextBoolean()) {
                        powerLoss();
                    } else {
                        files = files.afterKill();
                    }
                }
                default -> powerLoss();
            }
        }

        private void powerLoss() {
            safeFromKill = safeFromPowerLoss;
            files = files.afterPowerLoss(random.nextLong(), new ArrayList<>());
        }

        private void recover() throws IOException {
            if (random.nextInt(4) == 0) {
                files.fail(files.calls() + 1 + random.nextInt(15), Fault.values()[random.nextInt(3)]);
            }
            while (true) {
                try {
                    tryToRecover();
                    files.fail(-1, Fault.ERROR);
                    return;
                } catch (VelesException e) {
                    // A failing call; the machine may even go down before the next attempt.
                    assertThat(e).hasMessageContaining("VELES-011");
                    files.fail(-1, Fault.ERROR);
                    if (random.nextBoolean()) {
                        powerLoss();
                    } else {
                        files = files.afterKill();
                    }
                }
            }
        }

        private void tryToRecover() {
            Map<Long, byte[]> found = new HashMap<>();
            WriteAheadLog.Recovered recovered =
                    WriteAheadLog.recover(files, FOLDER, DATABASE, mode, segmentBytes, start, (lsn, payload) -> {
                        if (lsn != start + found.size()) {
                            fail("record " + lsn + " came after " + found.size());
                        }
                        found.put(lsn, payload);
                    });
            log = recovered.log();
            long last = start - 1 + found.size();
            assertThat(log.lastLsn()).isEqualTo(last);
            assertThat(recovered.report().lastLsn()).isEqualTo(last);
            assertThat(last).as("last record, at least the last safe one").isGreaterThanOrEqualTo(safeFromKill);
            found.forEach((lsn, payload) -> {
                assertThat(possible.get(lsn)).as("record " + lsn).anyMatch(attempt -> Arrays.equals(attempt, payload));
                possible.put(lsn, new ArrayList<>(List.of(payload)));
            });
            possible.keySet().removeIf(lsn -> lsn > last);
            if (log.durableLsn() == last) {
                acknowledged(last, true);
            }
            safeFromKill = Math.max(safeFromKill, last);
        }
    }
}
