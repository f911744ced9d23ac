package io.velesdb.memory;

import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.filter.Filter;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Procedures: named steps with a confidence that grows when they work and shrinks when they do not. In the collection
 * {@code _procedural_memory} a procedure is a row whose payload has {@code name}, {@code steps}, {@code confidence}, {@code
 * usage_count}, {@code created_at} and, once it was reinforced, {@code last_used_at}. Thread-safe.
 *
 * <pre>{@code
 * ProceduralMemory procedures = memory.procedural();
 * procedures.learn(3, "book a ferry", List.of("check the time", "buy the ticket"), embedding, 0.5);
 * double confidence = procedures.reinforce(3, true); // 0.6
 * }</pre>
 */
public final class ProceduralMemory extends MemoryStore {
    /** The confidence of a procedure that nothing is known about. */
    public static final double DEFAULT_CONFIDENCE = 0.5;

    static final String CONFIDENCE = "confidence";

    private static final String NAME = "name";
    private static final String STEPS = "steps";
    private static final String USAGE_COUNT = "usage_count";
    private static final String CREATED_AT = "created_at";
    private static final String LAST_USED_AT = "last_used_at";
    private static final int PAGE = 1_000;
    private static final double SECONDS_PER_DAY = 86_400;

    private final ReinforcementStrategy usual;

    ProceduralMemory(MemoryRows rows, ReinforcementStrategy usual) {
        super(rows);
        this.usual = usual;
    }

    /**
     * Learns a procedure; one of the same id is replaced, what was known of its use included.
     *
     * @param embedding null for none: the procedure is then not found by meaning
     * @param confidence from 0 to 1; {@value #DEFAULT_CONFIDENCE} when nothing is known
     * @throws VelesException VELES-010 for a confidence out of range, VELES-004 for an embedding of another dimension,
     *     VELES-005 for one that is not finite
     */
    public void learn(long id, String name, List<String> steps, float @Nullable [] embedding, double confidence) {
        put(id, name, steps, embedding, confidence, null);
    }

    /** The same, forgotten after so many seconds, also by a process that opens the database later. */
    public void learnWithTtl(
            long id,
            String name,
            List<String> steps,
            float @Nullable [] embedding,
            double confidence,
            long ttlSeconds) {
        put(id, name, steps, embedding, confidence, ttlSeconds);
    }

    private void put(
            long id,
            String name,
            List<String> steps,
            float @Nullable [] embedding,
            double confidence,
            @Nullable Long ttlSeconds) {
        rows().checkEmbedding(embedding);
        checkConfidence("confidence", confidence);
        List<Value> listed = new ArrayList<>(steps.size());
        for (String step : steps) {
            listed.add(MemoryRows.checkedText("step " + listed.size(), step));
        }
        Obj.Builder payload = Obj.builder()
                .put(NAME, MemoryRows.checkedText(NAME, name))
                .put(STEPS, Value.of(listed))
                .put(CONFIDENCE, Value.of(confidence))
                .put(USAGE_COUNT, Value.of(0L))
                .put(CREATED_AT, Value.of(rows().nowSeconds()));
        rows().put(List.of(rows().row(id, payload, embedding, ttlSeconds)));
    }

    /**
     * The procedures nearest in meaning, best first; equal scores by ascending id. Those without embedding are not among
     * them.
     *
     * @param k from 1 to {@code search.max_results}
     * @param minConfidence only procedures of at least this confidence, 0 to 1
     */
    public List<Recalled<Procedure>> recall(float[] embedding, int k, double minConfidence) {
        List<Recalled<Procedure>> found = new ArrayList<>();
        for (Hit hit : search(embedding, k, minConfidence)) {
            found.add(new Recalled<>(procedure(hit.id(), hit.payload()), hit.score()));
        }
        return found;
    }

    /**
     * As {@link #recall}, but what was used lately comes first: the score is multiplied by (1 + days since the last use, or
     * since it was learned)^-0.5, and the best by that score are returned. Considers the {@code search.max_results} nearest.
     */
    public List<Recalled<Procedure>> recallActivated(float[] embedding, int k, double minConfidence) {
        int most = rows().database().limits().maxResults();
        int window = k;
        while (true) {
            List<Hit> nearest = search(embedding, window, minConfidence);
            List<Recalled<Procedure>> best = activated(nearest);
            if (best.size() > k) {
                best = new ArrayList<>(best.subList(0, k));
            }
            // activation only ever takes away from a positive score: what was not seen is no better than the last one
            // seen
            boolean settled = nearest.size() < window
                    || best.get(k - 1).score()
                            > Math.max(0, nearest.get(window - 1).score());
            if (settled || window >= most) {
                return best;
            }
            window = (int) Math.min(most, 2L * window);
        }
    }

