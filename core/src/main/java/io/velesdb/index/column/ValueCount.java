package io.velesdb.index.column;

import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * How many rows have one value in a field.
 *
 * @param value equal to what the rows have; of numbers that are equal and written differently (1 and 1.0), one. A Java
 *     null for the rows without the field.
 * @param rows at least 1
 */
public record ValueCount(@Nullable Value value, long rows) {}
