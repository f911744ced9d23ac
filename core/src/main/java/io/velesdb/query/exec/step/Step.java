package io.velesdb.query.exec.step;

import io.velesdb.index.column.RowEstimate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree that a statement runs as: EXPLAIN shows it, and running opens it. Nothing is read before it is opened.
 * Belongs to one execution.
 */
public final class Step {
    /** About how many rows a step yields. */
    @FunctionalInterface
    public interface Estimate {
        /** Null where nothing is known. */
        @Nullable
        RowEstimate rows();
    }

    /** Of a step of which it is not known how many rows it yields. */
    public static final Estimate UNKNOWN = () -> null;

    private final String operation;
    private final Supplier<String> description;
    private final Estimate estimate;
    private final List<Step> inputs;
    private final Supplier<Operator> opening;
    private final @Nullable Supplier<RowSet> rows;

    private Step(
            String operation,
            Supplier<String> description,
            Estimate estimate,
            List<Step> inputs,
            Supplier<Operator> opening,
            @Nullable Supplier<RowSet> rows) {
        this.operation = operation;
        this.description = description;
        this.estimate = estimate;
        this.inputs = inputs;
        this.opening = opening;
        this.rows = rows;
    }

    /**
     * A step over others.
     *
     * @param operation a name of section 19 where it has one for it
     * @param estimate of the rows that it yields
     * @param inputs what {@code opening} opens
     */
    public static Step of(
            String operation,
            Supplier<String> description,
            Estimate estimate,
            List<Step> inputs,
            Supplier<Operator> opening) {
        return new Step(operation, description, estimate, inputs, opening, null);
    }

    /** Makes an operator over one input. */
    @FunctionalInterface
    public interface Over {
        Operator open(Operator input);
    }

    /** A step over one other. */
    public static Step over(
            String operation,
            Supplier<String> description,
            Step input,
            Estimate estimate,
            Over opening,
            Execution execution) {
        return of(operation, description, estimate, List.of(input), () -> opening.open(input.open(execution)));
    }

    /** A step whose rows are known as a set before one of them is read. */
    public static Step ofRows(
            String operation,
            Supplier<String> description,
            Estimate estimate,
            Supplier<RowSet> rows,
            Execution execution) {
        return new Step(operation, description, estimate, List.of(), () -> new RowScan(rows.get(), execution), rows);
    }

    /** The name of the operation, of section 19 where it has one for it. */
    public String operation() {
        return operation;
    }

    /** What the operation works on, in words. */
    public String description() {
        return description.get();
    }

    /** About how many rows it yields; null where nothing is known. */
    @Nullable
    public RowEstimate estimate() {
        return estimate.rows();
    }

    /** The steps whose rows it reads. */
    public List<Step> inputs() {
        return inputs;
    }

    /** The operator that runs it, measured where the execution measures. */
    public Operator open(Execution execution) {
        Measurements measuring = execution.measurements();
        if (measuring == null) {
            return opening.get();
        }
        Supplier<RowSet> known = rows;
        return known == null ? measuring.open(this, opening) : measuring.openScan(this, known, execution);
    }

    /** Whether {@link #openRows} yields the rows. */
    public boolean isSet() {
        return rows != null;
    }

    /** The rows of a step {@link #ofRows}, for what takes a set. */
    public RowSet openRows(Execution execution) {
        Supplier<RowSet> known = rows;
        if (known == null) {
            throw new IllegalStateException(operation + " is no set of rows");
        }
        Measurements measuring = execution.measurements();
        return measuring == null ? known.get() : measuring.openRows(this, known);
    }
}
