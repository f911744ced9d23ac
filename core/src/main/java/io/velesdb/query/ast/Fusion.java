package io.velesdb.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code USING FUSION (strategy = 'rrf', k = 60)}; of a repeated option the first counts.
 *
 * @param strategy absent: {@link Strategy#RRF}
 * @param options those other than the strategy, as written
 */
public record Fusion(Position position, @Nullable Strategy strategy, List<Option> options) implements Node {
    public Fusion {
        options = List.copyOf(options);
    }

    /** How lists become one. */
    public enum Strategy {
        RRF("rrf"),
        WEIGHTED("weighted"),
        MAXIMUM("maximum"),
        AVERAGE("average"),
        RSF("rsf");

        private final String text;

        Strategy(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** What can be set besides the strategy. */
    public enum Parameter {
        K("k"),
        VECTOR_WEIGHT("vector_weight"),
        GRAPH_WEIGHT("graph_weight"),
        DENSE_WEIGHT("dense_weight"),
        SPARSE_WEIGHT("sparse_weight");

        private final String text;

        Parameter(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * A parameter with its value.
     *
     * @param value a number or, where somebody wrote one, a string
     */
    public record Option(Position position, Parameter parameter, Literal value) implements Node {}
}
