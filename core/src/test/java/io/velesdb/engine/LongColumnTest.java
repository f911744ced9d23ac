package io.velesdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongColumnTest {
    private static byte[] written(long... numbers) {
        BinaryWriter out = new BinaryWriter();
        LongColumn.write(out, numbers, numbers.length);
        return out.toByteArray();
    }

    private static BinaryReader reader(byte[] bytes) {
        return new BinaryReader(bytes, ErrorCode.STORAGE, "column");
    }

    @Test
    void numbersComeBackWhateverTheyAre() {
        Random random = new Random(3);
        for (long[] numbers : new long[][] {
            {},
            {0},
            {-1},
            {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 0, -1},
            random.longs(500).toArray(),
            random.longs(500, 0, 1_000).toArray()
        }) {
            BinaryReader in = reader(written(numbers));
            assertThat(LongColumn.read(in, numbers.length)).isEqualTo(numbers);
            in.expectEnd();
        }
    }

    @Test
    void numbersThatCountUpTakeAByteEachAndOthersNoMoreThanTheyAre() {
        long[] ascending = new long[10_000];
        Arrays.setAll(ascending, i -> 5_000_000_000L + i);
        assertThat(written(ascending)).hasSizeLessThan(10_020);
        long[] random = new Random(4).longs(1_000).toArray();
        assertThat(written(random)).hasSize(8_001);
    }

    @Test
    void aCountThatTheBytesCannotHoldIsRefusedBeforeItIsAllocated() {
        byte[] bytes = written(1, 2, 3);
        assertThatThrownBy(() -> LongColumn.read(reader(bytes), Integer.MAX_VALUE))
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("2147483647");
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> LongColumn.read(reader(cut), 3)).isInstanceOf(VelesException.class);
    }
}
