package io.velesdb.cli.shell;

import io.velesdb.Collection;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.StatementText;
import io.velesdb.cli.transfer.CsvSink;
import io.velesdb.cli.transfer.JsonLinesSink;
import io.velesdb.cli.transfer.PointSink;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writing, and taking out. */
final class DataCommands {
    private static final String GROUP = "Data";
    private static final int BATCH = 1_000;

    private DataCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        GROUP,
                        ".upsert",
                        "NAME ID [VECTOR] [PAYLOAD]",
                        "writes a row: [1,0] and {\"a\":1}",
                        2,
                        4,
                        DataCommands::upsert),
                new Command(GROUP, ".delete", "NAME ID...", "deletes rows", 2, Command.ANY, DataCommands::delete),
                new Command(
                        GROUP,
                        ".export",
                        "NAME FILE",
                        "writes all rows to a new .jsonl or .csv file",
                        2,
                        2,
                        DataCommands::export),
                new Command(
                        GROUP,
                        ".flush",
                        "[full]",
                        "makes everything durable; full also writes a checkpoint",
                        0,
                        1,
                        DataCommands::flush));
    }

    private static void upsert(Session session, Words words) {
        float @Nullable [] vector = null;
        Obj payload = null;
        for (String json : words.from(3)) {
            switch (Json.parse(json)) {
                case Arr numbers -> vector = floats(numbers);
                case Obj members -> payload = members;
                default -> throw Session.wrong("'" + json + "' is neither a vector [1,0] nor a payload {\"a\":1}");
            }
        }
        session.collection(words.get(1)).upsert(new Point(Ids.parse(words.get(2)), vector, payload));
        session.say("1 row written");
    }

    static float[] floats(Arr numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Value.Num number)) {
                throw Session.wrong("a vector holds numbers, not " + Json.excerpt(numbers.get(i)));
            }
            vector[i] = (float) number.doubleValue();
        }
        return vector;
    }

    private static void delete(Session session, Words words) {
        long[] ids = words.from(2).stream().mapToLong(Ids::parse).toArray();
        long deleted = session.collection(words.get(1)).delete(ids);
        session.say(deleted + (deleted == 1 ? " row" : " rows") + " deleted");
    }

    private static void export(Session session, Words words) throws IOException {
        Collection collection = session.collection(words.get(1));
        Path file = Path.of(words.get(2));
        long rows = 0;
        // a file that is there may be anything: it is not overwritten
        try (BufferedWriter out = Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                PointSink sink = sink(file, out, collection)) {
            Long after = null;
            do {
                session.signal().check();
                Page page = collection.scroll(after, BATCH, null);
                for (Point point : page.points()) {
                    sink.write(point);
                    rows++;
                }
                after = page.next();
            } while (after != null);
        }
        session.say(rows + (rows == 1 ? " row" : " rows") + " written to " + file);
    }

    private static PointSink sink(Path file, BufferedWriter out, Collection collection) throws IOException {
        if (file.toString().endsWith(".csv")) {
            List<String> members =
                    List.copyOf(InspectCommands.members(collection).keySet());
            return new CsvSink(out, members, collection.schema().hasVectors());
        }
        return new JsonLinesSink(out, true);
    }

    private static void flush(Session session, Words words) {
        String full = words.find(1);
        if (full != null && !full.equalsIgnoreCase("full")) {
            session.show("FLUSH " + StatementText.name(full), Obj.EMPTY);
        } else {
            session.show(full == null ? "FLUSH" : "FLUSH FULL", Obj.EMPTY);
        }
    }
}
