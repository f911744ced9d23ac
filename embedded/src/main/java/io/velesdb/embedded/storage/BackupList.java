package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a backup is made of: every file with its length and the checksum of each of its blocks. It tells a backup from a
 * database that was used since, and finds damage also where the files themselves cannot tell it from a crash: at the end
 * of the journal.
 *
 * @param database identity of the database
 * @param lsn the last change in the backup
 * @param timeMillis when it was made
 * @param entries all files but this one
 */
record BackupList(UUID database, long lsn, long timeMillis, List<Entry> entries) {
    static final String NAME = "BACKUP";

    /** Bytes that share a checksum. */
    static final int BLOCK = 1 << 20;

    private static final String TEMPORARY = "BACKUP.tmp";
    private static final int VERSION = 1;
    private static final long MAGIC = 0x504B4341424C4556L; // "VELBACKP"
    private static final int FRAME = 20;
    private static final int MOST_BYTES = 256 << 20;

    /** Names come from a file: none may lead out of the folder. */
    private static final Pattern ALLOWED = Pattern.compile("MANIFEST|checkpoint-[0-9]{7,18}|journal/[0-9]{7,18}\\.wal"
            + "|[1-9][0-9]{0,9}/(?:vectors-[0-9]{1,10}\\.f32|payload-[0-9]{1,10}\\.log)");

    /**
     * One file.
     *
     * @param path below the folder, with {@code /} between the parts
     * @param checksums CRC32C of each block of {@value #BLOCK} bytes
     */
    record Entry(String path, long length, int[] checksums) {}

    BackupList {
        entries = List.copyOf(entries);
    }

    long bytes() {
        return entries.stream().mapToLong(Entry::length).sum();
    }

    static int blocks(long length) {
        return Math.toIntExact((length + BLOCK - 1) / BLOCK);
    }

    static boolean isIn(FileSystem files, Path folder) throws IOException {
        return files.exists(folder.resolve(NAME));
    }

    /** @throws VelesException VELES-006 when there is none or it is damaged, VELES-036 */
    static BackupList read(FileSystem files, Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!files.exists(path)) {
            throw new VelesException(
                    ErrorCode.STORAGE,
                    folder + " is not a backup: there is no file " + NAME + " in it. A backup that was opened as a"
                            + " database is one, and a backup no more; name the folder of a backup");
        }
        try (DataFile file = files.openReadOnly(path)) {
            long size = file.size();
            if (size < FRAME || size > MOST_BYTES) {
                throw StorageFailure.damaged(path, 0, "it is " + size + " bytes long");
            }
            byte[] bytes = new byte[(int) size];
            file.read(0, ByteBuffer.wrap(bytes));
            return decode(bytes, path);
        } catch (VelesException e) {
            throw StorageFailure.placed(path, 0, e);
        }
    }

    private static BackupList decode(byte[] bytes, Path path) {
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, path.toString());
        if (in.readLong() != MAGIC) {
            throw StorageFailure.damaged(path, 0, "it does not start like the list of a backup");
        }
        int version = in.readInt();
        int stated = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 4);
        if (in.readInt() != bytes.length - FRAME
                || stated != JournalFormat.checksum(bytes, 0, bytes.length - Integer.BYTES)) {
            throw StorageFailure.damaged(path, 0, "its checksum does not hold");
        }
        if (version > VERSION) {
            throw StorageFailure.newer(path, version, VERSION);
        }
        UUID database = new UUID(in.readLong(), in.readLong());
        long lsn = in.readLong();
        long time = in.readLong();
        List<Entry> entries = new ArrayList<>();
        for (int files = in.readCount(2); files > 0; files--) {
            String name = in.readString();
            long length = in.readLong();
            int[] checksums = in.readInts(in.readCount(Integer.BYTES));
            if (!ALLOWED.matcher(name).matches() || length < 0 || checksums.length != (length + BLOCK - 1) / BLOCK) {
                throw in.damaged("the entry of '" + name + "'");
            }
            entries.add(new Entry(name, length, checksums));
        }
        in.skip(Integer.BYTES);
        in.expectEnd();
        return new BackupList(database, lsn, time, entries);
    }

    /** Magic, version, length of the body, body, CRC32C of all that. */
    private byte[] encode() {
        BinaryWriter body = new BinaryWriter();
        body.writeLong(database.getMostSignificantBits()).writeLong(database.getLeastSignificantBits());
        body.writeLong(lsn).writeLong(timeMillis).writeVarInt(entries.size());
        for (Entry entry : entries) {
            body.writeString(entry.path).writeLong(entry.length);
            body.writeVarInt(entry.checksums.length).writeInts(entry.checksums, 0, entry.checksums.length);
        }
        BinaryWriter out = new BinaryWriter();
        out.writeLong(MAGIC).writeInt(VERSION).writeInt(body.length());
        out.writeBytes(body.array(), 0, body.length());
        out.writeInt(JournalFormat.checksum(out.array(), 0, out.length()));
        return out.toByteArray();
    }

    /** Puts the list into a folder; it is durable when the folder was synced. */
    void write(FileSystem files, Path folder) throws IOException {
        Path temporary = folder.resolve(TEMPORARY);
        try (DataFile file = files.open(temporary)) {
            file.truncate(0);
            file.write(0, ByteBuffer.wrap(encode()));
            file.sync();
        }
        files.rename(temporary, folder.resolve(NAME));
    }
}
