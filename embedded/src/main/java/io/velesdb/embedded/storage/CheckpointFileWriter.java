package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.file.SegmentSections;
import io.velesdb.embedded.storage.CheckpointFormat.Footer;
import io.velesdb.embedded.storage.CheckpointFormat.Header;
import io.velesdb.embedded.storage.CheckpointFormat.Section;
import io.velesdb.journal.CheckpointWriter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a checkpoint file. Nothing refers to it before it is finished and a manifest names it, so a crash in between
 * leaves only a file to delete. Checksums are those of the bytes that go to the file, whatever happens to the source
 * meanwhile. Not thread-safe.
 */
public final class CheckpointFileWriter implements CheckpointWriter, SegmentSections.Writer, Closeable {
    private final Path path;
    private final DataFile file;
    private final Map<String, Section> directory = new LinkedHashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    private long written;

    private CheckpointFileWriter(Path path, DataFile file) {
        this.path = path;
        this.file = file;
    }

    static CheckpointFileWriter create(FileSystem files, Path path, Header header) throws IOException {
        DataFile file = files.open(path);
        try {
            file.truncate(0);
            CheckpointFileWriter writer = new CheckpointFileWriter(path, file);
            writer.put(ByteBuffer.wrap(CheckpointFormat.encode(header)));
            return writer;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void section(String name, byte[] bytes, int length) {
        section(name, MemorySegment.ofArray(bytes), length);
    }

    @Override
    public void section(String name, MemorySegment bytes, long length) {
        if (directory.containsKey(name)) {
            throw new IllegalStateException("section '" + name + "' is written twice");
        }
        try {
            align(
                    length >= CheckpointFormat.LARGE
                            ? CheckpointFormat.LARGE_ALIGNMENT
                            : CheckpointFormat.SMALL_ALIGNMENT);
            long offset = written + buffer.position();
            int[] checksums = new int[CheckpointFormat.blocks(length)];
            for (int block = 0; block < checksums.length; block++) {
                long start = (long) block * CheckpointFormat.BLOCK;
                checksums[block] = putBlock(bytes, start, Math.min(CheckpointFormat.BLOCK, length - start));
            }
            directory.put(name, new Section(offset, length, checksums));
        } catch (IOException e) {
            throw StorageFailure.io("write the checkpoint", path, e);
        }
    }

    private int putBlock(MemorySegment bytes, long start, long length) throws IOException {
        CRC32C crc = new CRC32C();
        for (long done = 0; done < length; ) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int part = (int) Math.min(length - done, buffer.remaining());
            ByteBuffer copied = buffer.slice(buffer.position(), part);
            copied.put(bytes.asSlice(start + done, part).asByteBuffer());
            crc.update(copied.flip());
            buffer.position(buffer.position() + part);
            done += part;
        }
        return (int) crc.getValue();
    }

    private void align(int to) throws IOException {
        int pad = (int) (-(written + buffer.position()) & to - 1);
        put(ByteBuffer.allocate(pad));
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int part = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(buffer.position(), bytes, bytes.position(), part);
            buffer.position(buffer.position() + part);
            bytes.position(bytes.position() + part);
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        int bytes = buffer.remaining();
        file.write(written, buffer);
        buffer.clear();
        written += bytes;
    }

    /** Bytes written so far. */
    public long bytes() {
        return written + buffer.position();
    }

    /**
     * Writes the directory and makes the file durable.
     *
     * @throws io.velesdb.VelesException VELES-011
     */
    public void finish() {
        try {
            align(CheckpointFormat.SMALL_ALIGNMENT);
            long offset = written + buffer.position();
            byte[] encoded = CheckpointFormat.encode(directory);
            put(ByteBuffer.wrap(encoded));
            int checksum = JournalFormat.checksum(encoded, 0, encoded.length);
            put(ByteBuffer.wrap(CheckpointFormat.encode(new Footer(offset, encoded.length, checksum))));
            drain();
            file.sync();
        } catch (IOException e) {
            throw StorageFailure.io("write the checkpoint", path, e);
        }
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
