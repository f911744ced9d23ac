package io.velesdb.embedded.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.host.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What collections rely on for their documents, held by every store. */
abstract class DocumentStoreContract {
    /** An empty store. */
    abstract DocumentStore empty() throws Exception;

    private static byte[] document(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void everyDocumentIsReadBackFromThePositionThatAppendReturned() throws Exception {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        DocumentStore store = empty();
        List<byte[]> documents = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = document(random, i % 400 == 7 ? 300_000 : 1 + random.nextInt(200));
            if (i % 3 == 0) {
                store.reserve(bytes.length, 1);
            }
            documents.add(bytes);
            positions.add(store.append(bytes, 0, bytes.length));
        }
        assertThat(positions).doesNotHaveDuplicates().allMatch(position -> position >= 0);
        for (int i = documents.size() - 1; i >= 0; i--) {
            assertThat(store.read(positions.get(i)))
                    .as("seed %d, document %d", seed, i)
                    .isEqualTo(documents.get(i));
        }
    }

    @Test
    void positionsAreBelowTheLengthAndTheLengthOnlyGrows() throws Exception {
        DocumentStore store = empty();
        long before = store.length();
        for (int i = 1; i < 50; i++) {
            long position = store.append(new byte[i], 0, i);
            assertThat(store.length()).isGreaterThan(before);
            assertThat(position).isLessThan(store.length());
            before = store.length();
        }
        store.reserve(1 << 20, 100);
        assertThat(store.length()).as("reserving is not appending").isEqualTo(before);
    }

    @Test
    void aPartOfAnArrayIsADocumentAndIsCopied() throws Exception {
        DocumentStore store = empty();
        byte[] source = {9, 9, 1, 2, 3, 9};
        long position = store.append(source, 2, 3);
        source[2] = 42;
        assertThat(store.read(position)).containsExactly(1, 2, 3);
    }

    @Test
    void aReaderNeedsNoLockToReadWhatWasPublishedToIt() throws Exception {
        DocumentStore store = empty();
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            positions.add(store.append(new byte[] {(byte) i, 1}, 0, 2));
        }
        Throwable[] failure = {null};
        Thread reader = new Thread(() -> {
            try {
                for (int round = 0; round < 200; round++) {
                    for (int i = 0; i < 100; i++) {
                        assertThat(store.read(positions.get(i))).containsExactly(i, 1);
                    }
                }
            } catch (Throwable e) {
                failure[0] = e;
            }
        });
        reader.start();
        while (reader.isAlive()) {
            store.append(new byte[5_000], 0, 5_000);
            if (store.length() > 200 << 20) {
                break;
            }
        }
        reader.join();
        assertThat(failure[0]).isNull();
    }
}
