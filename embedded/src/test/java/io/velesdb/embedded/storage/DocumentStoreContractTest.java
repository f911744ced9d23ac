package io.velesdb.embedded.storage;

import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.engine.MemoryPlatform;
import io.velesdb.host.DocumentStore;
import io.velesdb.host.StoreId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every store of documents, held to the same contract. */
class DocumentStoreContractTest {
    private static final StoreId ID = new StoreId(3, 0);

    @Nested
    class InAFile extends DocumentStoreContract {
        @TempDir
        Path folder;

        private PayloadLog log;

        @Override
        DocumentStore empty() {
            log = PayloadLog.create(new LocalFileSystem(), folder.resolve("payload-0.log"), ID);
            return log;
        }

        @AfterEach
        void close() {
            log.close();
        }
    }

    @Nested
    class OnSimulatedFiles extends DocumentStoreContract {
        @Override
        DocumentStore empty() throws IOException {
            SimulatedFileSystem files = new SimulatedFileSystem();
            files.createDirectories(Path.of("/db/3"));
            return PayloadLog.create(files, Path.of("/db/3/payload-0.log"), ID);
        }
    }

    @Nested
    class InMemory extends DocumentStoreContract {
        @Override
        DocumentStore empty() {
            return new MemoryPlatform(() -> 0).createDocuments(ID);
        }
    }
}
