package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.cli.console.Terminal;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to an answer, and again: one test, because loading takes seconds. */
class QuickstartCommandTest {
    @TempDir
    static Path folder;

    @Test
    void loadsTheSampleOnceAndAnswersByMeaning() {
        String path = folder.resolve("quickstart").toString();
        Cli first =
                Cli.run(new Terminal(80, true, false), "quickstart", "--path", path, "someone who", "loves gadgets");
        assertThat(first.status()).isZero();
        assertThat(first.err()).contains("Loading [").contains("100 %  10,000");
        assertThat(first.out())
                .contains("Loaded 10,000 WordNet entries")
                .contains("someone who loves gadgets")
                .contains("gadgeteer: a person who delights")
                .contains("verb.communication  trademark: ")
                .contains("nearest of 10,000 entries")
                .contains("only verbs: pos = verb (1,138 entries)")
                .doesNotContain("\033[");
        assertThat(first.out().lines()).allMatch(line -> line.length() <= 80 || line.contains(path));

        Cli again = Cli.run("quickstart", "--path", path);
        assertThat(again.status()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(again.out())
                .doesNotContain("Loaded")
                .doesNotContain("…")
                .contains("grief")
                .contains("adz")
                .contains("Dutch oven");

        assertThat(again.out())
                .contains("by meaning and by words at once (hybrid)")
                .contains("what kind of thing is it?")
                .contains(" → ")
                .contains("neighbours of neighbours in the graph")
                .contains(" – ");

        Obj json = Cli.object("quickstart", "--path", path, "-f", "json", "-k", "3", "a tool for cutting wood");
        Obj answer = (Obj) ((Arr) json.get("answers")).get(0);
        assertThat(lemmas(answer, "search").getFirst()).isEqualTo("adz");
        assertThat(lemmas(answer, "search")).hasSize(3);
        assertThat(hits(answer, "filtered_search").elements())
                .allMatch(hit -> "verb".equals(((Obj) ((Obj) hit).get("payload")).text("pos")));

        assertThat(hits(answer, "hybrid_search").elements())
                .hasSize(3)
                .anyMatch(hit -> !"meaning".equals(((Obj) hit).text("found_by")));
        Arr kinds = (Arr) ((Obj) answer.get("kinds")).get("entries");
        assertThat(kinds.size()).isGreaterThan(1);
        for (int i = 1; i < kinds.size(); i++) {
            Obj entry = Cli.object("data", "get", path, "wordnet", id(kinds, i - 1));
            assertThat(((Obj) entry.get("payload")).get("hypernym")).asString().contains(id(kinds, i));
        }
        for (Value hit : hits(answer, "neighbours")) {
            Arr way = (Arr) ((Obj) hit).get("way");
            assertThat(way.size()).isBetween(2, 3);
            assertThat(way.get(way.size() - 1)).isEqualTo(((Obj) ((Obj) hit).get("payload")).get("lemma"));
        }
        assertThat(hits(answer, "neighbours")).isNotEmpty();
        assertThat(Cli.object("graph", "count", path, "wordnet", "-f", "json"))
                .isEqualTo(Obj.of("nodes", 10_000, "edges", 867));

        String filter = "{\"condition\":{\"type\":\"eq\",\"field\":\"lexfile\",\"value\":\"noun.person\"}}";
        Cli own = Cli.run("quickstart", "--path", path, "a tool for cutting wood", "--filter", filter);
        assertThat(own.out()).contains("with your filter (922 entries)").contains("toolmaker");

        // Brute force over the sample itself finds the same best entry with the same score.
        Obj info = Cli.object("collection", "show", path, "wordnet", "-f", "json");
        assertThat(info.get("points")).hasToString("10000");
        Arr found = Cli.array("search", path, "wordnet", "--text", "a small boat", "-k", "5", "-f", "json");
        Arr exact = Cli.array(
                "search", path, "wordnet", "--text", "a small boat", "-k", "5", "--quality", "perfect", "-f", "json");
        assertThat(found.get(0)).isEqualTo(exact.get(0));
    }

    @Test
    void whatWasDeletedFromTheSampleIsThereAgain() {
        String path = folder.resolve("mended").toString();
        Cli.ok("quickstart", "--path", path, "a small boat");
        Obj edges = Cli.object("graph", "count", path, "wordnet", "-f", "json");
        Cli.ok("data", "delete", path, "wordnet", "17", "4711", "9999");
        for (String loads : new String[] {"Loaded 10,000", ""}) {
            String shown = Cli.ok("quickstart", "--path", path, "a small boat");
            assertThat(shown.contains("Loaded")).isEqualTo(!loads.isEmpty());
            assertThat(shown).contains(loads);
        }
        assertThat(Cli.object("graph", "count", path, "wordnet", "-f", "json")).isEqualTo(edges);
    }

    private static String id(Arr entries, int at) {
        return String.valueOf(((Obj) entries.get(at)).get("id"));
    }

    private static Arr hits(Obj answer, String search) {
        return (Arr) ((Obj) answer.get(search)).get("hits");
    }

    private static List<String> lemmas(Obj answer, String search) {
        return hits(answer, search).elements().stream()
                .map(hit -> ((Obj) ((Obj) hit).get("payload")).text("lemma"))
                .toList();
    }
}
