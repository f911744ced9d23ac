package io.velesdb.query.exec.expression;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.filter.FieldPath;
import io.velesdb.query.ast.Position;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Score;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.plan.FieldRef;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import io.velesdb.vector.PairScorer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code similarity(field, v)}: the dense vector of a row, or an array of numbers in its payload, against a query vector
 * (section 7.2).
 */
public final class Similarity implements SimilarityExpression {
    private final Position position;
    private final FieldRef field;
    private final float[] query;
    private final Map<Metric, PairScorer> scorers = new EnumMap<>(Metric.class);

    Similarity(Position position, FieldRef field, float[] query) {
        this.position = position;
        this.field = field;
        this.query = query;
    }

    /**
     * Refuses a query that the dense vectors of a collection cannot be compared with.
     *
     * @throws VelesException VELES-015 when it has none, VELES-004 for another dimension
     */
    public static void checkDense(CollectionSnapshot collection, Position position, int length) {
        if (collection.schema().dimension() == 0) {
            throw Refusal.failed(
                    position,
                    ErrorCode.SEARCH_NOT_SUPPORTED,
                    "collection '" + collection.name() + "' holds no vectors: search a vector collection");
        }
        if (collection.schema().dimension() != length) {
            throw Refusal.failed(
                    position,
                    ErrorCode.DIMENSION_MISMATCH,
                    "the query vector has " + length + " components, collection '" + collection.name()
                            + "' has dimension " + collection.schema().dimension()
                            + ": use the same embedding model as for the stored vectors");
        }
    }

    @Override
    public @Nullable Score score(Tuple row) {
        int source = Math.max(field.source(), 0);
        if (!(row.entity(source) instanceof RowEntity entity)) {
            return null;
        }
        Metric metric = entity.collection().schema().metric();
        float[] vector = vectorOf(entity);
        if (vector == null) {
            return null;
        }
        if (vector.length != query.length) {
            if (field.kind() == FieldRef.Kind.VECTOR) {
                checkDense(entity.collection(), position, query.length);
            }
            return null;
        }
        Metric used = metric == null ? Metric.COSINE : metric;
        PairScorer scorer = scorers.computeIfAbsent(used, PairScorer::new);
        return new Score(scorer.score(query, vector), used.higherIsBetter(), Score.Parts.NONE);
    }

    private float @Nullable [] vectorOf(RowEntity entity) {
        if (field.kind() == FieldRef.Kind.VECTOR) {
            return entity.vector();
        }
        FieldPath path = field.requirePath();
        Value value = path.resolve(entity.id(), entity.payload());
        if (value == null || value instanceof Value.Null) {
            List<String> names = path.names();
            String last = names.get(names.size() - 1);
            return value == null && (last.equals("embedding") || last.equals("vector")) ? entity.vector() : null;
        }
        float[] vector = value instanceof Arr array ? Operands.floats(array) : null;
        if (vector == null) {
            throw Refusal.unrunnable(
                    position,
                    "similarity: '" + field.text() + "' of row " + Long.toUnsignedString(entity.id()) + " is "
                            + Json.excerpt(value) + ": an array of numbers belongs there");
        }
        Operands.checkFinite(position, "similarity: '" + field.text() + "'", vector);
        return vector;
    }
}
