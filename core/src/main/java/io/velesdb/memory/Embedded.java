package io.velesdb.memory;

import org.jspecify.annotations.Nullable;

/**
 * A memory with its embedding.
 *
 * @param embedding null when it was stored without one
 */
public record Embedded<T>(T memory, float @Nullable [] embedding) {}
