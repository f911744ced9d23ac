package io.velesdb.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrashTest {
    @Test
    void noSeedLosesAnAcknowledgedWrite() {
        int crashes = 0;
        for (long seed = 1; seed <= 40; seed++) {
            crashes += new Simulation(seed).run().crashes();
        }
        assertThat(crashes).isGreaterThan(200);
    }
}
