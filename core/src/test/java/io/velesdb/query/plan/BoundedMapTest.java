package io.velesdb.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BoundedMapTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_130);

    private final BoundedMap<Integer> map = new BoundedMap<>(4, 320);

    @Test
    void whereThereIsNoPlaceTheOldestGoes() {
        for (int i = 0; i < 6; i++) {
            map.put("t" + i, i, 1);
        }
        assertThat(map.size()).isEqualTo(4);
        assertThat(map.get("t1")).isNull();
        assertThat(map.get("t2")).isEqualTo(2);
        assertThat(map.get("t5")).isEqualTo(5);
    }

    @Test
    void whatIsAskedForAgainOutlivesWhatComesOnce() {
        map.put("hot", -1, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(map.get("hot")).isEqualTo(-1);
            map.put("once " + i, i, 1);
        }
        assertThat(map.peek("hot")).isEqualTo(-1);
        for (int i = 0; i < 8; i++) {
            map.put("later " + i, i, 1);
        }
        assertThat(map.peek("hot")).as("not asked for any more").isNull();
    }

    @Test
    void lookingIsNotAsking() {
        map.put("seen", -1, 1);
        for (int i = 0; i < 4; i++) {
            map.peek("seen");
            map.put("t" + i, i, 1);
        }
        assertThat(map.peek("seen")).isNull();
    }

    @Test
    void bytesAreBoundedToo() {
        BoundedMap<Integer> wide = new BoundedMap<>(100, 320);
        for (int i = 0; i < 50; i++) {
            wide.put("t" + i, i, 10);
            assertThat(wide.bytes()).isLessThanOrEqualTo(320);
        }
        assertThat(wide.size()).isEqualTo(32);
    }

    @Test
    void whatIsTooLargeIsNotKeptAndPushesNothingOut() {
        map.put("small", 1, 10);
        map.put("large", 2, 11);
        assertThat(map.get("large")).isNull();
        assertThat(map.get("small")).isEqualTo(1);
        map.put("small", 3, 11);
        assertThat(map.get("small")).as("what it replaces is out of date").isNull();
        assertThat(map.bytes()).isZero();
    }

    @Test
    void aTextHasOneValue() {
        map.put("t", 1, 3);
        map.put("t", 2, 5);
        assertThat(map.get("t")).isEqualTo(2);
        assertThat(map.size()).isEqualTo(1);
        assertThat(map.bytes()).isEqualTo(5);
        map.clear();
        assertThat(map.get("t")).isNull();
        assertThat(map.size()).isZero();
        assertThat(map.bytes()).isZero();
    }

    @Test
    void threadsNeverSeeTheValueOfAnotherTextAndTheBoundsHold() throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(SEED + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    int key = random.nextInt(10);
                    Integer found = map.get(Integer.toString(key));
                    assertThat(found == null ? key : found).isEqualTo(key);
                    if (found == null || random.nextInt(8) == 0) {
                        map.put(Integer.toString(key), key, 1 + random.nextInt(10));
                    }
                    assertThat(map.size()).isLessThanOrEqualTo(4);
                }
            });
            thread.setUncaughtExceptionHandler((dead, failure) -> {
                synchronized (failures) {
                    failures.add(failure);
                }
            });
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).as("seed %s", SEED).isEmpty();
        assertThat(map.bytes()).isBetween(1L, 40L);
    }
}
