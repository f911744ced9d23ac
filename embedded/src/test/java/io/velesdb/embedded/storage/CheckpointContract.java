package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the engine relies on when it saves itself and is loaded again, held by every kind of checkpoint. */
abstract class CheckpointContract {
    private static final int[] LENGTHS = {0, 1, 63, 64, 65, 4_096, 70_000, (1 << 20) + 1};

    /** A checkpoint with what {@code content} writes, opened for reading. */
    abstract CheckpointReader written(Consumer<CheckpointWriter> content) throws Exception;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void everySectionIsReadBackWholeInAnyOrder() throws Exception {
        CheckpointReader checkpoint = written(out -> {
            for (int length : LENGTHS) {
                // what lies behind the length is not part of the section
                out.section("c1/" + length, Arrays.copyOf(bytes(length), length + 9), length);
            }
        });
        for (int i = LENGTHS.length - 1; i >= 0; i--) {
            assertThat(checkpoint.has("c1/" + LENGTHS[i])).isTrue();
            assertThat(checkpoint.section("c1/" + LENGTHS[i])).isEqualTo(bytes(LENGTHS[i]));
            assertThat(checkpoint.section("c1/" + LENGTHS[i])).as("again").isEqualTo(bytes(LENGTHS[i]));
        }
    }

    @Test
    void theWriterKeepsNothingOfTheCallersArray() throws Exception {
        byte[] reused = bytes(100);
        CheckpointReader checkpoint = written(out -> {
            out.section("a", reused, 100);
            Arrays.fill(reused, (byte) 7);
            out.section("b", reused, 50);
        });
        assertThat(checkpoint.section("a")).isEqualTo(bytes(100));
        assertThat(checkpoint.section("b")).hasSize(50).containsOnly(7);
    }

    @Test
    void whatAReaderDoesToItsBytesReachesNobodyElse() throws Exception {
        CheckpointReader checkpoint = written(out -> out.section("a", bytes(64), 64));
        Arrays.fill(checkpoint.section("a"), (byte) 0);
        assertThat(checkpoint.section("a")).isEqualTo(bytes(64));
    }

    @Test
    void aSectionThatWasNotWrittenIsNotThere() throws Exception {
        CheckpointReader checkpoint = written(out -> out.section("a", bytes(8), 8));
        assertThat(checkpoint.has("A")).isFalse();
        assertThatThrownBy(() -> checkpoint.section("A")).isInstanceOfSatisfying(VelesException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE);
            assertThat(e.getMessage()).contains("A");
        });
    }
}
