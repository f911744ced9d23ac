package io.velesdb;

import io.velesdb.filter.Filter;

/** An observer's answer to an {@link AccessRequest}. Immutable. */
public sealed interface Decision {
    /** The request goes on. */
    Decision ALLOW = new Allow();

    /** The request goes on. */
    record Allow() implements Decision {}

    /** VELES-027 with this reason; nothing is read or written. */
    record Deny(String reason) implements Decision {}

    /**
     * The request goes on as if only the rows existed for which {@code scope} holds: it is ANDed to every read, also of
     * single points and of graph walks, and a write that would touch or make a row outside it is refused whole. A request
     * that cannot be confined like that is refused.
     */
    record Within(Filter scope) implements Decision {}
}
