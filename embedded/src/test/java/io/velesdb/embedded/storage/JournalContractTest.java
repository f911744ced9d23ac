package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.FileSystem;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The journal on real and on simulated files and under every log mode, held to the same contract. */
class JournalContractTest {
    private static final UUID DATABASE = new UUID(17, 4);
    private static final long SEGMENT_BYTES = 2_000;

    private abstract static class OnFiles extends JournalContract {
        private final LogMode mode;
        private FileSystem files;
        private Path folder;

        OnFiles(LogMode mode) {
            this.mode = mode;
        }

        void use(FileSystem system, Path journal) {
            files = system;
            folder = journal;
        }

        @Override
        WriteAheadLog create() {
            return WriteAheadLog.create(files, folder, DATABASE, mode, SEGMENT_BYTES);
        }

        @Override
        WriteAheadLog.Recovered reopen(long startLsn, WriteAheadLog.RecordSink sink) {
            return WriteAheadLog.recover(files, folder, DATABASE, mode, SEGMENT_BYTES, startLsn, sink);
        }
    }

    private abstract static class OnLocalFiles extends OnFiles {
        @TempDir
        Path parent;

        OnLocalFiles(LogMode mode) {
            super(mode);
        }

        @BeforeEach
        void makeFolder() throws IOException {
            use(new LocalFileSystem(), Files.createDirectory(parent.resolve("journal")));
        }
    }

    @Nested
    class SyncedAtEachCommit extends OnLocalFiles {
        SyncedAtEachCommit() {
            super(LogMode.FSYNC);
        }
    }

    @Nested
    class HandedToTheSystem extends OnLocalFiles {
        HandedToTheSystem() {
            super(LogMode.OS);
        }
    }

    @Nested
    class KeptBackUntilAsked extends OnLocalFiles {
        KeptBackUntilAsked() {
            super(LogMode.NONE);
        }
    }

    @Nested
    class OnSimulatedFiles extends OnFiles {
        OnSimulatedFiles() {
            super(LogMode.FSYNC);
        }

        @BeforeEach
        void makeFolder() throws IOException {
            SimulatedFileSystem files = new SimulatedFileSystem();
            files.createDirectories(Path.of("/journal"));
            files.syncDirectory(Path.of("/"));
            use(files, Path.of("/journal"));
        }
    }
}
