package io.velesdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a scroll.
 *
 * @param points in ascending unsigned id order
 * @param next the cursor for the next page; null at the end
 */
public record Page(List<Point> points, @Nullable Long next) {}
