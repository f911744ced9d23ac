package io.velesdb.query.exec.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LongNumbersTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_125);

    @Test
    void everyKeyHasTheNumberOfItsFirstComingWhateverWasExpected() {
        Random random = new Random(SEED);
        for (int run = 0; run < 60; run++) {
            LongNumbers numbers = new LongNumbers();
            long least = run % 3 == 0 ? Long.MIN_VALUE : random.nextLong();
            int span = 1 << random.nextInt(1, 20);
            if (run % 2 == 0) {
                // a range that is too long for an array, one that is as said, and one that overflows
                numbers.expect(random.nextInt(5_000), least, run % 4 == 0 ? least + span : random.nextLong());
            }
            Map<Long, Integer> expected = new HashMap<>();
            for (int i = 0; i < 4_000; i++) {
                long key = random.nextInt(4) == 0 ? random.nextLong() : least + random.nextInt(2 * span);
                String where = "seed " + SEED + ", run " + run + ", key " + key;
                assertThat(numbers.find(key)).as(where).isEqualTo(expected.getOrDefault(key, -1));
                if (random.nextBoolean()) {
                    int number = expected.computeIfAbsent(key, k -> expected.size());
                    assertThat(numbers.findOrAdd(key, numbers.size())).as(where).isEqualTo(number);
                }
                assertThat(numbers.size()).as(where).isEqualTo(expected.size());
            }
        }
    }
}
