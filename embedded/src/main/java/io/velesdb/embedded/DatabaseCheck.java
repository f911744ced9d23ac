package io.velesdb.embedded;

import io.velesdb.ErrorCode;
import io.velesdb.Observer;
import io.velesdb.VelesException;
import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.storage.DamagedPlace;
import io.velesdb.embedded.storage.DatabaseFolder;
import io.velesdb.embedded.storage.FolderCheck;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.host.Diagnostics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a database in two passes: the files by themselves, changing nothing; and when those are whole, the database that
 * they make, row by row.
 */
final class DatabaseCheck {
    private final FileSystem files;
    private final Path path;
    private final List<CheckReport.Finding> findings = new ArrayList<>();
    private int filesRead;
    private long recordsRead;
    private long rowsRead;
    private boolean backup;

    private DatabaseCheck(FileSystem files, Path path) {
        this.files = files;
        this.path = path;
    }

    static CheckReport run(FileSystem files, Path path) {
        DatabaseCheck check = new DatabaseCheck(files, path);
        check.refuseMissing();
        check.checksums();
        // a backup is not opened: it would be none any more
        if (!check.backup && check.findings.stream().allMatch(CheckReport.Finding::repairable)) {
            check.rows();
        }
        return new CheckReport(
                List.copyOf(check.findings), check.filesRead, check.recordsRead, check.rowsRead, check.backup);
    }

    private void refuseMissing() {
        try {
            if (!files.exists(path.resolve("MANIFEST"))) {
                throw new VelesException(
                        ErrorCode.STORAGE, path + " holds no database: there is no MANIFEST; name a database folder");
            }
        } catch (IOException e) {
            throw new VelesException(ErrorCode.IO, "cannot look into " + path + ": " + e.getMessage(), e);
        }
    }

    private void checksums() {
        try (DatabaseFolder folder = DatabaseFolder.open(files, path)) {
            FolderCheck check = FolderCheck.run(folder);
            for (FolderCheck.Damage damage : check.found()) {
                findings.add(
                        new CheckReport.Finding(damage.file(), damage.offset(), damage.what(), damage.repairable()));
            }
            filesRead = check.filesRead();
            recordsRead = check.recordsRead();
            backup = folder.isBackup();
        } catch (VelesException damage) {
            refuseUnlessDamage(damage);
            findings.add(finding(damage, false));
        }
    }

    /** A full disk or another opener says nothing about the files. */
    private static void refuseUnlessDamage(VelesException failure) {
        if (failure.code() != ErrorCode.STORAGE && failure.code() != ErrorCode.INDEX_CORRUPTED) {
            throw failure;
        }
    }

    /** Names file and offset where the failure does. */
    private CheckReport.Finding finding(VelesException damage, boolean repairable) {
        String what = String.valueOf(damage.getMessage());
        DamagedPlace place = DamagedPlace.of(damage);
        return place == null
                ? new CheckReport.Finding(path, -1, what, repairable)
                : new CheckReport.Finding(place.file(), place.offset(), what, repairable);
    }

    private void rows() {
        List<CheckReport.Finding> rebuilt = new ArrayList<>();
        Diagnostics diagnostics = (structure, damage) ->
                rebuilt.add(new CheckReport.Finding(path, -1, structure + ": " + damage.getMessage(), true));
        try {
            OpenDatabase open =
                    OpenDatabase.open(files, path, Options.INSPECTING, SystemClock.INSTANCE, diagnostics, false);
            open.leaveAsFound();
            try {
                for (CollectionSnapshot collection :
                        open.database(Observer.NONE).engine().snapshot().collections()) {
                    rows(collection);
                }
            } finally {
                open.close();
            }
        } catch (VelesException damage) {
            refuseUnlessDamage(damage);
            findings.add(finding(damage, false));
        }
        if (findings.isEmpty()) {
            // sections whose checksums hold and whose content does not fit
            findings.addAll(rebuilt);
        }
    }

    private void rows(CollectionSnapshot collection) {
        CollectionSnapshot.RowCursor cursor = collection.scan();
        while (cursor.next()) {
            try {
                if (collection.id(cursor.slot()) != cursor.id() || !collection.isLive(cursor.slot())) {
                    findings.add(new CheckReport.Finding(
                            path,
                            -1,
                            "collection '" + collection.name() + "' finds another row under id "
                                    + Long.toUnsignedString(cursor.id()),
                            false));
                }
                collection.vector(cursor.slot());
                collection.payload(cursor.slot());
                rowsRead++;
            } catch (VelesException damage) {
                refuseUnlessDamage(damage);
                findings.add(new CheckReport.Finding(
                        path,
                        -1,
                        "point " + Long.toUnsignedString(cursor.id()) + " of collection '" + collection.name() + "': "
                                + damage.getMessage(),
                        false));
            }
        }
    }
}
