package io.velesdb.cli.shell;

import io.velesdb.CollectionInfo;
import io.velesdb.value.Obj;
import java.util.ArrayList;
import java.util.List;

/** The settings of the session. */
final class SettingCommands {
    private static final String GROUP = "Session";

    private SettingCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(GROUP, "\\set", "NAME VALUE", "changes a setting", 2, 2, (s, w) -> {
                    s.settings().set(w.get(1), w.get(2));
                    s.applySettings();
                }),
                new Command(GROUP, "\\show", "[NAME]", "shows the settings", 0, 1, SettingCommands::show),
                new Command(GROUP, "\\reset", "[NAME]", "sets one or all back", 0, 1, SettingCommands::reset),
                new Command(
                        GROUP,
                        "\\use",
                        "[NAME]",
                        "the collection of MATCH and \\bench; none without a name",
                        0,
                        1,
                        SettingCommands::use),
                new Command(GROUP, "\\info", "", "what is open", 0, 0, (s, w) -> info(s)),
                new Command(
                        GROUP,
                        "\\bench",
                        "[N [K]]",
                        "as .bench, with the collection of \\use",
                        0,
                        2,
                        SettingCommands::bench));
    }

    private static void show(Session session, Words words) {
        Obj all = session.settings().toJson();
        String wanted = words.find(1);
        List<Obj> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (wanted == null || wanted.equalsIgnoreCase(all.name(i))) {
                rows.add(Obj.of("setting", all.name(i), "value", all.value(i)));
            }
        }
        if (rows.isEmpty()) {
            throw Session.wrong("there is no setting '" + wanted + "': use " + String.join(", ", Settings.NAMES));
        }
        session.show(rows);
    }

    private static void reset(Session session, Words words) {
        String wanted = words.find(1);
        for (String name : wanted == null ? Settings.NAMES : List.of(wanted)) {
            session.settings().reset(name);
        }
        session.applySettings();
    }

    private static void use(Session session, Words words) {
        String name = words.find(1);
        // a name that is not there is noticed now, not at the next statement
        session.settings()
                .set(
                        "collection",
                        name == null ? "none" : session.collection(name).name());
    }

    private static void info(Session session) {
        List<CollectionInfo> collections = session.database().collections();
        session.show(List.of(Obj.of(
                "path", session.host().place(),
                "collections", collections.size(),
                "rows", collections.stream().mapToLong(CollectionInfo::points).sum(),
                "changes", session.database().lsn())));
    }

    private static void bench(Session session, Words words) {
        String collection = session.settings().collection();
        if (collection == null) {
            throw Session.wrong("no collection is in use: \\use NAME first");
        }
        AnalysisCommands.bench(session, collection, words.count(1, 100), words.count(2, 10));
    }
}
