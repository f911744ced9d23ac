package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.cli.console.Terminal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The Java examples that a newcomer copies are compiled and run, in a JVM of their own, as they stand on the page. */
class ReadmeExampleTest {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theExampleOfTheReadmeFindsTheOldBook() throws IOException, InterruptedException {
        assertThat(run(block("README.md")))
                .startsWith("1 0.99")
                .contains("\"title\":\"Emma\"")
                .hasLineCount(1);
    }

    @Test
    void theExampleOfTheFirstStepsFindsTheNote() throws IOException, InterruptedException {
        assertThat(run(block("docs/getting-started.md"))).contains("the ferry leaves at nine");
    }

    @Test
    void everyCommandOfTheFirstStepsIsThere() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..").resolve("docs/getting-started.md"));
        List<String> commands =
                lines.stream().filter(line -> line.startsWith("./velesdb ")).toList();
        assertThat(commands).hasSizeGreaterThan(5);
        for (String line : commands) {
            CommandLine command = VelesCommand.commandLine(Terminal.NONE);
            for (String word : line.substring("./velesdb ".length()).split(" ")) {
                CommandLine next = command.getSubcommands().get(word);
                if (next == null) {
                    break;
                }
                command = next;
            }
            assertThat(command.getSubcommands()).as(line).isEmpty();
            assertThat(command.getParent()).as(line).isNotNull();
        }
    }

    @Test
    void theExampleOfQuantizationFindsItsRowInEveryMode() throws IOException, InterruptedException {
        assertThat(run(block("docs/quantization.md"))).isEqualToNormalizingNewlines("7\n7\n2000 rows, rabitq\n7\n");
    }

    @Test
    void theExampleOfIndexesFindsTheSameWithAndWithoutThem() throws IOException, InterruptedException {
        assertThat(run(block("docs/indexes.md")))
                .isEqualToNormalizingNewlines("true\nfalse\n1\n28\ntrue\n28\n700 distinct, 0 to 699\n");
    }

    @Test
    void theExampleOfMemoryPrintsWhatThePageSays() throws IOException, InterruptedException {
        assertThat(run(block("docs/memory.md"))).isEqualToNormalizingNewlines(printed("docs/memory.md"));
    }

    @Test
    void theExampleOfAccessPrintsWhatThePageSays() throws IOException, InterruptedException {
        assertThat(run(block("docs/access.md"))).isEqualToNormalizingNewlines(printed("docs/access.md"));
    }

    @Test
    void theExamplesOfBackupsFindWhatWasThereBefore() throws IOException, InterruptedException {
        assertThat(run(blocks("docs/backup.md")))
                .isEqualToNormalizingNewlines("up to change 2\n2 people\nwritten: {\"name\":\"Grace\"}\n1002 people\n");
    }

    @Test
    void theExampleOfSearchFindsTheBoats() throws IOException, InterruptedException {
        assertThat(run(blocks("docs/search.md"))).isEqualToNormalizingNewlines("""
            near    1
            near    2
            words   3
            words   1
            phrase  2
            sparse  1 1.2
            hybrid  3
            hybrid  2
            stem    1
            stem    3
            plain   2
            any     2
            """);
    }

    @Test
    void theExampleOfGraphsFindsTheWays() throws IOException, InterruptedException {
        assertThat(run(block("docs/graph.md"))).isEqualToNormalizingNewlines("""
            2 after 1
            3 after 2
            [1, 3]
            [1, 2, 3]
            Degree[in=2, out=0]
            4 nodes, 4 edges
            """);
    }

    /** All examples of a page, which go on from each other. */
    private static String blocks(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("..").resolve(page)))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
    }

    /** What a page says that its example prints. */
    private static String printed(String page) throws IOException {
        String text = Files.readString(Path.of("..").resolve(page));
        String before = "It prints\n\n```\n";
        int start = text.indexOf(before);
        assertThat(start).as(page).isPositive();
        return text.substring(start + before.length(), text.indexOf("```", start + before.length()));
    }

    private static String block(String page) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("..").resolve(page)));
        assertThat(block.find()).as(page).isTrue();
        return block.group(1);
    }

    private String run(String body) throws IOException, InterruptedException {
        assertThat(body).contains("\"my-data\"");
        Path source = folder.resolve("Example.java");
        Files.writeString(source, """
                import io.velesdb.*;
                import io.velesdb.Observer; // java.util has one as well
                import io.velesdb.embedded.*;
                import io.velesdb.embedded.storage.*;
                import io.velesdb.embedder.*;
                import io.velesdb.filter.*;
                import io.velesdb.memory.*;
                import io.velesdb.value.*;
                import io.velesdb.vector.*;
                import java.nio.file.*;
                import java.util.*;

                class Example {
                    public static void main(String[] arguments) {
                """ + body.replace("\"my-data\"", "\"" + folder.resolve("my-data") + "\"") + "}}\n");
        // As a user has it: everything on the class path, although these tests run as modules.
        String classPath = Stream.of("jdk.module.path", "java.class.path")
                .map(System::getProperty)
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        source.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        String out = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
        return out;
    }
}
