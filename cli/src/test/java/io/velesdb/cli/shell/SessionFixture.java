package io.velesdb.cli.shell;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.Point;
import io.velesdb.cli.console.Terminal;
import io.velesdb.value.Obj;
import io.velesdb.vector.Metric;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** A session over a small database in memory, and what it printed. */
final class SessionFixture implements AutoCloseable {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Session session;

    SessionFixture(boolean interactive) {
        session = new Session(host(interactive));
    }

    Host host(boolean interactive) {
        return new Host(
                "in memory",
                SessionFixture::database,
                Configuration.DEFAULTS,
                () -> {
                    throw new UnsupportedOperationException("no model here");
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Terminal.NONE,
                interactive);
    }

    static Database database(Configuration configuration) {
        Database database = Database.inMemory(configuration, () -> 0L);
        database.createVectorCollection("books", 2, Metric.COSINE)
                .upsert(List.of(
                        Point.of(1, new float[] {1, 0}, Obj.of("title", "Emma", "year", 1815)),
                        Point.of(2, new float[] {0, 1}, Obj.of("title", "Ulysses", "year", 1922)),
                        Point.of(3, new float[] {1, 1}, Obj.of("title", "A, \"B\"", "year", null))));
        List<Point> many = new ArrayList<>();
        for (int i = 1; i <= 5_000; i++) {
            many.add(Point.of(i, Obj.of("n", i)));
        }
        database.createMetadataCollection("many-rows").upsert(many);
        return database;
    }

    String run(String text) throws java.io.IOException {
        out.getBuffer().setLength(0);
        Script.run(text, "", session);
        return out.toString();
    }

    @Override
    public void close() {
        session.close();
    }
}
