package io.velesdb.filter;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** Points on the globe, in degrees. */
final class Geo {
    private static final double EARTH_RADIUS_METRES = 6_371_000;
    private static final double RADIANS_PER_DEGREE = StrictMath.PI / 180;

    private Geo() {}

    /** Whether a value is an object with numeric members {@code lat} and {@code lng}. */
    static boolean isPoint(@Nullable Value value) {
        return value instanceof Obj object
                && object.get("lat") instanceof Value.Num
                && object.get("lng") instanceof Value.Num;
    }

    static double lat(@Nullable Value point) {
        return degrees(point, "lat");
    }

    static double lng(@Nullable Value point) {
        return degrees(point, "lng");
    }

    /** Whether a value is an object with this numeric member between two bounds, both included. */
    static boolean isWithin(@Nullable Value point, String name, double least, double most) {
        return point instanceof Obj object
                && object.get(name) instanceof Value.Num number
                && Value.compare(number, new Value.Dbl(least)) >= 0
                && Value.compare(number, new Value.Dbl(most)) <= 0;
    }

    private static double degrees(@Nullable Value point, String name) {
        return point instanceof Obj object && object.get(name) instanceof Value.Num number
                ? number.doubleValue()
                : Double.NaN;
    }

    /** The great-circle distance by the haversine formula; NaN only for coordinates that are absurdly large. */
    static double metres(double lat1, double lng1, double lat2, double lng2) {
        double phi1 = lat1 * RADIANS_PER_DEGREE;
        double phi2 = lat2 * RADIANS_PER_DEGREE;
        double sinPhi = StrictMath.sin((phi2 - phi1) / 2);
        double sinLambda = StrictMath.sin((lng2 - lng1) * RADIANS_PER_DEGREE / 2);
        double a = sinPhi * sinPhi + StrictMath.cos(phi1) * StrictMath.cos(phi2) * sinLambda * sinLambda;
        // Rounding can lift a just above 1 for antipodes, and cosines of absurd latitudes can push it below 0.
        return 2 * EARTH_RADIUS_METRES * StrictMath.asin(Math.sqrt(Math.max(0, Math.min(1, a))));
    }

    static void requireFinite(String name, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new VelesException(ErrorCode.QUERY, name + " " + value + " is not finite: give a finite number");
        }
    }
}
