package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.journal.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One writer's request on its way through a group commit. Made by the caller, completed by the group's leader. */
public final class Write {
    /** Turns a request into operations, checked against the state that they will be applied to. */
    @FunctionalInterface
    interface Plan {
        /** @throws VelesException when the request cannot be carried out */
        List<Operation> against(DatabaseSnapshot state);
    }

    private final Plan plan;
    private final boolean exclusive;
    private List<Operation> operations = List.of();
    private long affected;
    private boolean applied;
    private @Nullable VelesException failure;

    private Write(Plan plan, boolean exclusive) {
        this.plan = plan;
        this.exclusive = exclusive;
    }

    /** A write whose operations need no knowledge of the other writes of its group. */
    static Write shared(Plan plan) {
        return new Write(plan, false);
    }

    /** A write that must see everything before it applied, and goes into a group of its own. */
    static Write exclusive(Plan plan) {
        return new Write(plan, true);
    }

    boolean isExclusive() {
        return exclusive;
    }

    void planAgainst(DatabaseSnapshot state) {
        operations = plan.against(state);
    }

    List<Operation> operations() {
        return operations;
    }

    void addAffected(long rows) {
        affected += rows;
    }

    /** From now on it has happened, whatever becomes of the writes beside it. */
    void applied() {
        applied = true;
    }

    /** Marks the write as failed, unless it has happened; its caller gets {@code cause} from {@link #result}. */
    public void fail(VelesException cause) {
        if (!applied) {
            failure = cause;
        }
    }

    /**
     * Rows written or really deleted.
     *
     * @throws VelesException why nothing of this write happened
     */
    long result() {
        VelesException cause = failure;
        if (cause != null) {
            // a fresh exception per caller: the stack then shows the caller and not the group's leader alone
            throw new VelesException(cause);
        }
        if (!applied) {
            // where memory is too short even for the failure
            throw new VelesException(ErrorCode.INTERNAL, "a write did not happen, and left no reason: try it again");
        }
        return affected;
    }
}
