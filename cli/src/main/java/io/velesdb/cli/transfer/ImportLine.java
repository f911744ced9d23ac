package io.velesdb.cli.transfer;

import io.velesdb.Point;
import io.velesdb.VelesException;
import org.jspecify.annotations.Nullable;

/**
 * One line of an import file: a point or a problem.
 *
 * @param number the line where it starts, from 1
 * @param point what was read; its vector is null where the line has none
 * @param problem why it could not be read
 */
public record ImportLine(
        long number, @Nullable Point point, @Nullable VelesException problem) {
    static ImportLine of(long number, Point point) {
        return new ImportLine(number, point, null);
    }

    static ImportLine bad(long number, VelesException problem) {
        return new ImportLine(number, null, problem);
    }
}
