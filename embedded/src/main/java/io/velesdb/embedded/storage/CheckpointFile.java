package io.velesdb.embedded.storage;

import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.file.SectionChecks;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.embedded.storage.CheckpointFormat.Footer;
import io.velesdb.embedded.storage.CheckpointFormat.Header;
import io.velesdb.embedded.storage.CheckpointFormat.Section;
import io.velesdb.journal.CheckpointReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint file, open for reading. What it hands out was verified before; only of what {@link #mapForWalks} hands out,
 * sections above {@value #VERIFY_AT_ONCE} bytes are verified when they are used.
 *
 * <p>Thread-safe. Mapped sections outlive the object.
 */
public final class CheckpointFile implements CheckpointReader, SegmentSections.Reader, Closeable {
    /** A section up to this size is verified before it is handed out, whatever it is for. */
    public static final long VERIFY_AT_ONCE = 64 << 20;

    private final Path path;
    private final DataFile file;
    private final Header header;
    private final Map<String, Section> directory;
    private final long verifiedAtOnce;

    private CheckpointFile(
            Path path, DataFile file, Header header, Map<String, Section> directory, long verifiedAtOnce) {
        this.path = path;
        this.file = file;
        this.header = header;
        this.directory = directory;
        this.verifiedAtOnce = verifiedAtOnce;
    }

    /**
     * Reads and verifies header and directory.
     *
     * @param mappable whether sections will be mapped, for which the file must be open for writing too
     * @throws VelesException VELES-006, VELES-036
     */
    static CheckpointFile open(FileSystem files, Path path, boolean mappable) throws IOException {
        if (!files.exists(path)) {
            throw StorageFailure.damaged(path, 0, "it is missing");
        }
        DataFile file = mappable ? files.open(path) : files.openReadOnly(path);
        CheckpointFile checkpoint = null;
        try {
            checkpoint = read(path, file);
            return checkpoint;
        } finally {
            if (checkpoint == null) {
                file.close();
            }
        }
    }

    private static CheckpointFile read(Path path, DataFile file) throws IOException {
        long size = file.size();
        if (size < CheckpointFormat.HEADER + CheckpointFormat.FOOTER) {
            throw StorageFailure.damaged(path, 0, "it is only " + size + " bytes long");
        }
        Header header = CheckpointFormat.decodeHeader(bytes(file, 0, CheckpointFormat.HEADER), path);
        long footerOffset = size - CheckpointFormat.FOOTER;
        Footer footer = CheckpointFormat.decodeFooter(bytes(file, footerOffset, CheckpointFormat.FOOTER), size, path);
        byte[] encoded = bytes(file, footer.directoryOffset(), footer.directoryLength());
        if (JournalFormat.checksum(encoded, 0, encoded.length) != footer.directoryChecksum()) {
            throw StorageFailure.damaged(path, footer.directoryOffset(), "the checksum of its directory does not hold");
        }
        try {
            Map<String, Section> directory = CheckpointFormat.decodeDirectory(encoded, footer.directoryOffset(), path);
            return new CheckpointFile(path, file, header, directory, VERIFY_AT_ONCE);
        } catch (VelesException e) {
            throw StorageFailure.placed(path, footer.directoryOffset(), e);
        }
    }

    private static byte[] bytes(DataFile file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    Header header() {
        return header;
    }

    /** The names of the sections, in the order in which they were written. */
    public Set<String> names() {
        return directory.keySet();
    }

    Path path() {
        return path;
    }

    /** Where a section starts. */
    public long offset(String name) {
        return find(name).offset();
    }

    /** The length of a section in bytes, or -1 when there is none of that name. */
    public long length(String name) {
        Section section = directory.get(name);
        return section == null ? -1 : section.length();
    }

    @Override
    public boolean has(String name) {
        return directory.containsKey(name);
    }

    @Override
    public byte[] section(String name) {
        Section section = find(name);
        if (section.length() > Integer.MAX_VALUE - 8) {
            throw StorageFailure.damaged(
                    path, section.offset(), "section '" + name + "' of " + section.length() + " bytes is too long");
        }
        try {
            byte[] bytes = new byte[(int) section.length()];
            for (int block = 0; block < section.checksums().length; block++) {
                int start = block * CheckpointFormat.BLOCK;
                int length = Math.min(CheckpointFormat.BLOCK, bytes.length - start);
                file.read(section.offset() + start, ByteBuffer.wrap(bytes, start, length));
                if (JournalFormat.checksum(bytes, start, length) != section.checksums()[block]) {
                    throw damaged(name, section, block);
                }
            }
            return bytes;
        } catch (IOException e) {
            throw StorageFailure.io("read the checkpoint", path, e);
        }
    }

    @Override
    public MemorySegment mapPrivate(String name) {
        VelesException damage = verify(name);
        if (damage != null) {
            throw damage;
        }
        return map(find(name));
    }

    @Override
    public SegmentSections.Walked mapForWalks(String name) {
        Section section = find(name);
        if (section.length() <= verifiedAtOnce) {
            return new SegmentSections.Walked(mapPrivate(name), SectionChecks.NONE);
        }
        SectionChecks checks = new SectionChecks(
                CheckpointFormat.BLOCK,
                section.length(),
                section.checksums(),
                block -> StorageFailure.derived(damaged(name, section, block)));
        return new SegmentSections.Walked(map(section), checks);
    }

    /** Sections for walks that are longer than this are verified block by block as they are used. */
    public CheckpointFile verifyingAtOnce(long bytes) {
        return new CheckpointFile(path, file, header, directory, bytes);
    }

    private MemorySegment map(Section section) {
        try {
            return file.map(section.offset(), section.length(), true);
        } catch (IOException e) {
            throw StorageFailure.io("map the checkpoint", path, e);
        }
    }

    /**
     * Verifies a section without handing it out.
     *
     * @return what is wrong with it (VELES-006 with file and offset), null when nothing is
     * @throws VelesException VELES-011 when it cannot be read
     */
    public @Nullable VelesException verify(String name) {
        Section section = find(name);
        // Read, not mapped: large reads fetch what is not cached several times faster than page faults do.
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(section.length(), CheckpointFormat.BLOCK));
        try {
            for (int block = 0; block < section.checksums().length; block++) {
                long start = (long) block * CheckpointFormat.BLOCK;
                buffer.clear().limit((int) Math.min(CheckpointFormat.BLOCK, section.length() - start));
                file.read(section.offset() + start, buffer);
                CRC32C crc = new CRC32C();
                crc.update(buffer.flip());
                if ((int) crc.getValue() != section.checksums()[block]) {
                    return damaged(name, section, block);
                }
            }
            return null;
        } catch (IOException e) {
            throw StorageFailure.io("read the checkpoint", path, e);
        }
    }

    private Section find(String name) {
        Section section = directory.get(name);
        if (section == null) {
            throw StorageFailure.damaged(path, 0, "it has no section '" + name + "'");
        }
        return section;
    }

    private VelesException damaged(String name, Section section, int block) {
        return StorageFailure.damaged(
                path,
                section.offset() + (long) block * CheckpointFormat.BLOCK,
                "the checksum of section '" + name + "' does not hold in block " + block);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw StorageFailure.io("close the checkpoint", path, e);
        }
    }
}
