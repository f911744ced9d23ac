package io.velesdb.cli.transfer;

import io.velesdb.Collection;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.embedder.Embedder;
import io.velesdb.filter.FieldPath;
import io.velesdb.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a {@link PointSource} reads in atomic batches. A batch that the engine refuses is halved until the bad lines
 * stand alone: they are skipped, all others are written. An error that is not a line's own (a full disk, a service that
 * does not answer) ends the import; the batches before it stay.
 */
public final class Importer {
    private static final int LARGEST_BATCH = 100_000;

    private final Function<Point, Collection> target;
    private final int batchSize;
    private final ImportObserver observer;
    private @Nullable FieldPath field;
    private @Nullable Embedder embedder;
    private @Nullable Collection collection;

    /**
     * @param target finds or makes the collection, given the first point
     * @param batchSize lines read for one atomic write, 1..100000
     */
    public Importer(Function<Point, Collection> target, int batchSize, ImportObserver observer) {
        if (batchSize < 1) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "batch size " + batchSize + " is not positive: use 1 to " + LARGEST_BATCH + ", 1000 is usual");
        }
        if (batchSize > LARGEST_BATCH) {
            throw new VelesException(
                    ErrorCode.GUARD_RAIL,
                    "batch size " + batchSize + " is over the limit of " + LARGEST_BATCH + ": 1000 is usual");
        }
        this.target = target;
        this.batchSize = batchSize;
        this.observer = observer;
    }

    /** Takes the vectors from the text in a field of the payload. */
    public Importer embedding(String dottedField, Embedder model) {
        field = FieldPath.of(dottedField);
        embedder = model;
        return this;
    }

    /** Reads to the end. */
    public void run(PointSource source) throws IOException {
        List<ImportLine> batch = new ArrayList<>();
        List<ImportLine> bad = new ArrayList<>();
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            VelesException problem = line.problem() != null ? line.problem() : notEmbeddable(line);
            if (problem != null) {
                bad.add(ImportLine.bad(line.number(), problem));
            } else {
                batch.add(line);
            }
            if (batch.size() + bad.size() == batchSize) {
                write(batch, bad, source.position());
                batch.clear();
                bad.clear();
            }
        }
        write(batch, bad, source.position());
    }

    /** Tells of the bad lines in the order of the file, whether they could not be read or the engine refused them. */
    private void write(List<ImportLine> batch, List<ImportLine> bad, long position) {
        long written = batch.isEmpty() ? 0 : upsert(field == null ? batch : embedded(batch), bad);
        bad.sort(Comparator.comparingLong(ImportLine::number));
        bad.forEach(line -> observer.skipped(line.number(), Objects.requireNonNull(line.problem())));
        if (!batch.isEmpty()) {
            observer.written(written, position);
        }
    }

    /** @return lines written; those that the engine refused are added to {@code bad} */
    private long upsert(List<ImportLine> lines, List<ImportLine> bad) {
        List<Point> points = new ArrayList<>(lines.size());
        lines.forEach(line -> points.add(point(line)));
        try {
            if (collection == null) {
                collection = target.apply(points.getFirst());
            }
            collection.upsert(points);
            return lines.size();
        } catch (VelesException e) {
            if (!isLinesOwn(e.code())) {
                throw e;
            }
            if (lines.size() == 1) {
                bad.add(ImportLine.bad(lines.getFirst().number(), e));
                return 0;
            }
            int half = lines.size() / 2;
            return upsert(lines.subList(0, half), bad) + upsert(lines.subList(half, lines.size()), bad);
        }
    }

    /** Codes that say that a point does not fit; with any other, the next line would fare no better. */
    private static boolean isLinesOwn(ErrorCode code) {
        return switch (code) {
            case DIMENSION_MISMATCH,
                    INVALID_VECTOR,
                    VECTOR_NOT_ALLOWED,
                    VECTOR_REQUIRED,
                    SCHEMA_VALIDATION,
                    OVERFLOW,
                    GUARD_RAIL,
                    INVALID_DIMENSION -> true;
            default -> false;
        };
    }

    private @Nullable VelesException notEmbeddable(ImportLine line) {
        if (field == null) {
            return null;
        }
        if (point(line).vector() != null) {
            return new VelesException(
                    ErrorCode.VECTOR_NOT_ALLOWED,
                    "there is a vector, and '" + String.join(".", field.names())
                            + "' is to be embedded in its place: leave the vector out, or do not embed");
        }
        String text = text(point(line));
        return text != null && !text.isBlank()
                ? null
                : new VelesException(
                        ErrorCode.VECTOR_REQUIRED,
                        "there is no text in '" + String.join(".", field.names()) + "', the field to embed");
    }

    private List<ImportLine> embedded(List<ImportLine> lines) {
        List<String> texts = new ArrayList<>(lines.size());
        lines.forEach(line -> texts.add(String.valueOf(text(point(line)))));
        List<float[]> vectors = Objects.requireNonNull(embedder).embedAll(texts);
        List<ImportLine> embedded = new ArrayList<>(lines.size());
        for (int i = 0; i < vectors.size(); i++) {
            Point point = point(lines.get(i));
            embedded.add(ImportLine.of(
                    lines.get(i).number(), new Point(point.id(), vectors.get(i), point.payload(), point.sparse())));
        }
        return embedded;
    }

    private @Nullable String text(Point point) {
        return field != null && field.resolve(point.id(), point.payload()) instanceof Value.Str text
                ? text.text()
                : null;
    }

    private static Point point(ImportLine line) {
        return Objects.requireNonNull(line.point());
    }
}
