package io.velesdb.search;

import io.velesdb.ErrorCode;
import io.velesdb.SearchRequest;
import io.velesdb.VelesException;
import io.velesdb.engine.Engine;
import io.velesdb.host.Cancellation;
import io.velesdb.host.Clock;
import org.jspecify.annotations.Nullable;

/** Ends a search at a moment of the host's clock, or when the caller's own signal says so. */
final class Deadline implements Cancellation {
    private final Clock clock;
    private final long limitMillis;
    private final long end;
    private final @Nullable Cancellation signal;

    private Deadline(Clock clock, long limitMillis, @Nullable Cancellation signal) {
        this.clock = clock;
        this.limitMillis = limitMillis;
        this.end = clock.millis() + limitMillis;
        this.signal = signal;
    }

    /** @throws VelesException VELES-027 for a timeout of 0, VELES-010 for a negative one */
    static Cancellation of(SearchRequest request, Engine engine) {
        Long asked = request.timeoutMillis();
        long limit = asked == null ? engine.limits().queryTimeoutMillis() : asked;
        if (limit < 0) {
            throw new VelesException(
                    ErrorCode.QUERY, "timeout_ms is " + limit + ": use 0 or more, or leave it out for the default");
        }
        if (asked == null && limit == 0) {
            Cancellation signal = request.cancellation();
            return signal == null ? NONE : signal;
        }
        Deadline deadline = new Deadline(engine.platform().clock(), limit, request.cancellation());
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
        return new VelesException(
                ErrorCode.GUARD_RAIL,
                "the search took longer than its timeout of " + limitMillis
                        + " ms: raise timeout_ms, lower the quality, or filter more");
    }
}
