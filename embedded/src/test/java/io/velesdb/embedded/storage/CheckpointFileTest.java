package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.CheckpointFormat.Header;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final Path FILE = Path.of("/checkpoint-0000001");
    private static final Header HEADER = new Header(new UUID(1, 2), 1, 17);

    private final SimulatedFileSystem files = new SimulatedFileSystem();

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static final int[] LENGTHS = {0, 1, 63, 64, 70_000, 1 << 20, (1 << 20) + 1, 3_500_000};

    private void writeSections() throws IOException {
        try (CheckpointFileWriter writer = CheckpointFileWriter.create(files, FILE, HEADER)) {
            for (int length : LENGTHS) {
                byte[] longer = Arrays.copyOf(random(length), length + 10);
                writer.section("heap/" + length, longer, length);
                MemorySegment segment = Arena.ofAuto().allocate(length + 10, 64);
                segment.copyFrom(MemorySegment.ofArray(longer));
                writer.section("native/" + length, segment, length);
            }
            writer.finish();
        }
    }

    @Test
    void sectionsAreReadAndMappedAsTheyWereWritten() throws IOException {
        writeSections();
        try (CheckpointFile checkpoint = CheckpointFile.open(files, FILE, true)) {
            assertThat(checkpoint.header()).isEqualTo(HEADER);
            assertThat(checkpoint.names()).hasSize(2 * LENGTHS.length);
            for (int length : LENGTHS) {
                for (String kind : new String[] {"heap/", "native/"}) {
                    String name = kind + length;
                    assertThat(checkpoint.has(name)).isTrue();
                    assertThat(checkpoint.length(name)).isEqualTo(length);
                    assertThat(checkpoint.section(name)).isEqualTo(random(length));
                    MemorySegment mapped = checkpoint.mapPrivate(name);
                    assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(random(length));
                    if (length > 0) {
                        assertThat(mapped.address() % 64).isZero();
                        mapped.set(ValueLayout.JAVA_BYTE, 0, (byte) ~random(length)[0]);
                        assertThat(checkpoint.section(name))
                                .as("a mapping is private")
                                .isEqualTo(random(length));
                    }
                }
            }
        }
    }

    @Test
    void aLargeSectionThatMakesAnswersIsVerifiedAtOnceAndOneForWalksBlockByBlock(@TempDir Path temporary)
            throws IOException {
        Path file = temporary.resolve("checkpoint-0000001");
        LocalFileSystem local = new LocalFileSystem();
        long length = (64L << 20) + 1;
        try (CheckpointFileWriter writer = CheckpointFileWriter.create(local, file, HEADER);
                Arena arena = Arena.ofConfined()) {
            writer.section("large", arena.allocate(length), length);
            writer.finish();
        }
        try (CheckpointFile checkpoint = CheckpointFile.open(local, file, true);
                DataFile bytes = local.open(file)) {
            assertThat(checkpoint.mapPrivate("large").byteSize()).isEqualTo(length);
            bytes.write(checkpoint.offset("large") + length - 1, ByteBuffer.wrap(new byte[] {1}));
            SegmentSections.Walked walked = checkpoint.mapForWalks("large");
            assertThat(walked.bytes().byteSize()).isEqualTo(length);
            walked.checks().require(walked.bytes(), 0, length - 1);
            assertThatThrownBy(() -> walked.checks().require(walked.bytes(), length - 1, length))
                    .hasMessageContaining("VELES-008")
                    .hasMessageContaining("'large'")
                    .hasMessageContaining("block 64")
                    .hasMessageContaining("repair");
            assertThat(walked.checks().pending()).isTrue();
            assertThatThrownBy(() -> checkpoint.mapPrivate("large"))
                    .hasMessageContaining("VELES-006")
                    .hasMessageContaining("'large'");
        }
    }

    @Test
    void aSectionThatIsNotThereIsNamed() throws IOException {
        writeSections();
        try (CheckpointFile checkpoint = CheckpointFile.open(files, FILE, false)) {
            assertThat(checkpoint.has("nothing")).isFalse();
            assertThat(checkpoint.length("nothing")).isEqualTo(-1);
            assertThatThrownBy(() -> checkpoint.section("nothing"))
                    .hasMessageContaining("VELES-006")
                    .hasMessageContaining("'nothing'");
        }
    }

    @Test
    void aSectionWrittenTwiceIsAMistake() throws IOException {
        try (CheckpointFileWriter writer = CheckpointFileWriter.create(files, FILE, HEADER)) {
            writer.section("a", new byte[1], 1);
            assertThatThrownBy(() -> writer.section("a", new byte[1], 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aMissingOrUnfinishedFileIsDamage() throws IOException {
        assertThatThrownBy(() -> CheckpointFile.open(files, FILE, true)).hasMessageContaining("VELES-006");
        writeSections();
        byte[] whole = files.content(FILE);
        for (int length : new int[] {0, 1, 63, 64, 95, 96, 4096, whole.length - 1}) {
            files.overwrite(FILE, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> CheckpointFile.open(files, FILE, true))
                    .as(length + " bytes")
                    .hasMessageContaining("VELES-006")
                    .hasMessageContaining(FILE.toString());
        }
    }

    @Test
    void damageInALargeSectionIsReportedWithItsBlock() throws IOException {
        writeSections();
        byte[] bytes = files.content(FILE);
        byte[] needle = Arrays.copyOfRange(random(3_500_000), 2_500_000, 2_500_032);
        int at = find(bytes, needle);
        bytes[at] ^= 1;
        files.overwrite(FILE, bytes);
        try (CheckpointFile checkpoint = CheckpointFile.open(files, FILE, true)) {
            assertThatThrownBy(() -> checkpoint.section("heap/3500000"))
                    .hasMessageContaining("VELES-006")
                    .hasMessageContaining("block 2");
            assertThatThrownBy(() -> checkpoint.mapPrivate("heap/3500000")).hasMessageContaining("block 2");
            assertThat(checkpoint.verify("heap/3500000")).isNotNull();
            assertThat(checkpoint.verify("native/3500000")).isNull();
            assertThat(checkpoint.section("native/3500000")).isEqualTo(random(3_500_000));
        }
    }

    private static int find(byte[] in, byte[] needle) {
        for (int at = 0; at < in.length; at++) {
            if (Arrays.equals(in, at, at + needle.length, needle, 0, needle.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        try (CheckpointFileWriter writer = CheckpointFileWriter.create(files, FILE, HEADER)) {
            writer.section("first", random(100), 100);
            writer.section("second", random(30), 30);
            writer.finish();
        }
        byte[] good = files.content(FILE);
        int padding = 0;
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = Arrays.copyOf(good, good.length);
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            files.overwrite(FILE, bad);
            try (CheckpointFile checkpoint = CheckpointFile.open(files, FILE, true)) {
                for (String name : checkpoint.names()) {
                    checkpoint.section(name);
                    checkpoint.mapPrivate(name);
                }
                assertThat(checkpoint.section("first")).isEqualTo(random(100));
                assertThat(checkpoint.section("second")).isEqualTo(random(30));
                padding++;
            } catch (VelesException e) {
                assertThat(e).hasMessageMatching("\\[VELES-0(06|36)] .*");
            }
        }
        assertThat(padding).as("bits between the sections, which mean nothing").isEqualTo(8 * (28 + 34));
    }

    @Test
    void aNewerFormatIsRefusedAsSuch() throws IOException {
        writeSections();
        byte[] bytes = files.content(FILE);
        bytes[8] = 2;
        int checksum = JournalFormat.checksum(bytes, 0, 60);
        for (int i = 0; i < 4; i++) {
            bytes[60 + i] = (byte) (checksum >>> 8 * i);
        }
        files.overwrite(FILE, bytes);
        assertThatThrownBy(() -> CheckpointFile.open(files, FILE, true)).hasMessageContaining("VELES-036");
    }
}
