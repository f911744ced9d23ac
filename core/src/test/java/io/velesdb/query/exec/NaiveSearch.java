package io.velesdb.query.exec;

import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Fusion;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Option;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The searches of section 7 as their formulas: every row is scored, and lists are sorted whole. */
final class NaiveSearch {
    enum Kind {
        VECTOR,
        SPARSE,
        TEXT
    }

    /** What one branch retrieves, best first. */
    record Ranking(Kind kind, boolean higherIsBetter, List<Ranked> rows) {}

    record Ranked(long id, float score) {}

    private static final Comparator<Ranked> BY_ID = Comparator.comparing(Ranked::id);

    private final NaiveCollection collection;
    private final Set<String> names;

    /** @param names by which paths may call the collection */
    NaiveSearch(NaiveCollection collection, Set<String> names) {
        this.collection = collection;
        this.names = names;
    }

    // ---- scores of vectors (7.1)

    static float[] vector(Operand.VectorOperand operand) {
        Arr components = ((Operand.VectorLiteral) operand).components();
        float[] vector = new float[components.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) ((Value.Num) components.get(i)).doubleValue();
        }
        return vector;
    }

    /** How similar a row is to a vector; null where it has none that can be compared. */
    @Nullable
    NaiveScore similarity(@Nullable Point point, float[] query) {
        Metric metric = collection.metric();
        float[] own = point == null ? null : point.vector();
        return metric == null || own == null || own.length != query.length
                ? null
                : NaiveScore.of(score(metric, query, own), metric.higherIsBetter());
    }

    private static double score(Metric metric, float[] a, float[] b) {
        float dot = 0;
        float normA = 0;
        float normB = 0;
        float squares = 0;
        float smaller = 0;
        float larger = 0;
        int differing = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            normA += a[i] * a[i];
            normB += b[i] * b[i];
            squares += (a[i] - b[i]) * (a[i] - b[i]);
            smaller += Math.min(a[i], b[i]);
            larger += Math.max(a[i], b[i]);
            differing += (a[i] > 0.5f) != (b[i] > 0.5f) ? 1 : 0;
        }
        double norms = Math.sqrt((double) normA * normB);
        return switch (metric) {
            case DOT -> dot;
            case COSINE -> norms < 0x1p-126 ? 0 : Math.max(-1, Math.min(1, dot / norms));
            case EUCLIDEAN -> Math.sqrt(squares);
            case HAMMING -> differing;
            case JACCARD -> larger == 0 ? 1 : smaller / larger;
        };
    }

    // ---- the lists of branches (7.3)

    /** The lists of a required branch: one, or of NEAR_FUSED one for each vector. */
    List<Ranking> rankings(Condition branch, Predicate<Point> among) {
        return switch (branch) {
            case Condition.Near near -> List.of(nearest(vector(near.vector()), among));
            case Condition.NearFused fused ->
                fused.vectors().stream()
                        .map(vector -> nearest(vector(vector), among))
                        .toList();
            case Condition.SparseNear near -> List.of(sparse(near, among));
            case Condition.TextMatch match -> List.of(text(match, among));
            default -> throw new IllegalStateException("no branch: " + branch);
        };
    }

    private Ranking nearest(float[] query, Predicate<Point> among) {
        List<Ranked> rows = new ArrayList<>();
        for (Point point : collection.points()) {
            NaiveScore score = among.test(point) ? similarity(point, query) : null;
            if (score != null) {
                rows.add(new Ranked(point.id(), score.value()));
            }
        }
        return ranking(
                Kind.VECTOR, collection.metric() == null || collection.metric().higherIsBetter(), rows);
    }

    private Ranking sparse(Condition.SparseNear near, Predicate<Point> among) {
        Map<Long, Float> query = new HashMap<>();
        for (Operand.SparseTerm term : ((Operand.SparseLiteral) near.vector()).terms()) {
            query.put(term.index(), (float) term.weight().doubleValue());
        }
        List<Ranked> rows = new ArrayList<>();
        for (Point point : collection.points()) {
            SparseVector own = point.sparse().get(near.index() == null ? "" : near.index());
            double sum = 0;
            boolean shared = false;
            for (int i = 0; own != null && i < own.size(); i++) {
                Float weight = query.get(Integer.toUnsignedLong(own.index(i)));
                if (weight != null && weight != 0) {
                    shared = true;
                    sum += (double) weight * own.weight(i);
                }
            }
            if (shared && among.test(point)) {
                rows.add(new Ranked(point.id(), NaiveScore.rounded(sum)));
            }
        }
        return ranking(Kind.SPARSE, true, rows);
    }

    /** BM25 over the rows that have a token in the field. */
    private Ranking text(Condition.TextMatch match, Predicate<Point> among) {
        List<String> path = match.path().segments();
        path = path.size() > 1 && names.contains(path.get(0)) ? path.subList(1, path.size()) : path;
        Map<Long, List<String>> documents = new HashMap<>();
        long tokens = 0;
        for (Point point : collection.points()) {
            StringBuilder text = new StringBuilder();
            collect(NaiveQuery.member(point, path), text);
            List<String> document = tokens(text.toString());
            if (!document.isEmpty() && !path.equals(List.of("id"))) {
                documents.put(point.id(), document);
                tokens += document.size();
            }
        }
        double average = (double) tokens / documents.size();
        List<Ranked> rows = new ArrayList<>();
        for (Point point : collection.points()) {
            List<String> document = documents.get(point.id());
            if (document == null || !among.test(point)) {
                continue;
            }
            double sum = 0;
            boolean any = false;
            for (String token : tokens(match.text())) {
                long having = documents.values().stream()
                        .filter(other -> other.contains(token))
                        .count();
                double f = document.stream().filter(token::equals).count();
                double idf = StrictMath.log(1 + (documents.size() - having + 0.5) / (having + 0.5));
                any |= f > 0;
                sum += idf * (f * 2.2 / (f + 1.2 * (1 - 0.75 + 0.75 * document.size() / average)));
            }
            if (any) {
                rows.add(new Ranked(point.id(), NaiveScore.rounded(sum)));
            }
        }
        return ranking(Kind.TEXT, true, rows);
    }

    private static void collect(@Nullable Value value, StringBuilder into) {
        switch (value) {
            case Value.Str text -> into.append(' ').append(text.text());
            case Arr array -> array.forEach(element -> collect(element, into));
            case Obj object -> {
                for (int i = 0; i < object.size(); i++) {
                    collect(object.value(i), into);
                }
            }
            case null, default -> {
                // no text
            }
        }
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String run : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+")) {
            if (run.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 1) {
                tokens.add(run);
            }
        }
        return tokens;
    }

    private static Ranking ranking(Kind kind, boolean higherIsBetter, List<Ranked> rows) {
        Comparator<Ranked> best =
                (a, b) -> higherIsBetter ? Float.compare(b.score, a.score) : Float.compare(a.score, b.score);
        rows.sort(best.thenComparing(BY_ID));
        return new Ranking(kind, higherIsBetter, rows);
    }

    /** The list of a single branch as scores. */
    static Map<Long, NaiveScore> scores(Ranking ranking) {
        Map<Long, NaiveScore> scores = new HashMap<>();
        for (Ranked row : ranking.rows()) {
            scores.put(row.id(), score(row.score(), ranking.higherIsBetter(), ranking.kind(), row.score(), null));
        }
        return scores;
    }

    private static NaiveScore score(
            double value, boolean higherIsBetter, Kind kind, double part, @Nullable NaiveScore before) {
        float own = NaiveScore.rounded(part);
        return new NaiveScore(
                NaiveScore.rounded(value),
                higherIsBetter,
                kind == Kind.VECTOR ? own : before == null ? 0 : before.vector(),
                kind == Kind.SPARSE ? own : before == null ? 0 : before.sparse(),
                kind == Kind.TEXT ? own : before == null ? 0 : before.text());
    }

    // ---- fusion (7.5)

    /**
     * Several lists as one.
     *
     * @param cut rows of each list that count
     */
    static Map<Long, NaiveScore> fused(
            List<Ranking> all, @Nullable Fusion fusion, Condition.@Nullable NearFused near, long cut) {
        List<Ranking> lists = all.stream()
                .sorted(Comparator.comparing(Ranking::kind))
                .map(list -> new Ranking(
                        list.kind(),
                        list.higherIsBetter(),
                        list.rows().stream().limit(cut).toList()))
                .toList();
        String strategy = fusion == null || fusion.strategy() == null
                ? "rrf"
                : fusion.strategy().text();
        Double k = option(fusion, Fusion.Parameter.K);
        if (near != null && near.fusion() != null) {
            strategy = near.fusion().strategy().toLowerCase(Locale.ROOT);
            k = null;
            for (Option option : near.fusion().options()) {
                k = ((Value.Num) ((Literal) option.value()).value()).doubleValue();
            }
        }
        double constant = k == null ? 60 : k;
        Set<Long> ids = new LinkedHashSet<>();
        lists.forEach(list -> list.rows().forEach(row -> ids.add(row.id())));
        boolean higher = lists.stream().anyMatch(Ranking::higherIsBetter);
        double[] weights = weights(lists, fusion, strategy);
        Map<Long, NaiveScore> scores = new HashMap<>();
        for (long id : ids) {
            double sum = 0;
            int found = 0;
            NaiveScore parts = null;
            for (int i = 0; i < lists.size(); i++) {
                Ranking list = lists.get(i);
                int rank = rank(list, id);
                if (rank == 0) {
                    continue;
                }
                double raw = list.rows().get(rank - 1).score();
                double directed = higher && !list.higherIsBetter() ? -raw : raw;
                double part;
                switch (strategy) {
                    case "rrf", "weighted" -> part = weights[i] / (constant + rank);
                    case "rsf" -> part = weights[i] * normalised(list, raw);
                    default -> part = raw;
                }
                sum = switch (strategy) {
                    case "average" -> sum + directed;
                    case "maximum" ->
                        found == 0 ? directed : higher ? Math.max(sum, directed) : Math.min(sum, directed);
                    default -> sum + part;
                };
                found++;
                parts = score(0, true, list.kind(), part, parts);
            }
            if (parts != null) {
                double value = strategy.equals("average") ? sum / found : sum;
                boolean raw = strategy.equals("average") || strategy.equals("maximum");
                scores.put(
                        id,
                        new NaiveScore(
                                NaiveScore.rounded(value),
                                !raw || higher,
                                parts.vector(),
                                parts.sparse(),
                                parts.text()));
            }
        }
        return scores;
    }

    private static int rank(Ranking list, long id) {
        for (int i = 0; i < list.rows().size(); i++) {
            if (list.rows().get(i).id() == id) {
                return i + 1;
            }
        }
        return 0;
    }

    private static double normalised(Ranking list, double score) {
        double least = list.rows().stream().mapToDouble(Ranked::score).min().orElse(0);
        double most = list.rows().stream().mapToDouble(Ranked::score).max().orElse(0);
        if (most - least < 0x1p-23) {
            return 0.5;
        }
        return (list.higherIsBetter() ? score - least : most - score) / (most - least);
    }

    private static double[] weights(List<Ranking> lists, @Nullable Fusion fusion, String strategy) {
        double v = or(option(fusion, Fusion.Parameter.VECTOR_WEIGHT), 0.5);
        double g = or(option(fusion, Fusion.Parameter.GRAPH_WEIGHT), 0.5);
        boolean vectorAndText = lists.size() == 2
                && lists.get(0).kind() == Kind.VECTOR
                && lists.get(1).kind() == Kind.TEXT;
        Double dense = option(fusion, Fusion.Parameter.DENSE_WEIGHT);
        Double sparse = option(fusion, Fusion.Parameter.SPARSE_WEIGHT);
        if (strategy.equals("rsf")) {
            return new double[] {
                dense != null ? dense : sparse != null ? 1 - sparse : 0.5,
                sparse != null ? sparse : dense != null ? 1 - dense : 0.5
            };
        }
        if (vectorAndText) {
            double w = strategy.equals("rrf") ? Math.max(0, Math.min(1, v)) : v + g == 0 ? 0.5 : v / (v + g);
            return new double[] {w, 1 - w};
        }
        double[] weights = new double[lists.size()];
        java.util.Arrays.fill(weights, 1);
        if (strategy.equals("weighted") && lists.size() == 2) {
            return new double[] {or(dense, 0.5), or(sparse, 0.5)};
        }
        if (strategy.equals("weighted")) {
            weights[0] = or(option(fusion, Fusion.Parameter.VECTOR_WEIGHT), 1);
            weights[1] = or(option(fusion, Fusion.Parameter.SPARSE_WEIGHT), 1);
            weights[2] = or(option(fusion, Fusion.Parameter.GRAPH_WEIGHT), 1);
            double sum = weights[0] + weights[1] + weights[2];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = sum == 0 ? 1.0 / 3 : weights[i] / sum;
            }
        }
        return weights;
    }

    private static double or(@Nullable Double weight, double otherwise) {
        return weight == null ? otherwise : weight;
    }

    private static @Nullable Double option(@Nullable Fusion fusion, Fusion.Parameter parameter) {
        if (fusion != null) {
            for (Fusion.Option option : fusion.options()) {
                if (option.parameter() == parameter) {
                    return ((Value.Num) option.value().value()).doubleValue();
                }
            }
        }
        return null;
    }
}
