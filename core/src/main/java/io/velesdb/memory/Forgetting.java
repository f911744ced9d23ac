package io.velesdb.memory;

import io.velesdb.Batch;
import io.velesdb.Database;
import io.velesdb.Page;
import io.velesdb.Point;
import io.velesdb.engine.Expiry;
import io.velesdb.filter.Filter;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what memory need not keep. Every removal depends on the row being what it was when that was decided, so that
 * a memory which is stored again at the same moment is never lost. Thread-safe.
 */
final class Forgetting {
    private static final int PAGE = 1_000;
    private static final long BYTES_AT_ONCE = 64L << 20;

    private final Database database;
    private final MemoryRows facts;
    private final MemoryRows episodes;
    private final MemoryRows procedures;

    Forgetting(Database database, MemoryRows facts, MemoryRows episodes, MemoryRows procedures) {
        this.database = database;
        this.facts = facts;
        this.episodes = episodes;
        this.procedures = procedures;
    }

    ExpiryReport run(EvictionPolicy policy) {
        long semantic = expire(facts);
        long episodic = expire(episodes);
        long procedural = expire(procedures);
        Consolidation consolidation = new Consolidation(policy.maxPerCycle());
        long oldest = episodes.nowSeconds() - policy.consolidateAfterSeconds();
        consolidation.run(MemoryRows.embedded(Filter.lt(EpisodicMemory.TIMESTAMP, oldest)));
        long evicted = policy.minConfidence() == 0 ? 0 : evict(policy.minConfidence(), policy.maxPerCycle());
        return new ExpiryReport(semantic, episodic, procedural, consolidation.moved, evicted, consolidation.truncated);
    }

    private long expire(MemoryRows rows) {
        long removed = 0;
        for (Expiries.Entry entry : rows.expiries().due(rows.nowSeconds())) {
            Point row = rows.collection().get(entry.id()).get(0);
            if (row == null) {
                rows.expiries().remove(entry);
            } else if (rows.deleteUnchanged(row)) {
                rows.expiries().remove(entry);
                removed++;
            }
            // else it was written at this moment: if it is still to be forgotten, the next run finds it
        }
        rows.expiries().tighten();
        return removed + database.engine().upkeep().sweepExpired(rows.kind().collectionName());
    }

    /** Removes at most so many procedures below a confidence. */
    long evict(double below, long most) {
        Filter low = Filter.lt(ProceduralMemory.CONFIDENCE, below);
        long removed = 0;
        Long after = null;
        do {
            Page page = procedures.scroll(after, PAGE, low);
            for (Point row : page.points()) {
                if (removed == most) {
                    return removed;
                }
                if (procedures.delete(row.id(), low)) {
                    procedures.expiries().clear(row.id());
                    removed++;
                }
            }
            after = page.next();
        } while (after != null);
        return removed;
    }

    /** One run over old episodes, by ascending id. */
    private final class Consolidation {
        private final int most;
        private final int atOnce =
                (int) Math.max(1, Math.min(PAGE, BYTES_AT_ONCE / ((long) facts.dimension() * Float.BYTES)));
        private final List<Move> moves = new ArrayList<>();
        private final Map<Long, String> made = new HashMap<>();
        private long moved;
        private boolean truncated;

        Consolidation(int most) {
            this.most = most;
        }

        void run(Filter old) {
            Long after = null;
            do {
                Page page = episodes.scroll(after, atOnce, old);
                for (Point episode : page.points()) {
                    Move move = plan(episode);
                    if (move == null) {
                        continue;
                    }
                    if (moved + moves.size() == most) {
                        truncated = true;
                        break;
                    }
                    moves.add(move);
                    made.put(move.factId, move.content);
                }
                carryOut(old);
                after = page.next();
            } while (after != null && !truncated);
        }

        /** Null when the episode has to stay. */
        private @Nullable Move plan(Point episode) {
            String content = MemoryRows.text(episode.payload(), EpisodicMemory.DESCRIPTION);
            long id = Ids.derive(content);
            Point present = facts.collection().get(id).get(0);
            boolean hidden = present != null && facts.isHidden(id);
            String known = present == null || hidden
                    ? made.get(id)
                    : MemoryRows.text(present.payload(), SemanticMemory.CONTENT);
            if (known != null && !known.equals(content)) {
                return null;
            }
            return new Move(episode, id, content, present, known == null);
        }

        private void carryOut(Filter old) {
            if (moves.isEmpty()) {
                return;
            }
            if (tryMove(moves)) {
                moves.forEach(this::done);
            } else {
                // something changed meanwhile: one by one, each as often as it takes, and nothing was made yet
                made.clear();
                for (Move move : moves) {
                    alone(move.episode.id(), old);
                }
            }
            moves.clear();
            made.clear();
        }

        private boolean tryMove(List<Move> all) {
            Batch batch = database.batch();
            List<Point> stored = new ArrayList<>();
            long[] gone = new long[all.size()];
            for (int i = 0; i < gone.length; i++) {
                Move move = all.get(i);
                gone[i] = move.episode.id();
                facts.ifStill(batch, move.factId, move.present);
                episodes.ifStill(batch, move.episode.id(), move.episode);
                if (move.isNew) {
                    stored.add(move.fact());
                }
            }
            if (!stored.isEmpty()) {
                batch.upsert(facts.kind().collectionName(), stored);
            }
            return batch.delete(episodes.kind().collectionName(), gone).tryCommit();
        }

        private void alone(long id, Filter old) {
            while (true) {
                Point episode = episodes.get(id);
                if (episode == null || !old.matches(id, episode.payload())) {
                    return;
                }
                Move move = plan(episode);
                if (move == null) {
                    return;
                }
                if (tryMove(List.of(move))) {
                    done(move);
                    return;
                }
            }
        }

        private void done(Move move) {
            moved++;
            Long second = episodes.expiries().clear(move.episode.id());
            if (move.isNew) {
                facts.expiries().clear(move.factId);
                if (second != null) {
                    facts.expiries().set(move.factId, second);
                }
            }
        }
    }

    /** An episode on its way to become a fact. */
    private static final class Move {
        private final Point episode;
        private final long factId;
        private final String content;
        private final @Nullable Point present;
        private final boolean isNew;

        /**
         * @param present the row that has the fact's id, which may be one that is to be forgotten
         * @param isNew whether the fact is to be stored, and not there already
         */
        Move(Point episode, long factId, String content, @Nullable Point present, boolean isNew) {
            this.episode = episode;
            this.factId = factId;
            this.content = content;
            this.present = present;
            this.isNew = isNew;
        }

        Point fact() {
            Obj known = episode.payload() == null ? Obj.EMPTY : episode.payload();
            Obj.Builder payload = Obj.builder().putAll(Obj.of(SemanticMemory.CONTENT, content));
            for (String member : List.of(EpisodicMemory.TIMESTAMP, Expiry.FIELD)) {
                Value value = known.get(member);
                if (value != null) {
                    payload.put(member, value);
                }
            }
            return new Point(factId, episode.vector(), payload.build());
        }
    }
}
