package io.velesdb.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of memories.
 *
 * @param memories in ascending unsigned id order
 * @param next the cursor for the next page; null at the end
 */
public record MemoryPage<T>(List<T> memories, @Nullable Long next) {}
