package io.velesdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotTableTest {
    private static SlotTable appended(long... ids) {
        SlotTable table = new SlotTable();
        for (long id : ids) {
            table.append(id, SlotTable.NO_DOCUMENT);
        }
        return table;
    }

    @Test
    void slotsStandInTheOrderOfTheirIdsUntilOneDoesNot() {
        assertThat(appended().ordered()).isZero();
        assertThat(appended(7).ordered()).isEqualTo(1);
        assertThat(appended(0, 1, 5).ordered()).isEqualTo(3);
        assertThat(appended(0, 5, 1, 9, 10).ordered()).isEqualTo(2);
        assertThat(appended(3, 3).ordered()).isEqualTo(1);
    }

    @Test
    void idsAreUnsigned() {
        assertThat(appended(1, Long.MAX_VALUE, Long.MIN_VALUE, -1).ordered()).isEqualTo(4);
        assertThat(appended(-1, 1).ordered()).isEqualTo(1);
    }

    @Test
    void aTableThatWasReadHasTheOrderOfOneThatWasWritten() {
        Random random = new Random(5);
        for (int run = 0; run < 50; run++) {
            long[] ids = random.longs(random.nextInt(6), -3, 4).toArray();
            assertThat(new SlotTable(ids, ids.clone(), ids.length).ordered())
                    .isEqualTo(appended(ids).ordered());
        }
    }
}
