package io.velesdb.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void believesTheLauncherAboutEachOutput() {
        assertThat(Terminal.detect(Map.of("VELESDB_LAUNCHER", "1"), true)).isEqualTo(Terminal.NONE);
        assertThat(Terminal.detect(
                        Map.of("VELESDB_LAUNCHER", "1", "VELESDB_COLUMNS", "132", "VELESDB_STDERR_TTY", "1"), false))
                .isEqualTo(new Terminal(132, true, true));
        assertThat(Terminal.detect(Map.of("VELESDB_LAUNCHER", "1", "VELESDB_COLUMNS", "x"), false))
                .isEqualTo(new Terminal(80, false, true));
    }

    @Test
    void asksTheJvmWithoutTheLauncher() {
        assertThat(Terminal.detect(Map.of(), true)).isEqualTo(new Terminal(80, true, true));
        assertThat(Terminal.detect(Map.of(), false)).isEqualTo(Terminal.NONE);
    }

    @Test
    void usesNoColourWhereItIsNotWanted() {
        assertThat(Terminal.detect(Map.of("NO_COLOR", "1"), true).colour()).isFalse();
        assertThat(Terminal.detect(Map.of("TERM", "dumb"), true).colour()).isFalse();
    }
}
