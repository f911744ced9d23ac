package io.velesdb.query.ast;

import org.jspecify.annotations.Nullable;

/** An item of RETURN. */
public sealed interface ReturnItem extends Node {
    /** What the columns are called, in place of what was written. */
    @Nullable
    Name alias();

    /** {@code *}: all aliases of nodes. */
    record All(Position position, @Nullable Name alias) implements ReturnItem {}

    /** {@code similarity()}. */
    record Score(Position position, @Nullable Name alias) implements ReturnItem {}

    /** A name: the alias of a node or a relationship, or a binding. */
    record Binding(Position position, Name name, @Nullable Name alias) implements ReturnItem {}

    /** {@code alias.path}: two segments or more. */
    record Property(Position position, Path path, @Nullable Name alias) implements ReturnItem {}
}
