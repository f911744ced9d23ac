package io.velesdb.query.ast;

/** {@code name = value} in the options of a statement; a bare word as the value is the string of that word. */
public record Option(Position position, Name name, Literal value) implements Node {}
