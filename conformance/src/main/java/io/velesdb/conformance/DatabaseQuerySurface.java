package io.velesdb.conformance;

import io.velesdb.Database;
import io.velesdb.Edge;
import io.velesdb.Limits;
import io.velesdb.Point;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.host.Clock;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The public Java API, on a database in memory. */
public final class DatabaseQuerySurface implements QuerySurface {
    private final Database database;

    private DatabaseQuerySurface(Database database) {
        this.database = database;
    }

    /**
     * A database in memory that holds a dataset.
     *
     * @param dataset in the form of section 26
     * @param clock the time of the statements
     */
    public static DatabaseQuerySurface holding(Obj dataset, Clock clock) {
        Database database = Database.inMemory(Limits.DEFAULTS, clock);
        for (Value collection : (Arr) Objects.requireNonNull(dataset.get("collections"))) {
            load(database, (Obj) collection);
        }
        return new DatabaseQuerySurface(database);
    }

    private static void load(Database database, Obj collection) {
        String name = Objects.requireNonNull(collection.text("name"));
        String kind = Objects.requireNonNull(collection.text("kind"));
        switch (kind) {
            case "vector" ->
                database.createVectorCollection(
                        name,
                        (int) ((Value.Int) Objects.requireNonNull(collection.get("dimension"))).value(),
                        Metric.parse(Objects.requireNonNullElse(collection.text("metric"), "cosine")));
            case "graph" -> database.createGraphCollection(name);
            case "metadata" -> database.createMetadataCollection(name);
            default -> throw new IllegalArgumentException("unknown kind of collection '" + kind + "'");
        }
        List<Point> points = new ArrayList<>();
        for (Value row : (Arr) Objects.requireNonNull(collection.get("rows"))) {
            Obj point = (Obj) row;
            points.add(new Point(
                    Ids.of(point.get("id")),
                    point.get("vector") instanceof Arr vector ? floats(vector) : null,
                    point.get("payload") instanceof Obj payload ? payload : null));
        }
        database.collection(name).upsert(points);
        if (collection.get("edges") instanceof Arr edges) {
            database.collection(name).addEdges(edges(edges));
        }
    }

    private static List<Edge> edges(Arr given) {
        List<Edge> edges = new ArrayList<>();
        for (Value value : given) {
            Obj edge = (Obj) value;
            edges.add(new Edge(
                    Ids.of(edge.get("id")),
                    Ids.of(edge.get("source")),
                    Ids.of(edge.get("target")),
                    Objects.requireNonNull(edge.text("label")),
                    edge.get("properties") instanceof Obj properties ? properties : null));
        }
        return edges;
    }

    private static float[] floats(Arr numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) ((Value.Num) numbers.get(i)).doubleValue();
        }
        return vector;
    }

    @Override
    public void check(String statement) {
        Database.checkStatement(statement);
    }

    @Override
    public Answer query(String statement, Obj parameters) {
        QueryResult result = database.query(statement, parameters);
        return new Answer(result.rows().stream().map(QueryRow::values).toList(), result.affected());
    }

    @Override
    public void close() {
        database.close();
    }
}
