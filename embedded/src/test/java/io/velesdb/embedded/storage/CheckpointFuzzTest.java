package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.CheckpointFormat.Footer;
import io.velesdb.embedded.storage.CheckpointFormat.Header;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.UUID;

class CheckpointFuzzTest {
    private static final Path FILE = Path.of("/checkpoint-0000001");

    /**
     * A file whose header, directory and footer have checksums that hold, and say anything. The reader says that it is
     * damaged, or hands out sections as long as their directory says.
     */
    @FuzzTest
    void sectionsAreHandedOutWholeOrRefused(FuzzedDataProvider data) throws IOException {
        byte[] header = CheckpointFormat.encode(new Header(
                new UUID(1, 2),
                data.consumeInt(0, 7) == 0 ? data.consumeLong() : 1,
                data.consumeInt(0, 7) == 0 ? -1 : 1));
        boolean consistent = data.consumeInt(0, 3) > 0;
        int shift = consistent ? 0 : data.consumeInt();
        byte[] content = data.consumeBytes(300);
        byte[] directory = data.consumeRemainingAsBytes();
        byte[] footer = CheckpointFormat.encode(new Footer(
                header.length + content.length + (long) shift,
                directory.length + (consistent ? 0 : shift >> 3),
                JournalFormat.checksum(directory, 0, directory.length)));
        byte[] file = new byte[header.length + content.length + directory.length + footer.length];
        int at = 0;
        for (byte[] part : new byte[][] {header, content, directory, footer}) {
            System.arraycopy(part, 0, file, at, part.length);
            at += part.length;
        }
        SimulatedFileSystem files = new SimulatedFileSystem();
        files.overwrite(FILE, file);
        try (CheckpointFile checkpoint = CheckpointFile.open(files, FILE, true)) {
            for (String name : checkpoint.names()) {
                read(checkpoint, name);
            }
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isIn(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION);
            assertThat(DamagedPlace.of(refusal)).isNotNull();
            assertThat(DamagedPlace.of(refusal).offset()).isBetween(0L, (long) file.length);
        }
    }

    private static void read(CheckpointFile checkpoint, String name) {
        try {
            byte[] section = checkpoint.section(name);
            assertThat(section.length).isEqualTo((int) checkpoint.length(name));
            assertThat(checkpoint.verify(name)).isNull();
            assertThat(checkpoint.mapPrivate(name).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(section);
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.STORAGE);
            assertThat(checkpoint.verify(name)).isNotNull();
        }
    }
}
