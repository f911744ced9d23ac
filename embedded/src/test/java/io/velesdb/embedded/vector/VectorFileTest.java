package io.velesdb.embedded.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VectorFileTest {
    private static final int DIMENSION = 3;
    private static final Path FILE = Path.of("/vectors-0.f32");

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    @Test
    void rowsThatCouldNotBeWrittenAreWrittenByTheNextFlush() throws IOException {
        for (Fault fault : Fault.values()) {
            DataFile data = files.open(FILE);
            data.truncate(0);
            VectorFile file = VectorFile.open(data, FILE.toString(), DIMENSION, 0);
            file.reserve(20);
            append(file, 0, 7);
            files.fail(files.calls() + 1, fault);
            assertThatThrownBy(file::flush)
                    .as(fault.name())
                    .hasMessageContaining("VELES-011")
                    .hasMessageContaining(FILE.toString())
                    .hasMessageContaining("check disk space and permissions");
            append(file, 7, 20);
            float[] row = new float[DIMENSION];
            for (int slot = 0; slot < 20; slot++) {
                VectorFile.read(file.mapping(), slot, row, 0, DIMENSION);
                assertThat(row).as(fault + ", slot " + slot).containsExactly(slot, slot + 0.5f, -slot);
            }
            file.close();
            assertThat(files.content(FILE)).hasSize(20 * 4 * DIMENSION);
        }
    }

    private static void append(VectorFile file, int from, int to) {
        for (int slot = from; slot < to; slot++) {
            file.append(new float[] {slot, slot + 0.5f, -slot}, 0);
        }
    }
}
