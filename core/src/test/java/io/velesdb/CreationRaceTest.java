package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.vector.Metric;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A collection is created while others create or delete one of the same name. */
class CreationRaceTest {
    @Test
    void whoIsBeatenToANameIsToldThatItExists() throws InterruptedException {
        Database database = Database.inMemory();
        CyclicBarrier start = new CyclicBarrier(2);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger created = new AtomicInteger();
        int rounds = 300;
        Runnable creator = () -> {
            for (int round = 0; round < rounds; round++) {
                try {
                    start.await();
                    database.createVectorCollection("c" + round, 2, Metric.EUCLIDEAN);
                    created.incrementAndGet();
                } catch (Exception failure) {
                    failures.add(failure);
                }
            }
        };
        together(creator, creator);
        assertThat(created).hasValue(rounds);
        assertThat(failures)
                .hasSize(rounds)
                .allSatisfy(failure -> assertThat(codeOf(failure)).isEqualTo(ErrorCode.COLLECTION_EXISTS));
    }

    @Test
    void whoCreatesWhatIsDeletedAtOnceHasCreatedIt() throws InterruptedException {
        Deleter deleter = new Deleter();
        Database database = Database.inMemory(Configuration.DEFAULTS, () -> 0L, deleter);
        deleter.database = database;
        VectorCollection vectors = database.createVectorCollection("a", 2, Metric.EUCLIDEAN);
        assertThat(vectors.name()).isEqualTo("a");
        assertThat(database.getOrCreateCollection("b", CollectionSchema.graph()))
                .isInstanceOf(GraphCollection.class);
        assertThat(database.createMetadataCollection("c")).isNotNull();
        assertThat(database.createGraphCollection("d")).isNotNull();
        assertThat(database.collections()).isEmpty();
    }

    /** Deletes every collection before its creator has it. */
    private static final class Deleter implements Observer {
        private Database database = Database.inMemory();

        @Override
        public void collectionCreated(String name, CollectionKind kind) {
            database.deleteCollection(name);
        }
    }

    private static ErrorCode codeOf(Throwable failure) {
        return failure instanceof VelesException known ? known.code() : ErrorCode.INTERNAL;
    }

    private static void together(Runnable one, Runnable other) throws InterruptedException {
        Thread beside = new Thread(one);
        beside.start();
        other.run();
        beside.join();
    }
}
