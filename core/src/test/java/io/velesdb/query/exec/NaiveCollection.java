package io.velesdb.query.exec;

import io.velesdb.Edge;
import io.velesdb.Point;
import io.velesdb.vector.Metric;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection as plain lists.
 *
 * @param metric null where rows have no vectors
 * @param points by ascending id
 * @param edges by ascending id
 */
record NaiveCollection(@Nullable Metric metric, List<Point> points, List<Edge> edges) {
    NaiveCollection {
        points = points.stream().sorted(Comparator.comparing(Point::id)).toList();
        edges = edges.stream().sorted(Comparator.comparing(Edge::id)).toList();
    }

    @Nullable
    Point find(long id) {
        for (Point point : points) {
            if (point.id() == id) {
                return point;
            }
        }
        return null;
    }
}
