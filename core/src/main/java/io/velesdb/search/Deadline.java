package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.GuardRail;
import io.velesdb.VelesException;
import io.velesdb.engine.Session;
import io.velesdb.host.Cancellation;
import io.velesdb.host.Clock;
import org.jspecify.annotations.Nullable;

/** Ends a call at a moment of the host's clock, or when the caller's own signal says so. */
public final class Deadline implements Cancellation {
    private final Clock clock;
    private final long limitMillis;
    private final long end;
    private final @Nullable Cancellation signal;

    private Deadline(Clock clock, long limitMillis, @Nullable Cancellation signal) {
        this.clock = clock;
        this.limitMillis = limitMillis;
        long now = clock.millis();
        // a limit that is never reached, however it was written
        this.end = limitMillis > Long.MAX_VALUE - Math.max(0, now) ? Long.MAX_VALUE : now + limitMillis;
        this.signal = signal;
    }

    /**
     * The end of a call that begins now.
     *
     * @param asked the call's own {@code timeout_ms}; null for that of the guard-rails. It wins over theirs, but for a
     *     caller with a client id it can only shorten it
     * @param signal asked as well; null for none
     * @throws VelesException VELES-027 for a timeout of 0, VELES-010 for a negative one
     */
    public static Cancellation of(@Nullable Long asked, @Nullable Cancellation signal, Session session) {
        long general = session.engine().settings().guardRails().timeoutMillis();
        if (asked != null && asked < 0) {
            throw new VelesException(
                    ErrorCode.QUERY, "timeout_ms is " + asked + ": use 0 or more, or leave it out for the default");
        }
        long limit = asked == null ? general : asked;
        if (asked != null && general > 0 && session.caller().clientId() != null) {
            limit = Math.min(asked, general);
        }
        if (asked == null && limit == 0) {
            return signal == null ? NONE : signal;
        }
        Deadline deadline = new Deadline(session.engine().platform().clock(), limit, signal);
        if (limit == 0) {
            throw deadline.expired();
        }
        return deadline;
    }

    @Override
    public void check() {
        if (signal != null) {
            signal.check();
        }
        if (clock.millis() > end) {
            throw expired();
        }
    }

    private VelesException expired() {
        return VelesException.guardRail(
                GuardRail.TIMEOUT,
                "the call took longer than its timeout of " + limitMillis
                        + " ms: raise timeout_ms, lower the quality, or filter more");
    }
}
