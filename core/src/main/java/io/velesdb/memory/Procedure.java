package io.velesdb.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of procedural memory.
 *
 * @param id unsigned
 * @param steps what to do, in order
 * @param confidence how far it can be relied upon, 0 to 1
 * @param usageCount how often it was reinforced
 * @param createdAt when it was learned, in seconds since the Unix epoch
 * @param lastUsedAt when it was last reinforced, in seconds since the Unix epoch; null for never
 */
public record Procedure(
        long id,
        String name,
        List<String> steps,
        double confidence,
        long usageCount,
        long createdAt,
        @Nullable Long lastUsedAt) {}
