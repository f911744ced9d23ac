package io.velesdb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.cli.console.Terminal;
import io.velesdb.cli.quickstart.SampleDatabase;
import io.velesdb.embedder.MiniLmEmbedder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the language guide, in the order of the page, over the data that it names. */
class LanguageGuideTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```sql\\n(.*?)```\\n(?:```text\\n(.*?)```)?", Pattern.DOTALL);

    @Test
    void everyExampleRunsAndAnswers() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "velesql.md"));
        StringWriter out = new StringWriter();
        Host host = new Host(
                "the sample",
                LanguageGuideTest::sample,
                Configuration.DEFAULTS,
                MiniLmEmbedder::load,
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                Terminal.NONE,
                false);
        int examples = 0;
        try (Session session = new Session(host)) {
            Matcher example = EXAMPLE.matcher(page);
            while (example.find()) {
                examples++;
                out.getBuffer().setLength(0);
                Script.run(example.group(1), "", session);
                assertThat(out.toString()).as(example.group(1)).isNotBlank();
                if (example.group(2) != null) {
                    assertThat(out.toString()).as(example.group(1)).isEqualToNormalizingNewlines(example.group(2));
                }
            }
        }
        assertThat(examples).isGreaterThan(12);
    }

    private static Database sample(Configuration configuration) {
        Database database = Database.inMemory(configuration, System::currentTimeMillis);
        SampleDatabase.open(database, count -> {});
        return database;
    }
}
