package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.cli.console.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UsageTest {
    private static final List<CommandLine> ALL = all(VelesCommand.commandLine(Terminal.NONE), new ArrayList<>());

    private static List<CommandLine> all(CommandLine command, List<CommandLine> found) {
        found.add(command);
        command.getSubcommands().values().forEach(sub -> all(sub, found));
        return found;
    }

    @Test
    void everyCommandExplainsItself() {
        assertThat(ALL).hasSizeGreaterThan(20);
        for (CommandLine command : ALL) {
            String name = command.getCommandSpec().qualifiedName(" ");
            String[] path = name.split(" ");
            List<String> arguments = new ArrayList<>(List.of(path).subList(1, path.length));
            arguments.add("--help");
            Cli help = Cli.run(arguments.toArray(new String[0]));
            assertThat(help.status()).as(name).isZero();
            assertThat(help.out()).as(name).startsWith("Usage: " + name);
            assertThat(help.out().lines()).as(name).allMatch(line -> line.length() <= 80);
            command.getCommandSpec()
                    .args()
                    .forEach(argument -> assertThat(argument.description())
                            .as(name + " " + argument.paramLabel())
                            .isNotEmpty());
        }
    }

    @Test
    void everyCommandThatDoesSomethingTakesAFormat() {
        for (CommandLine command : ALL) {
            if (command.getSubcommands().isEmpty()) {
                assertThat(command.getCommandSpec().findOption("--format"))
                        .as(command.getCommandSpec().qualifiedName(" "))
                        .isNotNull();
            }
        }
    }

    @Test
    void wrongUsageIsExitStatusTwoWithAHint() {
        for (String[] wrong : new String[][] {
            {},
            {"nonsense"},
            {"info"},
            {"collection"},
            {"collection", "create", "p", "n"},
            {"collection", "create", "p", "n", "-d", "x"},
            {"info", "p", "--format", "xml"},
            {"search", "p", "n"},
            {"search", "p", "n", "--vector", "[1]", "--text", "x"},
            {"search", "p", "n", "--vector", "[1]", "--ef", "5", "--quality", "fast"},
            {"completions", "tcsh"}
        }) {
            Cli run = Cli.run(wrong);
            assertThat(run.status()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("[VELES-010] ");
        }
        assertThat(Cli.run("infos", "x").err()).contains("info");
    }

    @Test
    void aValueOfTheWrongTypeIsNamedWithWhatToUse() {
        assertThat(Cli.run("search", "p", "n", "--text", "x", "-k", "ten").err())
                .startsWith("[VELES-010] --limit is 'ten': use a whole number");
        assertThat(Cli.run("search", "p", "n", "--text", "x", "-k", "99999999999")
                        .err())
                .startsWith("[VELES-010] --limit is '99999999999': use a whole number up to 2147483647");
        assertThat(Cli.run("info", "p", "--format", "xml").err())
                .startsWith("[VELES-010] --format is 'xml': use table or json");
        assertThat(Cli.run("data", "export", "p", "n", "--include-vectors", "perhaps")
                        .err())
                .startsWith("[VELES-010] --include-vectors is 'perhaps': use true or false");
    }

    @Test
    void aMistypedOptionIsToldWithTheOneMeant() {
        assertThat(Cli.run("info", "p", "--fromat", "json").err())
                .startsWith("[VELES-010] there is no option '--fromat', did you mean --format?");
        assertThat(Cli.run("info", "p", "--elephants=3").err())
                .startsWith("[VELES-010] there is no option '--elephants'\n");
    }

    @Test
    void aGroupOfCommandsAloneShowsWhatThereIs() {
        assertThat(Cli.run().err()).contains("quickstart").contains("Start with:");
        assertThat(Cli.run("collection").err()).contains("create").contains("delete");
        assertThat(Cli.run("nonsense").err()).doesNotContain("Usage:");
    }

    @Test
    void aCommandThatLooksMakesNoDatabase(@TempDir Path folder) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (String command : List.of("info", "check")) {
            assertThat(Cli.run(command, empty.toString()).err()).contains("VELES-006");
        }
        assertThat(Cli.run("collection", "list", empty.toString()).err()).contains("VELES-006", "is empty");
        assertThat(empty).isEmptyDirectory();
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThat(Cli.run("info", file.toString()).err()).contains("VELES-006", "is a file");
    }

    @Test
    void jsonThatIsNoneIsNamedWithItsOption(@TempDir Path folder) {
        String path = folder.resolve("data").toString();
        Cli.ok("collection", "create", path, "boats", "--dimension", "2");
        assertThat(Cli.run("search", path, "boats", "--vector", "1,0").err())
                .contains("VELES-012", "--vector is '1,0'", "[0.5,1]");
        assertThat(Cli.run("search", path, "boats", "--vector", "[1,0]", "--filter", "pos = 'verb'")
                        .err())
                .contains("VELES-012", "--filter is 'pos = 'verb''", "\"type\":\"eq\"");
        assertThat(Cli.run("collection", "show", path, "boats", "--samples", "-1")
                        .err())
                .contains("VELES-010", "--samples is -1");
    }

    @Test
    void worksInANarrowWindow() {
        Terminal narrow = new Terminal(40, true, false);
        assertThat(Cli.run(narrow, "--help").status()).isZero();
        assertThat(Cli.run(narrow, "simd", "info").status()).isZero();
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(Cli.ok("-V")).matches("velesdb [0-9]+\\.[0-9]+\\.[0-9]+ \\(Java .*\\)\\R");
    }

    @Test
    void namesTheKernels() {
        assertThat(Cli.ok("simd", "info")).contains("float_kernels");
        assertThat(Cli.object("simd", "info", "-f", "json").text("code_kernels"))
                .isNotBlank();
    }

    @Test
    void helpHasColourOnATerminalOnly() {
        assertThat(Cli.run(new Terminal(80, true, true), "--help").out()).contains("\033[");
        assertThat(Cli.run("--help").out()).doesNotContain("\033[");
    }

    @Test
    void completionsNameTheCommands() {
        assertThat(Cli.ok("completions", "bash")).contains("quickstart").contains("stream-insert");
        assertThat(Cli.ok("completions", "zsh")).isEqualTo(Cli.ok("completions", "bash"));
        String fish = Cli.ok("completions", "fish");
        assertThat(fish).contains("-a 'stream-insert'").contains("-s b -l batch-size -x");
        assertThat(fish.lines())
                .allMatch(line ->
                        line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2 == 0);
        assertThat(Cli.object("completions", "fish", "-f", "json").text("script"))
                .isEqualTo(fish);
    }
}
