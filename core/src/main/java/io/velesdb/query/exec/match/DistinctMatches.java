package io.velesdb.query.exec.match;

import io.velesdb.query.exec.row.RowOrder;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of the matches with one key the one with the fewest edges, then the smaller ids. Where the first node of the walk is a
 * part of the key, no more is held than the matches of one first node.
 */
final class DistinctMatches implements Operator {
    /** How the best match of a key is found. */
    enum Holding {
        /** The first one is the best: only keys are held. */
        KEYS,
        /** Any one may be: matches are held until all are seen that may have the key. */
        MATCHES
    }

    private final Operator input;
    private final MatchKeys keys;
    private final Holding holding;
    private final @Nullable Integer start;
    private final Execution execution;
    private final Set<MatchKeys.Key> seen = new HashSet<>();
    private final Map<MatchKeys.Key, Tuple> best = new HashMap<>();
    private long held;
    private @Nullable Tuple last;

    /** The matches of first nodes that are done. */
    private List<Tuple> done = new ArrayList<>();

    /** @param start the source of the first node of the walk, where it is a part of the key; null where it is none */
    DistinctMatches(Operator input, MatchKeys keys, Holding holding, @Nullable Integer start, Execution execution) {
        this.input = input;
        this.keys = keys;
        this.holding = holding;
        this.start = start;
        this.execution = execution;
    }

    @Override
    public @Nullable List<Tuple> next() {
        for (List<Tuple> batch = input.next(); batch != null; batch = input.next()) {
            execution.check();
            for (Tuple match : batch) {
                take(match);
            }
            execution.checkHeld(seen.size() + best.size() + done.size(), held);
            if (!done.isEmpty()) {
                return handOut();
            }
        }
        forget();
        return done.isEmpty() ? null : handOut();
    }

    private void take(Tuple match) {
        if (isNext(match)) {
            forget();
        }
        last = match;
        MatchKeys.Key key = keys.of(match);
        if (holding == Holding.KEYS) {
            if (seen.add(key)) {
                held += key.bytes();
                done.add(match);
            }
            return;
        }
        Tuple known = best.putIfAbsent(key, match);
        if (known == null) {
            held += match.bytes() + key.bytes();
        } else if (MatchOrder.BY_LENGTH.compare(match, known) < 0) {
            best.put(key, match);
            held += match.bytes() - known.bytes();
        }
    }

    /** Whether a match begins elsewhere than the last one did. */
    private boolean isNext(Tuple match) {
        Tuple before = last;
        return start != null && before != null && RowOrder.compareIds(before.entity(start), match.entity(start)) != 0;
    }

    /** No key of those so far comes again. */
    private void forget() {
        done.addAll(best.values());
        best.clear();
        seen.clear();
        held = 0;
    }

    private List<Tuple> handOut() {
        List<Tuple> rows = done;
        done = new ArrayList<>();
        return rows;
    }
}
