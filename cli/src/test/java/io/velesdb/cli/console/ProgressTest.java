package io.velesdb.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter out = new StringWriter();
    private long now = -5_000_000_000L;

    private Progress progress(boolean shown, long total) {
        return new Progress(new PrintWriter(out), shown, "Loading", total, () -> now);
    }

    @Test
    void drawsAtMostTenTimesASecondAndAtTheEnd() {
        try (Progress progress = progress(true, 1_000)) {
            for (int i = 1; i <= 1_000; i++) {
                now += 1_000_000;
                progress.at(i, i);
            }
            assertThat(out.toString().chars().filter(c -> c == '\r').count()).isBetween(10L, 12L);
            assertThat(out.toString()).contains("100 %  1,000").contains("/s");
        }
    }

    @Test
    void leavesAnEmptyLineBehind() {
        try (Progress progress = progress(true, 10)) {
            progress.at(10, 10);
        }
        String[] redrawn = out.toString().split("\r");
        assertThat(redrawn[redrawn.length - 1]).isBlank();
        assertThat(out.toString()).endsWith("\r");
    }

    @Test
    void writesNothingWhereItIsNotSeen() {
        try (Progress progress = progress(false, 10)) {
            progress.at(10, 10);
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void countsWithoutABarWhenTheTotalIsUnknown() {
        try (Progress progress = progress(true, 0)) {
            progress.at(5, 5);
        }
        assertThat(out.toString()).contains("Loading 5").doesNotContain("%");
    }
}
