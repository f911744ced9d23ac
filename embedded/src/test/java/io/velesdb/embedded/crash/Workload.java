package io.velesdb.embedded.crash;

import io.velesdb.CollectionSchema;
import io.velesdb.Point;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Draws the steps of a workload from a seed, each fitting the state that it will meet. */
final class Workload {
    private static final String[] NAMES = {"a", "b", "c"};
    private static final int MOST_ROWS = 4_000;

    private final SplittableRandom random;
    private final boolean large;

    /** @param large whether rows come by the hundred, so that collections get a graph */
    Workload(SplittableRandom random, boolean large) {
        this.random = random;
        this.large = large;
    }

    Step next(State state) {
        String name = NAMES[random.nextInt(NAMES.length)];
        State.Rows rows = state.collections().get(name);
        if (rows == null) {
            CollectionSchema schema = random.nextInt(3) > 0 || large
                    ? CollectionSchema.vector(1 + random.nextInt(9), Metric.EUCLIDEAN)
                    : CollectionSchema.metadata();
            return new Step.Create(name, schema, new UUID(random.nextLong(), random.nextLong()));
        }
        int what = random.nextInt(100);
        if (what < 60) {
            return upsert(name, rows);
        } else if (what < 75) {
            long[] ids = new long[1 + random.nextInt(large ? 200 : 8)];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = id(rows);
            }
            return new Step.Delete(name, ids);
        } else if (what < 85) {
            return new Step.Checkpoint();
        } else if (what < 92) {
            return new Step.Vacuum(name);
        } else if (what < 96) {
            return new Step.Flush();
        }
        return new Step.Drop(name);
    }

    private Step upsert(String name, State.Rows rows) {
        int most = !large ? 12 : rows.rows().size() < MOST_ROWS ? 900 : 2;
        List<Point> points = new ArrayList<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            Obj payload = payload();
            points.add(
                    State.isVectors(rows)
                            ? Point.of(id(rows), vector(rows.schema().dimension()), payload)
                            : Point.of(id(rows), payload));
        }
        return new Step.Upsert(name, points);
    }

    private long id(State.Rows rows) {
        long id = random.nextInt(large ? 3_000 : 60);
        return random.nextInt(10) == 0 ? -1 - id : id;
    }

    private float[] vector(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextDouble();
        }
        return vector;
    }

    private Obj payload() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> Obj.of("tag", random.nextInt(3), "text", "x".repeat(random.nextInt(large ? 60 : 6_000)));
            case 2 -> Obj.of("tag", random.nextInt(3), "number", random.nextDouble());
            default -> Obj.of("tag", random.nextInt(3));
        };
    }
}
