package io.velesdb.query.exec.expression;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Select;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of operands in one run: literals, parameters, the time, subqueries. */
public final class Operands {
    private final Obj parameters;
    private final long nowSeconds;
    private final Function<Select, Value> subqueries;
    private final boolean bound;
    private final List<Known> known = new ArrayList<>();
    private boolean guessed;

    /** The value of a subquery that has run. */
    private record Known(Select subquery, Value value) {}

    /** @param subqueries runs a subquery and yields its value */
    public Operands(Obj parameters, long nowSeconds, Function<Select, Value> subqueries) {
        this(parameters, nowSeconds, subqueries, true);
    }

    private Operands(Obj parameters, long nowSeconds, Function<Select, Value> subqueries, boolean bound) {
        this.bound = bound;
        this.parameters = parameters;
        this.nowSeconds = nowSeconds;
        this.subqueries = subqueries;
    }

    /** For a statement that is explained and not run: null in place of subqueries and of parameters without a value. */
    public static Operands unbound(Obj parameters, long nowSeconds) {
        return new Operands(parameters, nowSeconds, subquery -> Value.NULL, false);
    }

    /** Whether null was given in place of a value that is not known. */
    public boolean guessed() {
        return guessed;
    }

    /**
     * The value of an operand that stands for a scalar.
     *
     * @throws VelesException VELES-010 when a parameter is absent or no scalar
     */
    public Value scalar(Operand operand) {
        Value value = any(operand);
        if (value instanceof Arr || value instanceof Obj) {
            throw Refusal.unrunnable(
                    operand.position(),
                    what(operand) + " is " + Json.excerpt(value)
                            + ": a number, a string, a boolean or null belongs here");
        }
        return value;
    }

    /** The value of an operand that is stored: any JSON value. */
    public Value any(Operand operand) {
        return switch (operand) {
            case Literal literal -> literal.value();
            case Operand.Parameter parameter -> parameter(parameter);
            case Operand.Temporal temporal -> Value.of(seconds(temporal));
            case Operand.Subquery subquery -> {
                guessed |= !bound;
                yield valueOf(subquery.select());
            }
            case Operand.VectorLiteral vector -> vector.components();
            case Operand.SparseLiteral sparse -> sparseObject(sparse);
        };
    }

    /** Runs a subquery the first time that its value is asked for, as no subquery reads the rows around it. */
    @SuppressWarnings("ReferenceEquality") // the same place in the statement, not an equal subquery
    private Value valueOf(Select subquery) {
        for (Known one : known) {
            if (one.subquery() == subquery) {
                return one.value();
            }
        }
        Value value = subqueries.apply(subquery);
        known.add(new Known(subquery, value));
        return value;
    }

    private Value parameter(Operand.Parameter parameter) {
        Value value = parameters.get(parameter.name());
        if (value == null && !bound) {
            guessed = true;
            return Value.NULL;
        }
        if (value == null) {
            throw Refusal.unrunnable(
                    parameter.position(), "the parameter $" + parameter.name() + " has no value: pass one");
        }
        return value;
    }

    private long seconds(Operand.Temporal temporal) {
        return switch (temporal) {
            case Operand.Now now -> nowSeconds;
            case Operand.Interval interval -> interval.seconds();
            case Operand.TemporalSum sum -> {
                long left = seconds(sum.left());
                long right = seconds(sum.right());
                try {
                    yield sum.operator() == Arithmetic.Operator.SUBTRACT
                            ? Math.subtractExact(left, right)
                            : Math.addExact(left, right);
                } catch (ArithmeticException e) {
                    throw Refusal.unrunnable(sum.position(), "the time is out of range: seconds are 64-bit integers");
                }
            }
        };
    }

    /**
     * A dense query vector.
     *
     * @throws VelesException VELES-010 when a parameter is absent or no array of numbers, VELES-005 for a number that no
     *     float holds
     */
    public float[] vector(Operand.VectorOperand operand) {
        Value value = any(operand);
        if (!(value instanceof Arr array) || array.size() == 0) {
            throw Refusal.unrunnable(
                    operand.position(),
                    what(operand) + " is " + Json.excerpt(value) + ": an array of numbers belongs here");
        }
        float[] vector = floats(array);
        if (vector == null) {
            throw Refusal.unrunnable(
                    operand.position(),
                    what(operand) + " is " + Json.excerpt(value) + ": an array of numbers belongs here");
        }
        checkFinite(operand.position(), what(operand), vector);
        return vector;
    }

    /**
     * @param what the vector is, for the message
     * @throws VelesException VELES-005 when a component is no finite number
     */
    public static void checkFinite(Position at, String what, float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw Refusal.failed(
                        at,
                        ErrorCode.INVALID_VECTOR,
                        what + " has a number at position " + i
                                + " that is too large for a 32-bit float: use finite numbers");
            }
        }
    }

    /** The floats nearest to the numbers of an array; null when something in it is no number. */
    public static float @Nullable [] floats(Arr array) {
        float[] vector = new float[array.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(array.get(i) instanceof Value.Num number)) {
                return null;
            }
            vector[i] = (float) number.doubleValue();
        }
        return vector;
    }

    /** A sparse literal as the object that a parameter would be; of a repeated index the last entry counts. */
    private static Obj sparseObject(Operand.SparseLiteral sparse) {
        TreeMap<Long, Value> terms = new TreeMap<>();
        for (Operand.SparseTerm term : sparse.terms()) {
            terms.put(term.index(), term.weight());
        }
        Obj.Builder object = Obj.builder();
        terms.forEach((index, weight) -> object.put(Long.toString(index), weight));
        return object.build();
    }

    private static String what(Operand operand) {
        return operand instanceof Operand.Parameter parameter ? "the parameter $" + parameter.name() : "the value";
    }
}
