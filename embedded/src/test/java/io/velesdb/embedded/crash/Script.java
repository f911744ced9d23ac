package io.velesdb.embedded.crash;

import io.velesdb.CollectionSchema;
import io.velesdb.Edge;
import io.velesdb.IndexDefinition;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The workload of which every call is made to fail and every moment to be the last: short, always the same, and with
 * everything in it that reaches the disk in its own way. An operation that is added to the engine gets a {@link Step} and
 * a line here.
 */
final class Script {
    private final SplittableRandom random = new SplittableRandom(17);
    private final List<Step> steps = new ArrayList<>();

    private Script() {}

    /** The steps, in order. Every one fits the state after those before it. */
    static List<Step> steps() {
        Script script = new Script();
        script.write();
        return List.copyOf(script.steps);
    }

    private void write() {
        create("rows", CollectionSchema.vector(3, Metric.EUCLIDEAN));
        upsert("rows", 0, 12);
        create("notes", CollectionSchema.metadata());
        upsert("notes", 0, 5);
        checkpoint();
        // on top of a checkpoint: replaced rows, new ones, deleted ones, a payload larger than the room held ahead
        upsert("rows", 6, 20);
        delete("rows", 1, 7, 19, 4_000);
        upsertLarge("notes", 3);
        createIndex("notes", IndexDefinition.secondary("tag"));
        createIndex("notes", IndexDefinition.trigram("text"));
        steps.add(new Step.Analyze("notes"));
        flush();
        reopen();
        // files that were cut to the checkpoint's length, and a journal of an earlier process behind them
        upsert("rows", 30, 33);
        vacuum("rows");
        upsert("rows", 0, 4);
        createIndex("rows", IndexDefinition.secondary("version"));
        steps.add(new Step.DropIndex("notes", IndexDefinition.secondary("tag")));
        checkpoint();
        drop("notes");
        create("notes", CollectionSchema.vector(2, Metric.COSINE));
        upsert("notes", 2, 6);
        delete("notes", 2);
        checkpoint();
        delete("rows", 30, 31, 32);
        vacuum("rows");
        drop("notes");
        reopen();
        create("bits", CollectionSchema.vector(70, Metric.HAMMING));
        upsert("bits", 0, 3);
        reopen();
        delete("bits", 0);
        upsert("rows", 100, 102);
        // edges, in a journal and in a checkpoint; what goes with a row; batches over collections, all or nothing
        relate("rows", 0, 1);
        batch(
                upsertOf("rows", 200, 203),
                new Step.Relate("rows", List.of(edge(200, 201), edge(201, 0))),
                new Step.Delete("bits", new long[] {1}),
                upsertOf("bits", 7, 9),
                new Step.Update("rows", "tag", 1, Obj.of("seen", true)));
        checkpoint();
        batch(
                new Step.Unrelate("rows", edge(200, 201).id()),
                new Step.Delete("rows", new long[] {0}),
                upsertOf("bits", 2, 4));
        upsertSparse("rows", 300, 302);
        steps.add(new Step.Update("rows", "tag", 2, Obj.of("seen", 2)));
        steps.add(new Step.Backup());
        upsertExpired("rows", 400, 403);
        steps.add(new Step.Sweep("rows"));
        steps.add(new Step.Link("rows"));
        steps.add(new Step.Reindex("rows", new HnswParameters(8, 100, 0)));
        steps.add(new Step.Truncate("bits"));
        reopen();
        upsert("bits", 1, 3);
    }

    private static Edge edge(long source, long target) {
        return Edge.of(source, target, "NEXT").withProperties(Obj.of("from", source));
    }

    private void relate(String name, long source, long target) {
        steps.add(new Step.Relate(name, List.of(edge(source, target))));
    }

    private void batch(Step.Part... parts) {
        steps.add(new Step.Batch(List.of(parts)));
    }

    private void upsertSparse(String name, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int id = from; id < to; id++) {
            points.add(point(name, id, Obj.of("tag", 2))
                    .withSparse(Map.of("", SparseVector.of(new int[] {1, id}, new float[] {0.5f, id}))));
        }
        steps.add(new Step.Upsert(name, points));
    }

    private void upsertExpired(String name, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int id = from; id < to; id++) {
            points.add(point(name, id, Obj.of("tag", 1, Step.EXPIRES, 1)));
        }
        steps.add(new Step.Upsert(name, points));
    }

    private void create(String name, CollectionSchema schema) {
        steps.add(new Step.Create(name, schema, new UUID(random.nextLong(), random.nextLong())));
    }

    private void drop(String name) {
        steps.add(new Step.Drop(name));
    }

    private void upsert(String name, int from, int to) {
        steps.add(upsertOf(name, from, to));
    }

    private Step.Upsert upsertOf(String name, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int id = from; id < to; id++) {
            // one row in five has no payload
            Obj payload = id % 5 == 4 ? null : Obj.of("tag", id % 3, "version", steps.size());
            points.add(point(name, id, payload));
        }
        return new Step.Upsert(name, points);
    }

    private void upsertLarge(String name, int id) {
        String text = "long ".repeat(40_000);
        steps.add(new Step.Upsert(name, List.of(point(name, id, Obj.of("tag", 0, "text", text)))));
    }

    private Point point(String name, int id, Obj payload) {
        int dimension = schema(name).dimension();
        if (dimension == 0) {
            return Point.of(id, payload == null ? Obj.of("tag", 1) : payload);
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = random.nextInt(-50, 50);
        }
        vector[0] = 1 + id;
        return payload == null ? Point.of(id, vector) : Point.of(id, vector, payload);
    }

    private CollectionSchema schema(String name) {
        CollectionSchema schema = null;
        for (Step step : steps) {
            if (step instanceof Step.Create create && create.name().equals(name)) {
                schema = create.schema();
            }
        }
        return schema;
    }

    private void delete(String name, long... ids) {
        steps.add(new Step.Delete(name, ids));
    }

    private void createIndex(String name, IndexDefinition index) {
        steps.add(new Step.CreateIndex(name, index));
    }

    private void vacuum(String name) {
        steps.add(new Step.Vacuum(name));
    }

    private void checkpoint() {
        steps.add(new Step.Checkpoint());
    }

    private void flush() {
        steps.add(new Step.Flush());
    }

    private void reopen() {
        steps.add(new Step.Reopen());
    }
}
