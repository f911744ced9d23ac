package io.velesdb.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of the {@link Script} fails once in every way, and every moment of it is once the last. */
class ScriptTest {
    /** What happens after a call failed. */
    private enum Aftermath {
        /** The step is tried again on the open database; where that is refused, the database is opened again. */
        TRY_AGAIN,
        /** The process is killed. */
        KILL,
        /** The machine loses power. */
        POWER_LOSS
    }

    @Test
    void theScriptRunsWhenNothingFails() {
        ScriptRun run = new ScriptRun(new SimulatedFileSystem());
        run.finish();
        run.verify(run.files(), false);
        assertThat(run.files().syncs()).hasSizeGreaterThan(60);
        assertThat(run.files().calls()).isGreaterThan(400);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void aCallThatFailsOnceCostsNothingThatWasAcknowledged(Fault fault) {
        SimulatedFileSystem whole = whole().files();
        Set<Long> writes = whole.writes();
        for (long call = 1; call <= whole.calls(); call++) {
            if (fault != Fault.ERROR && !writes.contains(call)) {
                // other calls than writes fail in one way only
                continue;
            }
            for (Aftermath aftermath : Aftermath.values()) {
                failOnce(call, fault, aftermath);
            }
        }
    }

    private static void failOnce(long call, Fault fault, Aftermath aftermath) {
        ScriptRun run = new ScriptRun(new SimulatedFileSystem());
        try {
            run.files().fail(call, fault);
            if (!run.step()) {
                run.checkReads();
                goOn(run, call, aftermath);
                run.finish();
            }
            run.verify(run.files(), false);
        } catch (Throwable e) {
            throw failed(run, "call " + call + " fails, " + fault + ", then " + aftermath, e);
        }
    }

    private static void goOn(ScriptRun run, long seed, Aftermath aftermath) {
        switch (aftermath) {
            case TRY_AGAIN -> {
                if (!run.step()) {
                    run.checkReads();
                    run.close();
                    run.recover();
                }
            }
            case KILL -> {
                run.restart(run.files().afterKill());
                run.recover();
            }
            case POWER_LOSS -> {
                run.restart(run.files().afterPowerLoss(seed, new ArrayList<>()));
                run.recover();
            }
        }
    }

    @Tag("slow")
    @Test
    void aDiskThatIsFullFromAnyCallOnRefusesWritesAndTakesThemWhenThereIsRoomAgain() {
        int refused = 0;
        long calls = whole().files().calls();
        for (long call = 1; call <= calls; call++) {
            ScriptRun run = new ScriptRun(new SimulatedFileSystem());
            try {
                run.files().fullFrom(call);
                if (!run.step()) {
                    run.checkReads();
                    assertThat(run.step()).as("still full").isFalse();
                    run.checkReads();
                    run.verify(run.files().afterPowerLoss(call, new ArrayList<>()), false);
                    run.files().capacity(Long.MAX_VALUE);
                    run.finish();
                    refused++;
                }
                run.files().capacity(Long.MAX_VALUE);
                run.verify(run.files(), false);
            } catch (Throwable e) {
                throw failed(run, "the disk is full from call " + call + " on", e);
            }
        }
        assertThat(refused).isGreaterThan(300);
    }

    @Tag("slow")
    @Test
    void aCrashInAnyCallCostsNothingThatWasAcknowledged() {
        SimulatedFileSystem whole = whole().files();
        List<Long> syncs = whole.syncs();
        for (long call = 1; call <= whole.calls(); call++) {
            // around a sync boundary unsynced writes are lost, torn and reordered in many ways, elsewhere in a few
            boolean boundary = syncs.contains(call) || syncs.contains(call - 1);
            ScriptRun run = new ScriptRun(new SimulatedFileSystem());
            run.files().pullPlugAt(call);
            // power that goes while old files are deleted at the end fails nothing
            run.step();
            assertThat(run.files().isOff()).isTrue();
            for (long seed = 0; seed < (boundary ? 12 : 2); seed++) {
                try {
                    run.verify(run.files().afterPowerLoss(1_000 * call + seed, new ArrayList<>()), false);
                } catch (Throwable e) {
                    throw failed(run, "power is lost in call " + call + ", seed " + (1_000 * call + seed), e);
                }
            }
            try {
                run.verify(run.files().afterKill(), false);
            } catch (Throwable e) {
                throw failed(run, "the process ends in call " + call, e);
            }
        }
    }

    @Test
    void aFewOfAllThese() {
        long calls = whole().files().calls();
        for (long call = 1; call <= calls; call += 23) {
            Fault fault = Fault.values()[(int) (call % Fault.values().length)];
            failOnce(call, fault, Aftermath.values()[(int) (call % Aftermath.values().length)]);
        }
    }

    private static ScriptRun whole() {
        ScriptRun run = new ScriptRun(new SimulatedFileSystem());
        run.finish();
        return run;
    }

    private static AssertionError failed(ScriptRun run, String what, Throwable cause) {
        return new AssertionError(what + ", " + run.where() + ": " + cause.getMessage(), cause);
    }
}
