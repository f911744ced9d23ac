package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK is the oracle: on it both conversions are exact. */
final class DecimalTest {
    private static final long SEED = 20_261_123;

    @Test
    void doublesAreWrittenAsTheJdkWritesThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertWritten(value);
            assertWritten(Math.round(value % 1e6) / 1000.0);
            assertWritten(random.nextDouble());
        }
    }

    @Test
    void powersOfTwoAndTheirNeighboursAreWrittenAsTheJdkWritesThem() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            double power = Math.scalb(1.0, exponent);
            assertWritten(power);
            assertWritten(Math.nextUp(power));
            assertWritten(Math.nextDown(power));
        }
        for (int exponent = -149; exponent <= 127; exponent++) {
            float power = Math.scalb(1f, exponent);
            assertWritten(power);
            assertWritten(Math.nextUp(power));
            assertWritten(Math.nextDown(power));
        }
    }

    @Test
    void powersOfTenAndTheirNeighboursAreWrittenAsTheJdkWritesThem() {
        for (int exponent = -323; exponent <= 308; exponent++) {
            for (int digit = 1; digit < 10; digit++) {
                double value = Double.parseDouble(digit + "E" + exponent);
                assertWritten(value);
                assertWritten(Math.nextUp(value));
                assertWritten(Math.nextDown(value));
            }
        }
    }

    @Test
    void floatsAreWrittenAsTheJdkWritesThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 300_000; i++) {
            assertWritten(Float.intBitsToFloat(random.nextInt()));
            assertWritten(random.nextFloat());
        }
    }

    @Test
    void doublesReadBackFromTheirText() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertRead(Double.toString(value));
                if (i % 20 == 0) {
                    assertRead(new BigDecimal(value).toString());
                }
            }
        }
    }

    @Test
    void midpointsAndTheirNeighboursAreRoundedAsTheJdkRoundsThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 3_000; i++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong() >>> (i % 11 == 0 ? 12 : 1)));
            if (!Double.isFinite(value)) {
                continue;
            }
            BigDecimal middle = new BigDecimal(value)
                    .add(new BigDecimal(Math.nextUp(value) == Double.POSITIVE_INFINITY ? value : Math.nextUp(value)))
                    .divide(BigDecimal.TWO);
            String text = middle.toString();
            assertRead(text);
            assertRead(middle.toPlainString() + (middle.scale() > 0 ? "" : ".0") + "0".repeat(800) + "1");
            assertRead(middle.subtract(middle.ulp()).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0",
                "-0.0",
                "0e5",
                "-0.000e-400",
                "4.9E-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1e-400",
                "1e400",
                "-1e400",
                "1e999999999999",
                "1e-999999999999",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "2.2250738585072011e-308",
                "1e22",
                "1e23",
                "9007199254740993.0",
                "9007199254740992.5",
                "123456789012345678.0",
                "1234567890123456789.0",
                "8.41E21",
                "0.000000000000000000000000000000000000000000000000000000000000000000000000000001e77"
            })
    void hardNumbersAreReadAsTheJdkReadsThem(String text) {
        assertRead(text);
    }

    private static void assertRead(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        double read = DecimalReader.read(bytes, 0, bytes.length);
        if (Double.doubleToRawLongBits(read) != Double.doubleToRawLongBits(Double.parseDouble(text))) {
            assertThat(read).as("%s (seed %d)", text, SEED).isEqualTo(Double.parseDouble(text));
        }
    }

    private static void assertWritten(double value) {
        String text = DecimalWriter.write(value);
        if (!text.equals(Double.toString(value))) {
            assertThat(text).as("seed %d", SEED).isEqualTo(Double.toString(value));
        }
    }

    private static void assertWritten(float value) {
        String text = DecimalWriter.write(value);
        if (!text.equals(Float.toString(value))) {
            assertThat(text).as("seed %d", SEED).isEqualTo(Float.toString(value));
        }
    }
}
