package io.velesdb.query.ast;

/** A name with a value: an assignment, a member of a node or an edge, a property of a pattern. */
public record Field(Position position, Name name, Operand value) implements Node {}
