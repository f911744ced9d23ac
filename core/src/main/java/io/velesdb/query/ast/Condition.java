package io.velesdb.query.ast;

import io.velesdb.filter.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What WHERE says of a row: predicates under AND, OR and NOT. Numbers in it are {@link Literal}s that hold a number. */
public sealed interface Condition extends Node {
    /** The field that a predicate is about; null for what is about none. */
    default @Nullable Path path() {
        return null;
    }

    /** All hold; two terms or more. A term that is itself an And stood in parentheses. */
    record And(Position position, List<Condition> terms) implements Condition {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** At least one holds; two terms or more. */
    record Or(Position position, List<Condition> terms) implements Condition {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    record Not(Position position, Condition term) implements Condition {}

    // ---- on the value of a column

    /** {@code path op value}. */
    record Comparison(Position position, Path path, Operator operator, Operand value) implements Condition {}

    /** {@code path [NOT] IN (…)}; one value or more. */
    record In(Position position, Path path, boolean negated, List<Operand> values) implements Condition {
        public In {
            values = List.copyOf(values);
        }
    }

    /** {@code path BETWEEN low AND high}. */
    record Between(Position position, Path path, Operand low, Operand high) implements Condition {}

    /** {@code path LIKE pattern}, or ILIKE. */
    record Like(Position position, Path path, boolean ignoreCase, String pattern) implements Condition {}

    /** {@code path IS [NOT] NULL}. */
    record IsNull(Position position, Path path, boolean negated) implements Condition {}

    /** {@code path CONTAINS value}. */
    record Contains(Position position, Path path, Operand value) implements Condition {}

    /** {@code path CONTAINS ANY (…)}; one value or more. */
    record ContainsAny(Position position, Path path, List<Operand> values) implements Condition {
        public ContainsAny {
            values = List.copyOf(values);
        }
    }

    /** {@code path CONTAINS ALL (…)}; one value or more. */
    record ContainsAll(Position position, Path path, List<Operand> values) implements Condition {
        public ContainsAll {
            values = List.copyOf(values);
        }
    }

    /** {@code path CONTAINS_TEXT text}. */
    record ContainsText(Position position, Path path, String text) implements Condition {}

    /** {@code GEO_DISTANCE(path, latitude, longitude) op metres}. */
    record GeoDistance(
            Position position, Path path, Literal latitude, Literal longitude, Operator operator, Literal metres)
            implements Condition {}

    /** {@code GEO_BBOX(path, minLatitude, minLongitude, maxLatitude, maxLongitude)}. */
    record GeoBox(
            Position position,
            Path path,
            Literal minLatitude,
            Literal minLongitude,
            Literal maxLatitude,
            Literal maxLongitude)
            implements Condition {}

    // ---- searches

    /** {@code path MATCH text}. */
    record TextMatch(Position position, Path path, String text) implements Condition {}

    /** {@code vector NEAR v}. */
    record Near(Position position, Operand.VectorOperand vector) implements Condition {}

    /**
     * {@code vector NEAR_FUSED [v, …] [USING FUSION …]}.
     *
     * @param vectors one or more
     */
    record NearFused(
            Position position,
            List<Operand.VectorOperand> vectors,
            @Nullable InlineFusion fusion) implements Condition {
        public NearFused {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * {@code USING FUSION 'strategy' (name = number, …)}. Whether the strategy exists is left to validation (V012).
     *
     * @param options numbers, under the names as written
     */
    record InlineFusion(Position position, String strategy, List<Option> options) implements Node {
        public InlineFusion {
            options = List.copyOf(options);
        }
    }

    /**
     * {@code vector SPARSE_NEAR v [USING 'index']}.
     *
     * @param index absent: the default name
     */
    record SparseNear(
            Position position,
            Operand.SparseOperand vector,
            @Nullable String index) implements Condition {}

    /** {@code similarity(field, v) op threshold}. */
    record SimilarityThreshold(
            Position position, Arithmetic.Similarity similarity, Operator operator, Literal threshold)
            implements Condition {}

    /** {@code MATCH pattern}: the row begins such a path. */
    record GraphMatch(Position position, Pattern pattern) implements Condition {}
}
