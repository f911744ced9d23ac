package io.velesdb.embedded.storage;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.DataFile;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.vector.VectorFileCheck;
import io.velesdb.host.StoreId;
import io.velesdb.journal.ChangeCodec;
import io.velesdb.journal.PrimarySections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies every checksum of a database folder without changing anything: manifest, checkpoint sections, journal records,
 * documents, blocks of vectors. Goes on after damage, so that the report is whole. The caller holds the lock.
 */
public final class FolderCheck {
    private static final Pattern STORE = Pattern.compile("([0-9]+)/(vectors|payload)-([0-9]+)\\.(?:f32|log)");

    private final FileSystem files;
    private final Path root;
    private final List<Damage> found = new ArrayList<>();
    private int filesRead;
    private long recordsRead;

    /**
     * One damaged place.
     *
     * @param offset -1 when it is not in one place
     * @param repairable true when it can be derived from what is intact
     */
    public record Damage(Path file, long offset, String what, boolean repairable) {}

    private FolderCheck(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    /**
     * Reads the folder whole.
     *
     * @throws VelesException VELES-011 when something cannot be read at all
     */
    public static FolderCheck run(DatabaseFolder folder) {
        FolderCheck check = run(folder.files(), folder.root(), folder.manifest());
        if (folder.isBackup()) {
            check.backup();
        }
        return check;
    }

    /** The same for a folder in which the manifest is not in its place yet. */
    static FolderCheck run(FileSystem files, Path root, @Nullable Manifest manifest) {
        FolderCheck check = new FolderCheck(files, root);
        try {
            check.filesRead++;
            if (manifest != null) {
                check.checkpoint(manifest);
                check.journal(manifest);
            }
        } catch (IOException e) {
            throw StorageFailure.io("check", root, e);
        }
        return check;
    }

    private void backup() {
        try {
            filesRead++;
            Backup.check(files, root, (file, offset, what) -> found.add(new Damage(file, offset, what, false)));
        } catch (IOException e) {
            throw StorageFailure.io("check", root, e);
        } catch (VelesException damage) {
            add(root, -1, damage, false);
        }
    }

    public List<Damage> found() {
        return found;
    }

    public int filesRead() {
        return filesRead;
    }

    public long recordsRead() {
        return recordsRead;
    }

    private void checkpoint(Manifest manifest) throws IOException {
        try (CheckpointFile checkpoint = DatabaseFolder.openCheckpoint(files, root, manifest)) {
            if (checkpoint == null) {
                return;
            }
            filesRead++;
            for (String section : checkpoint.names()) {
                VelesException damage = checkpoint.verify(section);
                if (damage != null) {
                    add(checkpoint.path(), checkpoint.offset(section), damage, !PrimarySections.isPrimary(section));
                }
            }
            for (Map.Entry<String, Long> file : manifest.fileLengths().entrySet()) {
                store(file.getKey(), file.getValue(), checkpoint);
            }
        } catch (VelesException damage) {
            add(root, -1, damage, false);
        }
    }

    private void store(String name, long length, CheckpointFile checkpoint) throws IOException {
        Path path = root.resolve(name);
        Matcher store = STORE.matcher(name);
        if (!store.matches()) {
            found.add(new Damage(path, -1, "the manifest names a file that is no store", false));
            return;
        }
        if (!files.exists(path)) {
            found.add(new Damage(path, -1, "it is missing", false));
            return;
        }
        filesRead++;
        try (DataFile file = files.openReadOnly(path)) {
            if (file.size() < length) {
                found.add(new Damage(
                        path, file.size(), "it ends here, the checkpoint has " + length + " bytes of it", false));
                return;
            }
            if (store.group(2).equals("vectors")) {
                String section = "c" + store.group(1) + "/vectors/checks";
                if (checkpoint.has(section) && checkpoint.verify(section) == null) {
                    VectorFileCheck.run(
                            file,
                            length,
                            checkpoint.section(section),
                            (offset, what) -> found.add(new Damage(path, offset, what, false)));
                }
            } else {
                StoreId id = new StoreId(Integer.parseInt(store.group(1)), Integer.parseInt(store.group(3)));
                PayloadLog.check(file, path, id, length);
                documents(file, path, length);
            }
        } catch (VelesException damage) {
            add(path, -1, damage, false);
        }
    }

    private void documents(DataFile file, Path path, long length) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(PayloadLog.RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = PayloadLog.HEADER; at < length; ) {
            if (length - at < PayloadLog.RECORD_HEADER) {
                found.add(new Damage(path, at, "half a document header", false));
                return;
            }
            file.read(at, header.clear());
            int bytes = header.getInt(0);
            if (bytes < 0 || bytes > length - at - PayloadLog.RECORD_HEADER) {
                found.add(new Damage(path, at, "a document of " + bytes + " bytes does not fit", false));
                return;
            }
            PayloadLog.Reader reader = (position, into) -> file.read(position, ByteBuffer.wrap(into));
            if (PayloadLog.verified(reader, at + PayloadLog.RECORD_HEADER, bytes, header.getInt(4)) == null) {
                found.add(new Damage(path, at, "the checksum of the document does not hold", false));
            }
            at += PayloadLog.span(bytes);
        }
    }

    private void journal(Manifest manifest) throws IOException {
        Path folder = root.resolve("journal");
        try {
            JournalReplay replay = JournalReplay.open(files, folder, manifest.database(), manifest.startLsn());
            filesRead += replay.segments().size();
            replay.run((lsn, payload) -> {
                recordsRead++;
                ChangeCodec.decode(lsn, payload);
            });
        } catch (VelesException damage) {
            add(folder, -1, damage, false);
        }
    }

    private void add(Path file, long offset, VelesException damage, boolean repairable) {
        if (damage.code() == ErrorCode.IO) {
            throw damage;
        }
        String message = damage.getMessage();
        String what = message == null ? damage.code().text() : message;
        DamagedPlace place = DamagedPlace.of(damage);
        found.add(
                place == null
                        ? new Damage(file, offset, what, repairable)
                        : new Damage(place.file(), place.offset(), what, repairable));
    }
}
