package io.velesdb.index.column;

import io.velesdb.filter.FieldPath;
import io.velesdb.filter.Filter;
import io.velesdb.filter.Operator;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on geographic points as conditions on the columns of their latitude and longitude: exactly for a box, and
 * for a circle the box around it.
 */
final class GeoBounds {
    private static final double EARTH_RADIUS_METRES = 6_371_000;
    private static final double DEGREES_PER_RADIAN = 180 / StrictMath.PI;

    /** Degrees by which a box around a circle is widened, far more than rounding can take: about a metre. */
    private static final double SLACK = 1e-5;

    private GeoBounds() {}

    /** Conditions that hold together exactly where the box does. */
    static List<Filter> of(Filter.GeoBox box) {
        return List.of(
                compare(box.field(), "lat", Operator.GTE, box.latMin()),
                compare(box.field(), "lat", Operator.LTE, box.latMax()),
                compare(box.field(), "lng", Operator.GTE, box.lngMin()),
                compare(box.field(), "lng", Operator.LTE, box.lngMax()));
    }

    /**
     * Conditions that hold wherever the distance is at most what is asked, and for little else; none when the circle is
     * not asked for, or no box helps. Points with a latitude beyond 90 or a longitude beyond 180 degrees always pass:
     * the distance takes them round the globe.
     */
    static List<Filter> of(Filter.GeoDistance circle) {
        double[] box = box(circle);
        if (box.length == 0) {
            return List.of();
        }
        List<Filter> bounds = new ArrayList<>();
        bounds.add(within(circle.field(), "lat", box[0], box[1], 90));
        if (box[2] >= -180 && box[3] <= 180) {
            // beyond a pole, a point is on the meridian across
            bounds.add(new Filter.Or(List.of(
                    within(circle.field(), "lng", box[2], box[3], 180),
                    compare(circle.field(), "lat", Operator.LT, -90),
                    compare(circle.field(), "lat", Operator.GT, 90))));
        }
        return bounds;
    }

    /**
     * Least and greatest latitude, least and greatest longitude (infinite where no meridian bounds it) of the points of
     * the globe for which the condition holds; empty when it is not about the inside of a circle, or no box helps.
     */
    static double[] box(Filter.GeoDistance circle) {
        boolean inside = circle.operator() == Operator.LT
                || circle.operator() == Operator.LTE
                || circle.operator() == Operator.EQ;
        double lat = circle.lat();
        double lng = circle.lng();
        double angle = circle.metres() / EARTH_RADIUS_METRES;
        if (!inside || !(angle >= 0 && angle < 1.5) || Math.abs(lat) > 90) {
            return new double[0];
        }
        double height = angle * DEGREES_PER_RADIAN + SLACK;
        double west = Double.NEGATIVE_INFINITY;
        double east = Double.POSITIVE_INFINITY;
        if (Math.abs(lat) + height < 89) {
            // The meridians that touch the circle lie asin(sin(angle) / cos(lat)) to both sides.
            double cos = StrictMath.cos(lat / DEGREES_PER_RADIAN);
            double ratio = StrictMath.sin(angle) / cos;
            double width = ratio < 1 ? StrictMath.asin(ratio) * DEGREES_PER_RADIAN * 1.0001 + SLACK : 180;
            if (lng - width >= -180 && lng + width <= 180) {
                west = lng - width;
                east = lng + width;
            }
        }
        return new double[] {lat - height, lat + height, west, east};
    }

    private static Filter within(FieldPath point, String name, double least, double most, double limit) {
        return new Filter.Or(List.of(
                new Filter.And(
                        List.of(compare(point, name, Operator.GTE, least), compare(point, name, Operator.LTE, most))),
                compare(point, name, Operator.LT, 0 - limit),
                compare(point, name, Operator.GT, limit)));
    }

    private static Filter compare(FieldPath point, String name, Operator operator, double bound) {
        List<String> names = new ArrayList<>(point.names());
        names.add(name);
        return new Filter.Compare(new FieldPath(names), operator, Value.of(bound));
    }
}
