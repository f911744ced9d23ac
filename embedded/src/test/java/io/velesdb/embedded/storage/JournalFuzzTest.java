package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.JournalFormat.RecordHeader;
import io.velesdb.embedded.storage.JournalFormat.Salt;
import io.velesdb.embedded.storage.JournalFormat.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class JournalFuzzTest {
    private static final Path FOLDER = Path.of("/journal");
    private static final UUID DATABASE = new UUID(17, 4);

    /**
     * Segments of intact headers and records in any order, with any numbers in them, and of any bytes in between. The
     * reader says that they are damaged, or hands out records that are there, each number once and in order; and what was
     * recovered is found again by the next opening.
     */
    @FuzzTest
    void whatIsHandedOutIsThere(FuzzedDataProvider data) throws IOException {
        SimulatedFileSystem files = new SimulatedFileSystem();
        files.createDirectories(FOLDER);
        Set<String> written = new HashSet<>();
        long start = data.consumeLong(1, 6);
        for (int segments = data.consumeInt(0, 3); segments > 0; segments--) {
            segment(files, data, written);
        }
        List<String> first;
        try {
            first = recover(files, start);
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isIn(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION);
            return;
        }
        assertThat(written).containsAll(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i)).startsWith(start + i + " ");
        }
        assertThat(recover(files.afterKill(), start)).isEqualTo(first);
    }

    private static List<String> recover(SimulatedFileSystem files, long start) {
        List<String> records = new ArrayList<>();
        WriteAheadLog.recover(
                        files,
                        FOLDER,
                        DATABASE,
                        LogMode.FSYNC,
                        1 << 20,
                        start,
                        (lsn, payload) -> records.add(
                                lsn + " " + new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1)))
                .log()
                .close();
        return records;
    }

    private static void segment(SimulatedFileSystem files, FuzzedDataProvider data, Set<String> written) {
        long number = data.consumeLong(0, 5);
        SegmentHeader header = new SegmentHeader(
                data.consumeInt(0, 15) == 0 ? data.consumeLong() : number,
                data.consumeInt(0, 15) == 0 ? data.consumeLong() : data.consumeLong(1, 6),
                data.consumeInt(0, 7) == 0 ? data.consumeLong() : data.consumeLong(0, 3),
                data.consumeInt(0, 15) == 0 ? new UUID(1, 1) : DATABASE);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(JournalFormat.encode(header));
        Salt salt = new Salt(header.database(), header.number());
        for (int chunks = data.consumeInt(0, 6); chunks > 0; chunks--) {
            if (data.consumeInt(0, 3) == 0) {
                bytes.put(data.consumeBytes(200));
            } else {
                record(bytes, salt, data, written);
            }
        }
        byte[] content = new byte[bytes.position()];
        bytes.get(0, content);
        if (data.consumeInt(0, 7) == 0 && content.length > 0) {
            content[data.consumeInt(0, content.length - 1)] ^= (byte) data.consumeInt(0, 255);
        }
        files.overwrite(FOLDER.resolve(JournalFormat.fileName(number)), content);
    }

    private static void record(ByteBuffer bytes, Salt salt, FuzzedDataProvider data, Set<String> written) {
        long lsn = data.consumeInt(0, 15) == 0 ? data.consumeLong() : data.consumeLong(1, 8);
        long durable = data.consumeInt(0, 15) == 0 ? data.consumeLong() : data.consumeLong(0, 7);
        byte[] payload = data.consumeBytes(100);
        int length = data.consumeInt(0, 15) == 0 ? data.consumeInt() : payload.length;
        int checksum = JournalFormat.checksum(payload, 0, payload.length);
        JournalFormat.encode(new RecordHeader(length, lsn, durable, checksum), salt, bytes);
        bytes.put(payload);
        while ((bytes.position() & 7) != 0) {
            bytes.put((byte) 0);
        }
        written.add(lsn + " " + new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
