package io.velesdb;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf calls are made: what an observer is told and what guard-rails are counted by. See {@link Database#as}.
 *
 * @param principal who calls; null when nobody said
 * @param tenant for which tenant; null when nobody said
 * @param clientId what rate limits and circuit breakers are kept by; null for a caller that they do not act on
 */
public record Caller(
        @Nullable String principal,
        @Nullable String tenant,
        @Nullable String clientId) {
    /** Nobody in particular: the application itself. */
    public static final Caller NONE = new Caller(null, null, null);
}
