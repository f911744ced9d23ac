package io.velesdb.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NaturalLogarithmTest {
    @Test
    void isThatOfStrictMathBitForBit() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000_000; i++) {
            double x = switch (i % 4) {
                case 0 -> 1 + random.nextDouble();
                case 1 -> 1 + random.nextInt(1_000_000) / (random.nextInt(1000) + 0.5);
                case 2 -> 1 + random.nextDouble() * 0x1p-20;
                default -> Double.longBitsToDouble((1L + random.nextInt(2046)) << 52 | random.nextLong() >>> 12);
            };
            if (Double.doubleToRawLongBits(NaturalLogarithm.of(x)) != Double.doubleToRawLongBits(StrictMath.log(x))) {
                assertThat(NaturalLogarithm.of(x)).as("log " + x).isEqualTo(StrictMath.log(x));
            }
        }
        for (double x : new double[] {1, 2, 0.5, Math.E, Double.MIN_NORMAL, Double.MAX_VALUE, 4}) {
            assertThat(NaturalLogarithm.of(x)).isEqualTo(StrictMath.log(x));
        }
    }
}
