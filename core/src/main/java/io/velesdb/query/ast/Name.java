package io.velesdb.query.ast;

/** An identifier: of a collection, an alias, a label, a column. Its text is without quotes; case counts. */
public record Name(Position position, String text) implements Node {}
