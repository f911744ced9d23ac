package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What recovery relies on, held by the journal on every file system and under every log mode: after a clean end, and after
 * the end of the process alone, everything that was appended is told again, in order, byte for byte.
 */
abstract class JournalContract {
    /** An empty journal whose segments are a few records long. */
    abstract WriteAheadLog create() throws Exception;

    /** The same journal, read from {@code startLsn} on, as a new process would. */
    abstract WriteAheadLog.Recovered reopen(long startLsn, WriteAheadLog.RecordSink sink) throws Exception;

    private static byte[] record(int number) {
        byte[] bytes = new byte[1 + number * 37 % 900];
        new SplittableRandom(number).nextBytes(bytes);
        return bytes;
    }

    private static void append(WriteAheadLog log, int number) {
        byte[] bytes = record(number);
        // what lies behind the length is not part of the record
        assertThat(log.append(Arrays.copyOf(bytes, bytes.length + 5), bytes.length))
                .isEqualTo(number);
        log.commit();
    }

    private WriteAheadLog.Recovered expectRecords(int from, int to) throws Exception {
        List<Long> told = new ArrayList<>();
        WriteAheadLog.Recovered recovered = reopen(from, (lsn, bytes) -> {
            told.add(lsn);
            assertThat(bytes).as("record %d", lsn).isEqualTo(record((int) lsn));
        });
        List<Long> expected = new ArrayList<>();
        for (long lsn = from; lsn <= to; lsn++) {
            expected.add(lsn);
        }
        assertThat(told).isEqualTo(expected);
        assertThat(recovered.log().lastLsn()).isEqualTo(to);
        return recovered;
    }

    @Test
    void anEmptyJournalTellsNothing() throws Exception {
        create().close();
        expectRecords(1, 0).log().close();
    }

    @Test
    void everythingIsToldAgainInOrderAndTheNextRecordFollows() throws Exception {
        WriteAheadLog log = create();
        for (int i = 1; i <= 60; i++) {
            append(log, i);
        }
        log.close();
        WriteAheadLog again = expectRecords(1, 60).log();
        append(again, 61);
        again.close();
        expectRecords(1, 61).log().close();
    }

    @Test
    void whatACheckpointHoldsIsNotToldAndMayBeDeleted() throws Exception {
        WriteAheadLog log = create();
        for (int i = 1; i <= 40; i++) {
            append(log, i);
        }
        long next = log.rotate();
        assertThat(next).isEqualTo(41);
        append(log, 41);
        log.deleteBelow(next);
        log.close();
        expectRecords(41, 41).log().close();
    }

    @Test
    void syncedIsDurableWhateverTheMode() throws Exception {
        WriteAheadLog log = create();
        append(log, 1);
        append(log, 2);
        log.sync();
        assertThat(log.durableLsn()).isEqualTo(2);
        log.close();
        expectRecords(1, 2).log().close();
    }
}
