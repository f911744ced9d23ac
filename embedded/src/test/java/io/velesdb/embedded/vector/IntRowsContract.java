package io.velesdb.embedded.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.embedded.storage.MemoryCheckpoint;
import io.velesdb.index.hnsw.IntRows;
import io.velesdb.journal.CheckpointReader;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph relies on for its links, held by every kind of rows. */
abstract class IntRowsContract {
    abstract IntRows create(int stride);

    abstract IntRows open(CheckpointReader in, String name, int stride);

    private static int[] row(int number, int stride) {
        int[] row = new int[stride];
        Arrays.setAll(row, i -> number * 1_000_003 + i);
        return row;
    }

    private static int[] read(IntRows rows, int row) {
        int[] into = new int[rows.stride()];
        rows.read(row, into);
        return into;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 32, 48, 257})
    void rowsAreReadBackAsTheyWereWritten(int stride) {
        IntRows rows = create(stride);
        assertThat(rows.stride()).isEqualTo(stride);
        int most = 20_000 / stride + 100;
        for (int row = 0; row < most; row++) {
            rows.ensure(row + 1);
            rows.write(row, row(row, stride));
        }
        rows.write(5, row(-5, stride));
        for (int row = 0; row < most; row++) {
            assertThat(read(rows, row)).as("row %d", row).isEqualTo(row(row == 5 ? -5 : row, stride));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 33})
    void newRoomIsFilledWithMinusOneAndNothingShrinks(int stride) {
        IntRows rows = create(stride);
        rows.ensure(3);
        assertThat(rows.rows()).isGreaterThanOrEqualTo(3);
        rows.write(1, row(1, stride));
        rows.ensure(5_000);
        int room = rows.rows();
        rows.ensure(2);
        assertThat(rows.rows()).isEqualTo(room);
        assertThat(read(rows, 1)).isEqualTo(row(1, stride));
        assertThat(read(rows, 0)).containsOnly(-1);
        assertThat(read(rows, 4_999)).containsOnly(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 33})
    void savedRowsOpenAsTheyWereAndGrow(int stride) {
        IntRows rows = create(stride);
        rows.ensure(900);
        for (int row = 0; row < 900; row++) {
            rows.write(row, row(row, stride));
        }
        MemoryCheckpoint checkpoint = new MemoryCheckpoint();
        rows.save(checkpoint, "links", 800);
        assertThat(checkpoint.section("links")).hasSize(800 * stride * Integer.BYTES);
        IntRows again = open(checkpoint, "links", stride);
        assertThat(again.rows()).isGreaterThanOrEqualTo(800);
        again.ensure(2_000);
        again.write(1_999, row(7, stride));
        for (int row = 0; row < 800; row++) {
            assertThat(read(again, row)).as("row %d", row).isEqualTo(row(row, stride));
        }
        assertThat(read(again, 1_999)).isEqualTo(row(7, stride));
        assertThat(read(rows, 700)).as("the rows that were saved are apart").isEqualTo(row(700, stride));
    }
}
