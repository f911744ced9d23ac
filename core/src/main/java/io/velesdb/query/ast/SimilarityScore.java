package io.velesdb.query.ast;

/** {@code similarity()}: the score that the search of the query gave the row. */
public record SimilarityScore(Position position) implements Arithmetic, WindowKey.Value {}