    private List<Recalled<Procedure>> activated(List<Hit> hits) {
        long now = rows().nowSeconds();
        List<Recalled<Procedure>> scored = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            Procedure procedure = procedure(hit.id(), hit.payload());
            double score = hit.score() / Math.sqrt(1 + daysSinceLastUse(procedure, now));
            scored.add(new Recalled<>(procedure, (float) score));
        }
        scored.sort((a, b) -> a.score() == b.score()
                ? Long.compareUnsigned(a.memory().id(), b.memory().id())
                : Float.compare(b.score(), a.score()));
        return scored;
    }

    private List<Hit> search(float[] embedding, int k, double minConfidence) {
        rows().requireEmbedding(embedding);
        checkConfidence("minConfidence", minConfidence);
        Filter filter = minConfidence == 0 ? null : Filter.gte(CONFIDENCE, minConfidence);
        return rows().search(embedding, k, MemoryRows.embedded(filter));
    }

    /** Tells whether a procedure worked, with the strategy of the memory. See {@link #reinforce(long, boolean, ReinforcementStrategy)}. */
    public double reinforce(long id, boolean success) {
        return reinforce(id, success, usual);
    }

    /**
     * Tells whether a procedure worked: its confidence becomes what the strategy makes of it, its uses count one more, and
     * it was last used now. Calls at the same time all count.
     *
     * @return the new confidence
     * @throws VelesException VELES-003 when there is no such procedure, VELES-010 when the strategy returns no number
     */
    public double reinforce(long id, boolean success, ReinforcementStrategy strategy) {
        double[] result = new double[1];
        rows().change(id, row -> {
            Procedure known = procedure(id, row.payload());
            long now = rows().nowSeconds();
            Reinforcement use =
                    new Reinforcement(known.confidence(), success, known.usageCount(), daysSinceLastUse(known, now));
            result[0] = ReinforcementStrategy.clamped(strategy.confidenceAfter(use));
            return Obj.of(CONFIDENCE, result[0], USAGE_COUNT, known.usageCount() + 1, LAST_USED_AT, now);
        });
        return result[0];
    }

    /** The procedure of this id; null for none. */
    public @Nullable Procedure get(long id) {
        Point row = rows().get(id);
        return row == null ? null : procedure(id, row.payload());
    }

    /** All procedures, by ascending unsigned id. */
    public List<Procedure> listAll() {
        List<Procedure> all = new ArrayList<>();
        Long after = null;
        do {
            Page page = rows().scroll(after, PAGE, null);
            for (Point row : page.points()) {
                all.add(procedure(row.id(), row.payload()));
            }
            after = page.next();
        } while (after != null);
        return all;
    }

    /** As if it were last used when it was learned, while it was never used. */
    private static double daysSinceLastUse(Procedure procedure, long nowSeconds) {
        Long used = procedure.lastUsedAt();
        double seconds = (double) nowSeconds - (used == null ? procedure.createdAt() : used);
        return Math.max(0, seconds) / SECONDS_PER_DAY;
    }

    static void checkConfidence(String what, double confidence) {
        if (!(confidence >= 0 && confidence <= 1)) {
            String text = Double.isFinite(confidence) ? Json.text(confidence) : "not finite";
            throw new VelesException(ErrorCode.QUERY, what + " is " + text + ": use a number from 0 to 1");
        }
    }

    private static Procedure procedure(long id, @Nullable Obj payload) {
        List<String> steps = new ArrayList<>();
        if (payload != null && payload.get(STEPS) instanceof Arr listed) {
            for (Value step : listed) {
                steps.add(step instanceof Value.Str text ? text.text() : Json.write(step));
            }
        }
        boolean used = payload != null && payload.get(LAST_USED_AT) instanceof Value.Num;
        double confidence = payload != null && payload.get(CONFIDENCE) instanceof Value.Num number
                ? ReinforcementStrategy.clamped(number.doubleValue())
                : DEFAULT_CONFIDENCE;
        return new Procedure(
                id,
                MemoryRows.text(payload, NAME),
                List.copyOf(steps),
                confidence,
                MemoryRows.whole(payload, USAGE_COUNT),
                MemoryRows.whole(payload, CREATED_AT),
                used ? MemoryRows.whole(payload, LAST_USED_AT) : null);
    }
}
