package io.velesdb.cli.shell;

import io.velesdb.Collection;
import io.velesdb.CollectionDiagnostics;
import io.velesdb.CollectionInfo;
import io.velesdb.CollectionSchema;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.StatementText;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What there is in a collection. */
final class InspectCommands {
    private static final String GROUP = "Look";
    private static final int PAGE = 10;

    /** Rows that are looked at to learn which members payloads have. */
    private static final int SAMPLED = 1_000;

    private InspectCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        GROUP,
                        ".schema",
                        "NAME",
                        "how it is kept, and the members seen",
                        1,
                        1,
                        InspectCommands::schema),
                new Command(
                        GROUP,
                        ".describe",
                        "NAME",
                        "kind, rows, dimension and metric",
                        1,
                        1,
                        (s, w) -> s.show("DESCRIBE " + StatementText.name(w.get(1)), Obj.EMPTY)),
                new Command(GROUP, ".stats", "[NAME]", "rows, replaced versions, bytes", 0, 1, InspectCommands::stats),
                new Command(GROUP, ".diagnostics", "NAME", "how well it is", 1, 1, InspectCommands::diagnose),
                new Command(
                        GROUP,
                        ".count",
                        "NAME",
                        "how many rows there are",
                        1,
                        1,
                        (s, w) -> s.show("SELECT COUNT(*) FROM " + StatementText.name(w.get(1)), Obj.EMPTY)),
                new Command(
                        GROUP,
                        ".sample",
                        "NAME [N]",
                        "the first rows",
                        1,
                        2,
                        (s, w) -> page(s, w.get(1), w.count(2, 5), 0)),
                new Command(
                        GROUP,
                        ".browse",
                        "NAME [PAGE]",
                        "rows by pages of " + PAGE,
                        1,
                        2,
                        (s, w) -> page(s, w.get(1), PAGE, PAGE * (long) (w.count(2, 1) - 1))),
                new Command(GROUP, ".scroll", "NAME [AFTER]", "rows behind an id", 1, 2, InspectCommands::scroll),
                new Command(
                        GROUP,
                        ".nodes",
                        "NAME [PAGE]",
                        "the nodes of a graph by pages of " + PAGE,
                        1,
                        2,
                        (s, w) -> page(s, w.get(1), PAGE, PAGE * (long) (w.count(2, 1) - 1))));
    }

    static void page(Session session, String name, long limit, long offset) {
        session.show("SELECT * FROM " + StatementText.name(name) + " LIMIT " + limit + " OFFSET " + offset, Obj.EMPTY);
    }

    private static void schema(Session session, Words words) {
        Collection collection = session.collection(words.get(1));
        CollectionSchema schema = collection.schema();
        List<Obj> rows = new ArrayList<>();
        rows.add(row("kind", schema.kind().canonicalName()));
        if (schema.metric() != null) {
            rows.add(row("dimension", schema.dimension()));
            rows.add(row("metric", schema.metric().canonicalName()));
            rows.add(row("storage", schema.storage().canonicalName()));
        }
        HnswParameters hnsw = schema.hnsw();
        if (hnsw != null) {
            rows.add(row("index", "hnsw, m " + hnsw.m() + ", ef_construction " + hnsw.efConstruction()));
        }
        members(collection).forEach((name, types) -> rows.add(row("." + name, String.join(" or ", types))));
        session.show(rows);
    }

    private static Obj row(String name, Object value) {
        return Obj.of("property", name, "value", value);
    }

    /** The top-level members of the first payloads with the types of their values, by name. */
    static Map<String, Set<String>> members(Collection collection) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Point point : collection.scroll(SAMPLED).points()) {
            Obj payload = point.payload();
            for (int i = 0; payload != null && i < payload.size(); i++) {
                found.computeIfAbsent(payload.name(i), name -> new TreeSet<>()).add(type(payload.value(i)));
            }
        }
        return found;
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.Null n -> "null";
            case Value.Bool b -> "boolean";
            case Value.Str s -> "string";
            case Value.Num n -> "number";
            case Obj o -> "object";
            default -> "array";
        };
    }

    private static void stats(Session session, Words words) {
        String name = words.find(1);
        List<CollectionInfo> all = name == null
                ? session.database().collections()
                : List.of(session.collection(name).info());
        session.show(all.stream().map(InspectCommands::figures).toList());
    }

    private static Obj figures(CollectionInfo info) {
        return Obj.of(
                "name", info.name(),
                "rows", info.points(),
                "dead", info.deadVersions(),
                "dimension", info.schema().dimension(),
                "raw_bytes", info.points() * info.schema().dimension() * Float.BYTES);
    }

    private static void diagnose(Session session, Words words) {
        CollectionDiagnostics found = session.database().diagnostics(words.get(1));
        session.show(List.of(
                row("rows", found.pointCount()),
                row("has vectors", found.hasVectors()),
                row("ready to search", found.searchReady()),
                row("index", found.indexHealth().canonicalName()),
                row("advice", found.indexHealthDetail() == null ? "none needed" : found.indexHealthDetail())));
    }

    private static void scroll(Session session, Words words) {
        String after = words.find(2);
        Page page = session.collection(words.get(1)).scroll(after == null ? null : Ids.parse(after), PAGE, null);
        session.show(page.points().stream().map(InspectCommands::row).toList());
        Long next = page.next();
        if (next != null) {
            session.say("more: .scroll " + words.get(1) + " " + Ids.format(next));
        }
    }

    private static Obj row(Point point) {
        Obj payload = point.payload() == null ? Obj.EMPTY : point.payload();
        return Obj.builder()
                .put("id", Ids.toValue(point.id()))
                .putAll(payload.without("id"))
                .build();
    }
}
