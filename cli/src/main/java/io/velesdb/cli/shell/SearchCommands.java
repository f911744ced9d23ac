package io.velesdb.cli.shell;

import io.velesdb.GuardRails;
import io.velesdb.StatementText;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches that are long to write as statements. */
final class SearchCommands {
    private static final String GROUP = "Search";

    private SearchCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        GROUP,
                        ".sparse-search",
                        "NAME INDEX JSON [K]",
                        "the best rows for {\"7\":0.5}; INDEX '' is the default",
                        3,
                        4,
                        SearchCommands::sparse),
                new Command(
                        GROUP,
                        ".hybrid-sparse",
                        "NAME DENSE SPARSE [K] [--strategy S] [--index I]",
                        "the best rows for [1,0] and {\"7\":0.5} together",
                        3,
                        8,
                        SearchCommands::hybrid),
                new Command(GROUP, ".guardrails", "", "the limits of single queries", 0, 0, (s, w) -> guardRails(s)));
    }

    private static void sparse(Session session, Words words) {
        session.show(
                "LET score = similarity() SELECT * FROM " + StatementText.name(words.get(1))
                        + " WHERE vector SPARSE_NEAR $sparse" + using(words.get(2)) + " LIMIT " + words.count(4, 10),
                Obj.of("sparse", Json.parse(words.get(3))));
    }

    private static void hybrid(Session session, Words words) {
        String strategy = words.option("--strategy");
        String index = words.option("--index");
        if (words.size() > 5) {
            throw Session.wrong("too many arguments: see .help .hybrid-sparse");
        }
        session.show(
                "LET score = similarity() SELECT * FROM " + StatementText.name(words.get(1))
                        + " WHERE vector NEAR $dense AND vector SPARSE_NEAR $sparse" + using(index)
                        + " LIMIT " + words.count(4, 10)
                        + " USING FUSION (strategy = '" + (strategy == null ? "rrf" : strategy.replace("'", "''"))
                        + "')",
                Obj.of("dense", Json.parse(words.get(2)), "sparse", Json.parse(words.get(3))));
    }

    private static String using(@Nullable String index) {
        return index == null || index.isEmpty() ? "" : " USING '" + index.replace("'", "''") + "'";
    }

    private static void guardRails(Session session) {
        GuardRails rails = session.database().guardRails();
        session.show(Arrays.stream(GuardRailName.values())
                .map(limit -> Obj.of("limit", limit.toString(), "value", limit.of(rails)))
                .toList());
    }
}
