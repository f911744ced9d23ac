package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.storage.CheckpointFormat.Header;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.journal.CheckpointWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of checkpoint, held to the same contract. */
class CheckpointContractTest {
    private static final Header HEADER = new Header(new UUID(1, 2), 1, 17);

    @Nested
    class InAFile extends CheckpointContract {
        @TempDir
        Path folder;

        private CheckpointFile open;

        @Override
        CheckpointReader written(Consumer<CheckpointWriter> content) throws IOException {
            LocalFileSystem files = new LocalFileSystem();
            Path file = folder.resolve("checkpoint-0000001");
            try (CheckpointFileWriter writer = CheckpointFileWriter.create(files, file, HEADER)) {
                content.accept(writer);
                writer.finish();
            }
            open = CheckpointFile.open(files, file, true);
            return open;
        }

        @AfterEach
        void close() {
            open.close();
        }
    }

    @Nested
    class OnSimulatedFiles extends CheckpointContract {
        @Override
        CheckpointReader written(Consumer<CheckpointWriter> content) throws IOException {
            SimulatedFileSystem files = new SimulatedFileSystem();
            Path file = Path.of("/checkpoint-0000001");
            try (CheckpointFileWriter writer = CheckpointFileWriter.create(files, file, HEADER)) {
                content.accept(writer);
                writer.finish();
            }
            return CheckpointFile.open(files, file, false);
        }
    }

    @Nested
    class InMemory extends CheckpointContract {
        @Override
        CheckpointReader written(Consumer<CheckpointWriter> content) {
            MemoryCheckpoint checkpoint = new MemoryCheckpoint();
            content.accept(checkpoint);
            return checkpoint;
        }
    }
}
