package io.velesdb.cli.transfer;

import io.velesdb.Point;
import java.io.Closeable;
import java.io.IOException;

/** Where points are written to, one after the other. Not thread-safe. */
public interface PointSink extends Closeable {
    void write(Point point) throws IOException;
}
