package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.host.Concurrency;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an index build relies on, held by every way of running its pieces. */
abstract class ConcurrencyContract {
    abstract Concurrency concurrency();

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 3", "8, 8", "100, 1", "1000, 64", "1000, 5000", "20000, 7"})
    void everyIndexIsVisitedOnceAndAllAreDoneOnReturn(int count, int grain) {
        Concurrency concurrency = concurrency();
        AtomicIntegerArray visits = new AtomicIntegerArray(Math.max(1, count));
        concurrency.forEach(count, grain, (worker, from, to) -> {
            assertThat(from).isBetween(0, count - 1);
            assertThat(to).isBetween(from + 1, count);
            for (int i = from; i < to; i++) {
                visits.incrementAndGet(i);
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(visits.get(i)).as("index %d", i).isEqualTo(1);
        }
    }

    @Test
    void aWorkerHasANumberBelowTheirCountAndRunsOneRangeAtATime() {
        Concurrency concurrency = concurrency();
        assertThat(concurrency.workers()).isPositive();
        AtomicInteger[] busy = new AtomicInteger[concurrency.workers()];
        for (int i = 0; i < busy.length; i++) {
            busy[i] = new AtomicInteger();
        }
        AtomicReference<String> wrong = new AtomicReference<>();
        concurrency.forEach(20_000, 3, (worker, from, to) -> {
            if (busy[worker].incrementAndGet() != 1) {
                wrong.set("worker " + worker + " runs two ranges at once");
            }
            busy[worker].decrementAndGet();
        });
        assertThat(wrong.get()).isNull();
    }

    @Test
    void whatThePiecesWroteIsVisibleOnReturn() {
        int[] plain = new int[50_000];
        concurrency().forEach(plain.length, 11, (worker, from, to) -> {
            for (int i = from; i < to; i++) {
                plain[i] = i + 1;
            }
        });
        for (int i = 0; i < plain.length; i++) {
            assertThat(plain[i]).isEqualTo(i + 1);
        }
    }

    @Test
    void theFailureOfAPieceReachesTheCallerWhenAllHaveEnded() {
        Concurrency concurrency = concurrency();
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> concurrency.forEach(10_000, 10, (worker, from, to) -> {
                    running.incrementAndGet();
                    try {
                        if (from >= 5_000 || to > 5_000) {
                            throw new IllegalStateException("piece " + from);
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("piece");
        assertThat(running).hasValue(0);
    }

    @Test
    void callersMayComeFromManyThreads() throws InterruptedException {
        Concurrency concurrency = concurrency();
        AtomicInteger sum = new AtomicInteger();
        Thread[] callers = new Thread[4];
        for (int t = 0; t < callers.length; t++) {
            callers[t] = Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 50; round++) {
                    concurrency.forEach(100, 3, (worker, from, to) -> sum.addAndGet(to - from));
                }
            });
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(sum).hasValue(4 * 50 * 100);
    }
}
