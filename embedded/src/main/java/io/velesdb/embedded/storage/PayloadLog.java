package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.StoreId;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one generation of a collection, one behind the other: length, CRC32C, bytes, padded to 8. A document
 * is verified whenever it is read.
 *
 * <p>{@link #reserve} writes zeros ahead of the documents, so that a full disk shows before the change is journaled and
 * not after. The zeros go when the file is closed.
 *
 * <p>One thread writes, any number read. A read costs a copy out of mapped memory and no system call, except where the
 * document crosses from one mapping to the next.
 */
public final class PayloadLog implements DocumentStore, Closeable {
    static final int VERSION = 1;
    static final int HEADER = 64;
    /** Documents up to so many bytes are read at once. */
    private static final int PIECE = 1 << 20;

    static final int RECORD_HEADER = 8;

    private static final long MAGIC = 0x434F4453454C4556L; // "VELESDOC"
    private static final int LEAST_AHEAD = 64 << 10;
    private static final int MOST_AHEAD = 1 << 20;

    private final Path path;
    private final DataFile file;
    private final MappedTail mapping;
    private long end;

    /** Zeros stand from {@code end} to here. */
    private long reserved;

    private volatile boolean dirty;

    private PayloadLog(Path path, DataFile file, long end) {
        this.path = path;
        this.file = file;
        this.mapping = new MappedTail(file);
        this.end = end;
        this.reserved = end;
    }

    /**
     * An empty log; whatever was under this path is gone. Durable after {@link #sync} and a sync of the folder.
     *
     * @throws VelesException VELES-011
     */
    public static PayloadLog create(FileSystem files, Path path, StoreId id) {
        try {
            DataFile file = files.open(path);
            PayloadLog log = new PayloadLog(path, file, HEADER);
            try {
                file.truncate(0);
                file.write(0, ByteBuffer.wrap(header(id)));
                log.mapping.cover(HEADER);
                log.dirty = true;
                return log;
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw StorageFailure.io("create the documents", path, e);
        }
    }

    /**
     * The log as it was with {@code length} bytes; what lies beyond is cut off.
     *
     * @throws VelesException VELES-006 when the file is shorter or not this log; VELES-011; VELES-036
     */
    public static PayloadLog open(FileSystem files, Path path, StoreId id, long length) {
        try {
            if (!files.exists(path)) {
                throw StorageFailure.damaged(path, 0, "it is missing");
            }
            DataFile file = files.open(path);
            PayloadLog log = null;
            try {
                check(file, path, id, length);
                if (file.size() > length) {
                    file.truncate(length);
                }
                PayloadLog opened = new PayloadLog(path, file, length);
                opened.mapping.cover(length);
                log = opened;
                return log;
            } finally {
                if (log == null) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw StorageFailure.io("open the documents", path, e);
        }
    }

    private static byte[] header(StoreId id) {
        BinaryWriter out = new BinaryWriter(HEADER);
        out.writeLong(MAGIC).writeInt(VERSION).writeInt(HEADER);
        out.writeInt(id.collection()).writeInt(id.generation());
        for (int i = out.length(); i < HEADER - 4; i++) {
            out.writeByte(0);
        }
        out.writeInt(JournalFormat.checksum(out.array(), 0, HEADER - 4));
        return out.toByteArray();
    }

    /** Verifies the header and that {@code length} bytes are there. */
    static void check(DataFile file, Path path, StoreId id, long length) throws IOException {
        long size = file.size();
        if (size < HEADER || size < length || length < HEADER) {
            throw StorageFailure.damaged(
                    path, size, "it is " + size + " bytes long where the checkpoint has " + length);
        }
        byte[] bytes = new byte[HEADER];
        file.read(0, ByteBuffer.wrap(bytes));
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, path.toString());
        if (in.readLong() != MAGIC) {
            throw StorageFailure.damaged(path, 0, "it does not start like a payload log");
        }
        int version = in.readInt();
        if (JournalFormat.checksum(bytes, 0, HEADER - 4)
                != ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER - 4)) {
            throw StorageFailure.damaged(path, 0, "the checksum of its header does not hold");
        }
        if (version > VERSION) {
            throw StorageFailure.newer(path, version, VERSION);
        }
        in.skip(4);
        StoreId found = new StoreId(in.readInt(), in.readInt());
        if (version < 1 || !found.equals(id)) {
            throw StorageFailure.damaged(path, 8, "its header belongs to " + found);
        }
    }

    static long span(long length) {
        return RECORD_HEADER + length + 7 & -8L;
    }

    @Override
    public void reserve(long bytes, int count) {
        long needed = end + bytes + count * (RECORD_HEADER + 7L);
        // the mapping may lag behind: an earlier call may have failed between writing zeros and mapping them
        if (needed <= reserved && mapping.size() >= reserved) {
            return;
        }
        long ahead = Math.clamp(end / 8, LEAST_AHEAD, MOST_AHEAD);
        long target = needed <= reserved ? reserved : Math.max(needed, reserved + ahead) + 4095 & -4096L;
        try {
            ByteBuffer zeros = ByteBuffer.allocate(Math.clamp(target - reserved, 1, MOST_AHEAD));
            while (reserved < target) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), target - reserved));
                int length = zeros.remaining();
                file.write(reserved, zeros);
                reserved += length;
            }
            mapping.cover(reserved);
        } catch (IOException e) {
            throw StorageFailure.io("reserve space for documents in", path, e);
        }
    }

    @Override
    public long append(byte[] bytes, int offset, int length) {
        reserve(length, 1);
        ByteBuffer record = ByteBuffer.allocate((int) span(length)).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(length)
                .putInt(checksum(bytes, offset, length))
                .put(bytes, offset, length)
                .rewind();
        long position = end;
        try {
            file.write(position, record);
        } catch (IOException e) {
            throw StorageFailure.io("write a document to", path, e);
        }
        end += record.capacity();
        dirty = true;
        return position;
    }

    /** Of length and bytes: with the length in it, zeros are no document. */
    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = begin(length);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static CRC32C begin(int length) {
        CRC32C crc = new CRC32C();
        for (int shift = 0; shift < 32; shift += 8) {
            crc.update(length >>> shift);
        }
        return crc;
    }

    /** Reads bytes of a log. */
    @FunctionalInterface
    interface Reader {
        void read(long position, byte[] into) throws IOException;
    }

    /**
     * Reads a document; null when its checksum does not hold. One that is long is verified piece by piece before there is room
     * for all of it: a damaged length must not ask for more than there may be.
     *
     * @param position of its bytes
     * @param length within the file
     */
    static byte @Nullable [] verified(Reader file, long position, int length, int checksum) throws IOException {
        if (length > PIECE) {
            CRC32C crc = begin(length);
            byte[] piece = new byte[PIECE];
            for (int at = 0; at < length; at += PIECE) {
                byte[] into = length - at < PIECE ? new byte[length - at] : piece;
                file.read(position + at, into);
                crc.update(into);
            }
            if ((int) crc.getValue() != checksum) {
                return null;
            }
        }
        byte[] bytes = new byte[length];
        file.read(position, bytes);
        return checksum(bytes, 0, length) == checksum ? bytes : null;
    }

    @Override
    public byte[] read(long position) {
        try {
            long available = mapping.size();
            if (position < HEADER || (position & 7) != 0 || position > available - RECORD_HEADER) {
                throw StorageFailure.damaged(path, position, "no document can start there");
            }
            int length = mapping.readInt(position);
            if (length < 0 || length > available - position - RECORD_HEADER) {
                throw StorageFailure.damaged(path, position, "a document of " + length + " bytes does not fit");
            }
            byte[] bytes = verified(mapping::read, position + RECORD_HEADER, length, mapping.readInt(position + 4));
            if (bytes == null) {
                throw StorageFailure.damaged(path, position, "the checksum of the document does not hold");
            }
            return bytes;
        } catch (IOException e) {
            throw StorageFailure.io("read a document from", path, e);
        } catch (InternalError e) {
            // How the JVM reports that the system could not fetch a mapped page.
            throw new VelesException(ErrorCode.IO, "cannot read a document from " + path + " at byte " + position, e);
        }
    }

    @Override
    public long length() {
        return end;
    }

    @Override
    public void sync() {
        if (!dirty) {
            return;
        }
        // First the flag, then the sync: what the writer appends meanwhile is for the next sync.
        dirty = false;
        try {
            file.sync();
        } catch (IOException e) {
            dirty = true;
            throw StorageFailure.io("sync the documents", path, e);
        }
    }

    /** Gives the reserved space back. Nobody may read or write any more. */
    @Override
    public void close() {
        try (file) {
            if (reserved > end) {
                file.truncate(end);
            }
        } catch (IOException e) {
            throw StorageFailure.io("close the documents", path, e);
        }
    }

    /** Closes the file of a log that nobody appends to any more. What was appended stays readable. */
    public void seal() {
        try {
            file.close();
        } catch (IOException e) {
            throw StorageFailure.io("close the documents", path, e);
        }
    }
}
