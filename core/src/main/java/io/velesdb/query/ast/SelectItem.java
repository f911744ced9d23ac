package io.velesdb.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of a select list. */
public sealed interface SelectItem extends Node {
    /** {@code *}, which stands alone. */
    record All(Position position) implements SelectItem {}

    /** {@code source.*}. */
    record AllOf(Position position, Name source) implements SelectItem {}

    /** {@code path [AS alias]}. */
    record Column(Position position, Path path, @Nullable Name alias) implements SelectItem {}

    /** {@code similarity() [AS alias]}. */
    record Score(Position position, @Nullable Name alias) implements SelectItem {}

    /** {@code COUNT(*) [AS alias]}. */
    record Aggregated(
            Position position,
            Aggregate aggregate,
            @Nullable Name alias) implements SelectItem {}

    /** {@code RANK() OVER (PARTITION BY … ORDER BY …) [AS alias]}. */
    record Window(
            Position position,
            WindowFunction function,
            List<Path> partitionBy,
            List<WindowKey> orderBy,
            @Nullable Name alias)
            implements SelectItem {
        public Window {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /** The window functions. */
    enum WindowFunction {
        ROW_NUMBER,
        RANK,
        DENSE_RANK
    }
}
