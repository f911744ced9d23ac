package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.Fusion;
import io.velesdb.VelesException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the lists of several searches become one. */
final class FusionOptions {
    @Option(
            names = {"-s", "--strategy"},
            paramLabel = "NAME",
            description = "rrf, average, maximum, weighted or rsf (default: ${DEFAULT-VALUE}).",
            defaultValue = "rrf")
    private String strategy = "rrf";

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "N",
            description =
                    "Of rrf and rsf: one for each search, in the order vector, sparse, text; of weighted: for average,"
                            + " maximum and share of hits, of ranks where the searches differ in kind (default: 0.6,0.3,0.1).")
    private List<Double> weights = List.of();

    @Option(
            names = "--rrf-k",
            paramLabel = "N",
            description = "The rank constant of rrf (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private int rankConstant = Fusion.DEFAULT_RANK_CONSTANT;

    /** Null for what the engine takes by itself. */
    @Nullable
    Fusion fusion() {
        return switch (strategy.toLowerCase(Locale.ROOT)) {
            case "rrf" -> {
                if (!weights.isEmpty()) {
                    yield Fusion.weightedRrf(weights, rankConstant);
                }
                yield rankConstant == Fusion.DEFAULT_RANK_CONSTANT ? null : new Fusion.Rrf(rankConstant);
            }
            case "average", "avg" -> new Fusion.Average();
            case "maximum", "max" -> new Fusion.Maximum();
            case "weighted" -> {
                List<Double> three = weights(3, List.of(0.6, 0.3, 0.1));
                yield new Fusion.Weighted(three.get(0), three.get(1), three.get(2));
            }
            case "rsf", "relative_score" -> {
                List<Double> two = weights(2, List.of(0.5, 0.5));
                yield new Fusion.RelativeScore(two.get(0), two.get(1));
            }
            default ->
                throw new VelesException(
                        ErrorCode.QUERY,
                        "strategy '" + strategy + "' is unknown: use rrf, average, maximum, weighted or rsf");
        };
    }

    private List<Double> weights(int count, List<Double> usual) {
        if (weights.isEmpty()) {
            return usual;
        }
        if (weights.size() != count) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "--weights has " + weights.size() + " numbers: " + strategy + " takes " + count + ", such as "
                            + (count == 3 ? "0.6,0.3,0.1" : "0.5,0.5"));
        }
        return weights;
    }
}
