package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The bytes of a checkpoint file: header, sections, directory, footer; {@code docs/storage-format.md} has the tables.
 * Every {@value #BLOCK} bytes of a section have a CRC32C of their own, in the directory, so that a large section can be
 * verified in pieces.
 */
final class CheckpointFormat {
    static final int VERSION = 1;
    static final int HEADER = 64;
    static final int FOOTER = 32;
    static final int BLOCK = 1 << 20;

    /** Where sections start: every one fits a cache line, a large one also a page. */
    static final int SMALL_ALIGNMENT = 64;

    static final int LARGE_ALIGNMENT = 4096;
    static final int LARGE = 64 << 10;

    private static final long HEADER_MAGIC = 0x504B4353454C4556L; // "VELESCKP"
    private static final int FOOTER_MAGIC = 0x52494456; // "VDIR"

    private CheckpointFormat() {}

    /**
     * What the header says.
     *
     * @param startLsn the first journal record that the checkpoint does not hold
     */
    record Header(UUID database, long number, long startLsn) {}

    /** A section: where its bytes are, and the checksum of each block. */
    record Section(long offset, long length, int[] checksums) {}

    /** Where the directory is. */
    record Footer(long directoryOffset, int directoryLength, int directoryChecksum) {}

    static int blocks(long length) {
        return Math.toIntExact((length + BLOCK - 1) / BLOCK);
    }

    static byte[] encode(Header header) {
        BinaryWriter out = new BinaryWriter(HEADER);
        out.writeLong(HEADER_MAGIC).writeInt(VERSION).writeInt(HEADER);
        out.writeLong(header.database.getMostSignificantBits());
        out.writeLong(header.database.getLeastSignificantBits());
        out.writeLong(header.number).writeLong(header.startLsn).writeLong(0).writeInt(0);
        out.writeInt(JournalFormat.checksum(out.array(), 0, HEADER - 4));
        return out.toByteArray();
    }

    static Header decodeHeader(byte[] bytes, Path path) {
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, path.toString());
        if (bytes.length < HEADER || in.readLong() != HEADER_MAGIC) {
            throw StorageFailure.damaged(path, 0, "it does not start like a checkpoint");
        }
        int version = in.readInt();
        int length = in.readInt();
        Header header = new Header(new UUID(in.readLong(), in.readLong()), in.readLong(), in.readLong());
        in.skip(12);
        if (in.readInt() != JournalFormat.checksum(bytes, 0, HEADER - 4)) {
            throw StorageFailure.damaged(path, 0, "the checksum of its header does not hold");
        }
        if (version > VERSION) {
            throw StorageFailure.newer(path, version, VERSION);
        }
        if (version < 1 || length != HEADER || header.number < 1 || header.startLsn < 1) {
            throw StorageFailure.damaged(path, 8, "its header makes no sense");
        }
        return header;
    }

    static byte[] encode(Map<String, Section> directory) {
        BinaryWriter out = new BinaryWriter();
        out.writeVarInt(directory.size());
        directory.forEach((name, section) -> {
            out.writeString(name).writeLong(section.offset).writeLong(section.length);
            out.writeInts(section.checksums, 0, section.checksums.length);
        });
        return out.toByteArray();
    }

    static Map<String, Section> decodeDirectory(byte[] bytes, long directoryOffset, Path path) {
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, path + " (directory at " + directoryOffset + ")");
        Map<String, Section> directory = new LinkedHashMap<>();
        for (int sections = in.readCount(17); sections > 0; sections--) {
            String name = in.readString();
            long offset = in.readLong();
            long length = in.readLong();
            if (offset < HEADER || offset % SMALL_ALIGNMENT != 0 || length < 0 || length > directoryOffset - offset) {
                throw in.damaged("section '" + name + "' lies outside the file");
            }
            if (directory.put(name, new Section(offset, length, in.readInts(blocks(length)))) != null) {
                throw in.damaged("section '" + name + "' is there twice");
            }
        }
        in.expectEnd();
        return directory;
    }

    static byte[] encode(Footer footer) {
        BinaryWriter out = new BinaryWriter(FOOTER);
        out.writeLong(footer.directoryOffset).writeInt(footer.directoryLength).writeInt(footer.directoryChecksum);
        out.writeLong(0).writeInt(FOOTER_MAGIC);
        out.writeInt(JournalFormat.checksum(out.array(), 0, FOOTER - 4));
        return out.toByteArray();
    }

    static Footer decodeFooter(byte[] bytes, long fileSize, Path path) {
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, path.toString());
        Footer footer = new Footer(in.readLong(), in.readInt(), in.readInt());
        in.skip(8);
        int magic = in.readInt();
        if (magic != FOOTER_MAGIC || in.readInt() != JournalFormat.checksum(bytes, 0, FOOTER - 4)) {
            throw StorageFailure.damaged(path, fileSize - FOOTER, "the checksum of its footer does not hold");
        }
        if (footer.directoryOffset < HEADER
                || footer.directoryLength < 0
                || footer.directoryOffset != fileSize - FOOTER - footer.directoryLength) {
            throw StorageFailure.damaged(path, fileSize - FOOTER, "its directory lies outside the file");
        }
        return footer;
    }
}
