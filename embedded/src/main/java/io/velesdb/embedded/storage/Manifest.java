package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The root of a database folder: what is live. It is replaced as a whole, in one rename, and that is the moment at which
 * a checkpoint becomes live.
 *
 * @param database identity of the database; every file repeats it or lies in a folder that belongs to it
 * @param checkpoint number of the live checkpoint, 0 when there is none yet
 * @param startLsn the first journal record that the checkpoint does not hold
 * @param unicodeVersion version of the Unicode tables that the derived text structures were built with, for example
 *     {@code "16.0"}
 * @param fileLengths how many bytes of the append-only files belong to the checkpoint, by path relative to the folder
 *     with {@code /} between the parts
 */
public record Manifest(
        UUID database, long checkpoint, long startLsn, String unicodeVersion, Map<String, Long> fileLengths) {
    /** The format version of the folder. */
    public static final int VERSION = 1;

    static final String NAME = "MANIFEST";
    static final String TEMPORARY = "MANIFEST.tmp";

    private static final long MAGIC = 0x4E414D53454C4556L; // "VELESMAN"
    private static final int MOST_BYTES = 64 << 20;

    public Manifest {
        fileLengths = Collections.unmodifiableMap(new TreeMap<>(fileLengths));
    }

    /** Magic, version, length of the body, body, CRC32C of all that. */
    private byte[] encode() {
        BinaryWriter body = new BinaryWriter();
        body.writeLong(database.getMostSignificantBits()).writeLong(database.getLeastSignificantBits());
        body.writeLong(checkpoint).writeLong(startLsn).writeString(unicodeVersion);
        body.writeVarInt(fileLengths.size());
        fileLengths.forEach((path, length) -> body.writeString(path).writeLong(length));
        BinaryWriter out = new BinaryWriter();
        out.writeLong(MAGIC).writeInt(VERSION).writeInt(body.length());
        out.writeBytes(body.array(), 0, body.length());
        out.writeInt(JournalFormat.checksum(out.array(), 0, out.length()));
        return out.toByteArray();
    }

    /** What a backup says of this manifest. */
    BackupList.Entry entry() {
        byte[] bytes = encode();
        int[] checksums = new int[BackupList.blocks(bytes.length)];
        for (int block = 0; block < checksums.length; block++) {
            int at = block * BackupList.BLOCK;
            checksums[block] = JournalFormat.checksum(bytes, at, Math.min(BackupList.BLOCK, bytes.length - at));
        }
        return new BackupList.Entry(NAME, bytes.length, checksums);
    }

    boolean isListedAs(BackupList.Entry listed) {
        BackupList.Entry own = entry();
        return own.length() == listed.length() && Arrays.equals(own.checksums(), listed.checksums());
    }

    private static Manifest decode(byte[] bytes, Path path) {
        BinaryReader in = new BinaryReader(bytes, ErrorCode.STORAGE, path.toString());
        if (bytes.length < 20 || in.readLong() != MAGIC) {
            throw StorageFailure.damaged(path, 0, "it does not start like a manifest");
        }
        int version = in.readInt();
        int length = in.readInt();
        // A newer format may be longer or shorter, so the version comes first; its checksum is ours to check all the
        // same.
        boolean whole = length == bytes.length - 20;
        if (!whole || checksumAt(bytes) != JournalFormat.checksum(bytes, 0, bytes.length - 4)) {
            throw StorageFailure.damaged(path, 0, "its checksum does not hold");
        }
        if (version > VERSION) {
            throw StorageFailure.newer(path, version, VERSION);
        }
        if (version < 1) {
            throw StorageFailure.damaged(path, 8, "it states format version " + version);
        }
        UUID database = new UUID(in.readLong(), in.readLong());
        long checkpoint = in.readLong();
        long startLsn = in.readLong();
        String unicode = in.readString();
        Map<String, Long> lengths = new TreeMap<>();
        for (int files = in.readCount(9); files > 0; files--) {
            lengths.put(in.readString(), in.readLong());
        }
        if (checkpoint < 0 || startLsn < 1 || lengths.values().stream().anyMatch(l -> l < 0)) {
            throw in.damaged("a number in it is negative");
        }
        in.skip(4);
        in.expectEnd();
        return new Manifest(database, checkpoint, startLsn, unicode, lengths);
    }

    private static int checksumAt(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 4);
    }

    /** @throws io.velesdb.VelesException VELES-006, VELES-036 */
    static Manifest read(FileSystem files, Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        try (DataFile file = files.openReadOnly(path)) {
            long size = file.size();
            if (size > MOST_BYTES) {
                throw StorageFailure.damaged(path, 0, "it is " + size + " bytes long");
            }
            byte[] bytes = new byte[(int) size];
            file.read(0, ByteBuffer.wrap(bytes));
            return decode(bytes, path);
        } catch (VelesException e) {
            throw StorageFailure.placed(path, 0, e);
        }
    }

    /** Makes this the manifest of a folder. When it fails, the old one and this one may both be found after a crash. */
    void write(FileSystem files, Path folder) throws IOException {
        Path temporary = folder.resolve(TEMPORARY);
        try (DataFile file = files.open(temporary)) {
            file.truncate(0);
            file.write(0, ByteBuffer.wrap(encode()));
            file.sync();
        }
        files.rename(temporary, folder.resolve(NAME));
        files.syncDirectory(folder);
    }
}
