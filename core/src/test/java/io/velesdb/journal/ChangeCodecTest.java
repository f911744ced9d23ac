package io.velesdb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.AsyncIndexBuilder;
import io.velesdb.CollectionSchema;
import io.velesdb.CollectionStatistics;
import io.velesdb.DeferredIndexing;
import io.velesdb.ErrorCode;
import io.velesdb.FieldStatistics;
import io.velesdb.IndexBuilding;
import io.velesdb.IndexDefinition;
import io.velesdb.Quantization;
import io.velesdb.VelesException;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCodecTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aDecodedChangeEncodesToTheSameBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            Change change = change(random);
            byte[] bytes = encode(change);
            Change decoded = ChangeCodec.decode(change.lsn(), bytes);
            assertThat(decoded.timeMillis()).as("seed %d", seed).isEqualTo(change.timeMillis());
            assertThat(decoded.operations()).as("seed %d", seed).hasSameSizeAs(change.operations());
            assertThat(encode(decoded)).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void everyFieldOfAnUpsertComesBack() {
        Operation.Upsert upsert = new Operation.Upsert(
                3, new long[] {-1, 0}, new float[] {1, -0f, Float.MIN_VALUE, Float.MAX_VALUE}, new Payload[] {
                    null, Payload.of(Obj.of("a", 1.0))
                });
        Change decoded = ChangeCodec.decode(9, encode(new Change(9, 77, List.of(upsert))));

        Operation.Upsert found = (Operation.Upsert) decoded.operations().get(0);
        assertThat(found.collection()).isEqualTo(3);
        assertThat(found.ids()).containsExactly(-1, 0);
        assertThat(found.vectors()).containsExactly(1, -0f, Float.MIN_VALUE, Float.MAX_VALUE);
        assertThat(found.payloads()[0]).isNull();
        assertThat(found.payloads()[1].value()).isEqualTo(Obj.of("a", 1.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesAreRefusedOrStillAChange_neverAnotherException(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = encode(change(random));
            if (random.nextBoolean()) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ChangeCodec.decode(1, bytes);
            } catch (VelesException refused) {
                assertThat(refused.code()).as("seed %d", seed).isNotEqualTo(ErrorCode.INTERNAL);
            }
        }
    }

    private static byte[] encode(Change change) {
        BinaryWriter out = new BinaryWriter();
        ChangeCodec.encode(change, out);
        return out.toByteArray();
    }

    private static Change change(Random random) {
        List<Operation> operations = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            operations.add(operation(random));
        }
        return new Change(1 + random.nextInt(1_000), random.nextLong(), operations);
    }

    private static Operation operation(Random random) {
        int collection = 1 + random.nextInt(300);
        return switch (random.nextInt(13)) {
            case 0 ->
                new Operation.CreateCollection(
                        collection,
                        "vectors",
                        CollectionSchema.vector(1 + random.nextInt(2_000), Metric.values()[random.nextInt(5)])
                                .withHnsw(new HnswParameters(4 + random.nextInt(60), 100 + random.nextInt(400), 0))
                                .withQuantization(Quantization.DEFAULT.withOversampling(random.nextInt(9)))
                                .withBuilding(building(random)));
            case 1 -> new Operation.CreateCollection(collection, "notes", CollectionSchema.metadata());
            case 2 -> new Operation.DropCollection(collection);
            case 3 ->
                new Operation.Delete(
                        collection, random.longs(random.nextInt(20)).toArray());
            case 4 -> new Operation.Repair(collection, random.nextInt(100), 100 + random.nextInt(100));
            case 5 -> new Operation.Compact(collection);
            case 6 -> new Operation.CreateIndex(collection, IndexDefinition.range("Person", "payload.a.é"));
            case 7 -> new Operation.DropIndex(collection, IndexDefinition.trigram("a.b"));
            case 8 -> new Operation.Analyze(collection, statistics(random));
            case 9 -> new Operation.SetAutoReindex(collection, random.nextBoolean());
            case 11 ->
                new Operation.Reindex(
                        collection, new HnswParameters(4 + random.nextInt(60), 100 + random.nextInt(400), 3));
            case 10 -> new Operation.LinkVectors(collection, 1 + random.nextInt(Integer.MAX_VALUE));
            default -> upsert(collection, random);
        };
    }

    private static IndexBuilding building(Random random) {
        return new IndexBuilding(
                new DeferredIndexing(random.nextBoolean(), 1 + random.nextInt(9_999), random.nextLong(1L << 40)),
                switch (random.nextInt(3)) {
                    case 0 -> null;
                    case 1 -> new AsyncIndexBuilder(1 + random.nextInt(99_999), null);
                    default -> new AsyncIndexBuilder(1 + random.nextInt(99_999), 1 + random.nextInt(9));
                });
    }

    private static CollectionStatistics statistics(Random random) {
        FieldStatistics field = new FieldStatistics(
                random.nextInt(100),
                2,
                Value.of(-1.5),
                Value.of("z"),
                random.nextDouble(),
                List.of(new FieldStatistics.Bucket(Value.of(-1.5), Value.of("z"), random.nextInt(9), 2)));
        return new CollectionStatistics(random.nextInt(100), 3, 1_000, 4_096, random.nextLong(), Map.of("a.b", field));
    }

    private static Operation upsert(int collection, Random random) {
        int rows = random.nextInt(6);
        int dimension = random.nextInt(5);
        float[] vectors = dimension == 0 ? null : new float[rows * dimension];
        for (int i = 0; vectors != null && i < vectors.length; i++) {
            vectors[i] = random.nextFloat();
        }
        Payload[] payloads = new Payload[rows];
        for (int i = 0; i < rows; i++) {
            payloads[i] =
                    random.nextBoolean() ? null : Payload.of(Obj.of("n", random.nextInt(), "s", "x\u00e9\ud83d\ude00"));
        }
        return new Operation.Upsert(collection, random.longs(rows).toArray(), vectors, payloads);
    }
}
