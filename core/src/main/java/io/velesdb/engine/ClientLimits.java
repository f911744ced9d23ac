package io.velesdb.engine;

import io.velesdb.GuardRail;
import io.velesdb.GuardRails;
import io.velesdb.VelesException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rate limit and circuit breaker, by client and collection. A token bucket of one second's requests; a breaker that opens
 * after so many failures in a row, and after its time lets one call through to see.
 */
final class ClientLimits {
    /** The least recently seen clients beyond these are forgotten: ids come from outside and may be any number. */
    private static final int MOST_CLIENTS = 10_000;

    private final Map<Key, Client> clients = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Client> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private record Key(String client, String collection) {}

    private static final class Client {
        double tokens;
        long filledMillis;
        int failures;
        long openUntilMillis;

        Client(long now, double tokens) {
            filledMillis = now;
            this.tokens = tokens;
        }
    }

    /** @throws VelesException VELES-027 when the client has to wait */
    synchronized void enter(String client, String collection, long nowMillis, GuardRails rails) {
        Client state = clients.computeIfAbsent(
                new Key(client, collection), key -> new Client(nowMillis, rails.rateLimitQps()));
        if (state.failures >= rails.circuitFailureThreshold()) {
            if (nowMillis < state.openUntilMillis) {
                throw VelesException.guardRail(
                        GuardRail.CIRCUIT,
                        "the last " + state.failures + " calls of client '" + client + "' on collection '" + collection
                                + "' failed: try again in " + (state.openUntilMillis - nowMillis + 999) / 1000 + " s");
            }
            // one call goes through to see; the others wait for its outcome
            state.openUntilMillis = nowMillis + 1000L * rails.circuitRecoverySeconds();
        }
        double elapsed = Math.max(0, nowMillis - state.filledMillis);
        state.filledMillis = Math.max(state.filledMillis, nowMillis);
        state.tokens = Math.min(rails.rateLimitQps(), state.tokens + elapsed * rails.rateLimitQps() / 1000);
        if (state.tokens < 1) {
            throw VelesException.guardRail(
                    GuardRail.RATE,
                    "client '" + client + "' is over rate_limit_qps, which is " + rails.rateLimitQps()
                            + ", on collection '" + collection + "': send fewer requests or raise the limit");
        }
        state.tokens--;
    }

    /** Tells how a call ended that {@link #enter} let through. */
    synchronized void left(String client, String collection, boolean failed, long nowMillis, GuardRails rails) {
        Client state = clients.get(new Key(client, collection));
        if (state == null) {
            return;
        }
        if (!failed) {
            state.failures = 0;
        } else if (++state.failures >= rails.circuitFailureThreshold()) {
            state.openUntilMillis = nowMillis + 1000L * rails.circuitRecoverySeconds();
        }
    }
}
