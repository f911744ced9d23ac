package io.velesdb;

import io.velesdb.value.Obj;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a search.
 *
 * @param id the point's id, unsigned
 * @param score by the collection's metric: a similarity (higher is better) or a distance (lower is better)
 * @param payload the point's payload; null for none, or when the request asked for ids only
 */
public record Hit(long id, float score, @Nullable Obj payload) {}
