package io.velesdb.query.plan;

import org.jspecify.annotations.Nullable;

/** A column, or several, of the result of a SELECT. */
public sealed interface Output {
    /** The key in the result; null where the columns depend on the row. */
    @Nullable
    String key();

    /** A field of a source. */
    record Field(String key, FieldRef field) implements Output {}

    /** A LET binding. */
    record Binding(String key, int binding) implements Output {}

    /** {@code similarity()}. */
    record Similarity(String key) implements Output {}

    /** A window function. */
    record Window(String key, int window) implements Output {}

    /** A key of GROUP BY. */
    record GroupKey(String key, int index) implements Output {}

    /** An aggregate. */
    record Aggregated(String key, int aggregate) implements Output {}

    /** {@code *}: the id and all payload members of all sources, then all LET bindings. */
    record All() implements Output {
        @Override
        public @Nullable String key() {
            return null;
        }
    }

    /** {@code source.*}. */
    record AllOf(int source) implements Output {
        @Override
        public @Nullable String key() {
            return null;
        }
    }
}
