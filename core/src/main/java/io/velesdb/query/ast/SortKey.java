package io.velesdb.query.ast;

/** What ORDER BY sorts by. */
public sealed interface SortKey extends Node permits Aggregate, Arithmetic {}
