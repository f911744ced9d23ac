package io.velesdb.value;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, immutable and always sound: text is valid Unicode, doubles are finite, nesting is at most {@value
 * #MAX_LEVELS} levels; whoever builds one that is not gets a {@link VelesException} at once. What is stored as a payload
 * may have fewer levels, see {@link Obj#checkStorable}.
 *
 * <p>Equality is that of the query language: numbers are one type and equal by their exact mathematical value ({@code 1}
 * equals {@code 1.0}, {@code 2^53 + 1} does not equal the double {@code 2^53}), objects are equal whatever the order of
 * their members, and there is no coercion between types. {@code hashCode} agrees with it.
 *
 * <pre>{@code
 * Value price = Value.of(9.5);
 * Obj book = Obj.of("title", "Dune", "tags", List.of("novel", "desert"), "price", price);
 * if (book.get("title") instanceof Value.Str title) {
 *     System.out.println(title.text());
 * }
 * }</pre>
 */
public sealed interface Value permits Value.Null, Value.Bool, Value.Num, Value.Str, Arr, Obj {
    /**
     * Levels of arrays and objects that a value may have; the outermost one is level 1. A request wraps payloads and
     * filters in levels of its own, so this is more than a payload may have.
     */
    int MAX_LEVELS = 512;

    /** Levels of arrays and objects that a payload may have; the payload itself is level 1. */
    int MAX_PAYLOAD_LEVELS = 128;

    Null NULL = new Null();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    /** The JSON {@code null}; a member that is not there at all is a Java {@code null} instead. */
    record Null() implements Value {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Value {
        @Override
        public String toString() {
            return value ? "true" : "false";
        }
    }

    /** A number: an integer in -2^63..2^64-1, exact, or a finite double. */
    sealed interface Num extends Value permits Int, UInt, Dbl {
        /** The nearest double. */
        double doubleValue();
    }

    /** An integer in -2^63..2^63-1. */
    record Int(long value) implements Num {
        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Int that
                    ? value == that.value
                    : other instanceof Num n && Numbers.compare(this, n) == 0;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(value);
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /**
     * An integer in 2^63..2^64-1.
     *
     * @param bits the value as an unsigned number, so negative when read as signed
     */
    record UInt(long bits) implements Num {
        public UInt {
            if (bits >= 0) {
                throw new IllegalArgumentException("UInt holds 2^63 and more, use Value.ofUnsigned: " + bits);
            }
        }

        @Override
        public double doubleValue() {
            return Numbers.unsignedToDouble(bits);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Num n && Numbers.compare(this, n) == 0;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(bits);
        }

        @Override
        public String toString() {
            return Long.toUnsignedString(bits);
        }
    }

    /** A finite double; {@code -0.0} keeps its sign and equals {@code 0}. */
    record Dbl(double value) implements Num {
        public Dbl {
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new VelesException(
                        ErrorCode.OVERFLOW, "number " + value + " is not finite: JSON has finite numbers only");
            }
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Num n && Numbers.compare(this, n) == 0;
        }

        @Override
        public int hashCode() {
            return Numbers.hash(value);
        }

        @Override
        public String toString() {
            return Json.text(value);
        }
    }

    /** A string of valid Unicode. */
    record Str(String text) implements Value {
        public Str {
            checkText(text);
        }

        @Override
        public String toString() {
            return Json.write(this);
        }
    }

    static Value of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Value of(long value) {
        return new Int(value);
    }

    /**
     * A double stays a double: {@code Value.of(1.0)} is written {@code 1.0}.
     *
     * @throws VelesException VELES-023 when it is NaN or infinite
     */
    static Value of(double value) {
        return new Dbl(value);
    }

    /** @throws VelesException VELES-017 when the text has a lone surrogate */
    static Value of(String text) {
        return new Str(text);
    }

    /** The integer 0..2^64-1 whose 64 bits are {@code bits}. */
    static Value ofUnsigned(long bits) {
        return bits < 0 ? new UInt(bits) : new Int(bits);
    }

    /**
     * The value of a plain Java object: {@code null}, {@code Boolean}, a number ({@code Float} as the double that equals
     * it), text, an {@code Iterable} or array of such, a {@code Map} with text keys, or a {@code Value}.
     *
     * @throws VelesException VELES-017 for any other class, more than {@value #MAX_LEVELS} levels or text that is not
     *     valid Unicode; VELES-023 for a number out of range
     */
    static Value of(@Nullable Object object) {
        return of(object, 0);
    }

    private static Value of(@Nullable Object object, int depth) {
        if (object == null) {
            return NULL;
        }
        if (object instanceof Value value) {
            return value;
        }
        if (object instanceof CharSequence text) {
            return new Str(text.toString());
        }
        if (object instanceof Boolean flag) {
            return of(flag.booleanValue());
        }
        if (object instanceof Number number) {
            return ofNumber(number);
        }
        if (object instanceof Character c) {
            return new Str(c.toString());
        }
        if (depth >= MAX_LEVELS) {
            throw tooDeep();
        }
        if (object instanceof Map<?, ?> map) {
            Obj.Builder members = Obj.builder();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                if (!(member.getKey() instanceof CharSequence name)) {
                    throw new VelesException(
                            ErrorCode.SCHEMA_VALIDATION,
                            "member name " + member.getKey() + " is not text: the names of a JSON object are text");
                }
                members.put(name.toString(), of(member.getValue(), depth + 1));
            }
            return members.build();
        }
        List<Value> elements = new ArrayList<>();
        if (object instanceof Iterable<?> items) {
            for (Object item : items) {
                elements.add(of(item, depth + 1));
            }
        } else if (object instanceof Object[] items) {
            for (Object item : items) {
                elements.add(of(item, depth + 1));
            }
        } else if (object instanceof int[] items) {
            for (int item : items) {
                elements.add(new Int(item));
            }
        } else if (object instanceof long[] items) {
            for (long item : items) {
                elements.add(new Int(item));
            }
        } else if (object instanceof double[] items) {
            for (double item : items) {
                elements.add(new Dbl(item));
            }
        } else if (object instanceof float[] items) {
            for (float item : items) {
                elements.add(new Dbl(item));
            }
        } else {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "a " + object.getClass().getName()
                            + " is not a JSON value: use null, Boolean, a number, text, a list, a map or a Value");
        }
        return Arr.of(elements);
    }

    private static Value ofNumber(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return new Int(number.longValue());
        }
        if (number instanceof Double || number instanceof Float) {
            return new Dbl(number.doubleValue());
        }
        if (number instanceof BigInteger big) {
            if (big.bitLength() <= 63) {
                return new Int(big.longValue());
            }
            if (big.bitLength() == 64 && big.signum() > 0) {
                return new UInt(big.longValue());
            }
            throw Numbers.integerOutOfRange(big.bitLength() < 1000 ? big.toString() : big.bitLength() + " bits long");
        }
        throw new VelesException(
                ErrorCode.SCHEMA_VALIDATION,
                "a " + number.getClass().getName() + " is not a JSON value: use long, double or BigInteger");
    }

    /**
     * The total order of sorting: missing (a Java {@code null}) before null, false, true, numbers, strings (by code
     * points), arrays, objects. Arrays tie with arrays and objects with objects, so 0 does not mean equal there.
     */
    static int compare(@Nullable Value a, @Nullable Value b) {
        if (a instanceof Num x && b instanceof Num y) {
            return Numbers.compare(x, y);
        }
        if (a instanceof Str x && b instanceof Str y) {
            return Utf8.compare(x.text, y.text);
        }
        return Integer.compare(rank(a), rank(b));
    }

    private static int rank(@Nullable Value value) {
        if (value == null) {
            return 0;
        }
        return switch (value) {
            case Null v -> 1;
            case Bool v -> v.value ? 3 : 2;
            case Num v -> 4;
            case Str v -> 5;
            case Arr v -> 6;
            case Obj v -> 7;
        };
    }

    /** Levels of arrays and objects: 0 for a scalar. */
    private static int levels(Value value) {
        return value instanceof Arr array ? array.levels() : value instanceof Obj object ? object.levels() : 0;
    }

    /** The levels of a container around {@code elements}. */
    static int levelsAround(Iterable<Value> elements) {
        int deepest = 0;
        for (Value element : elements) {
            deepest = Math.max(deepest, levels(element));
        }
        if (deepest >= MAX_LEVELS) {
            throw tooDeep();
        }
        return deepest + 1;
    }

    static VelesException tooDeep() {
        return new VelesException(
                ErrorCode.SCHEMA_VALIDATION,
                "the value has more than " + MAX_LEVELS + " levels of arrays and objects: flatten it");
    }

    /**
     * Does nothing for valid Unicode.
     *
     * @throws VelesException VELES-017 when the text has a lone surrogate
     */
    static void checkText(String text) {
        int lone = Utf8.loneSurrogate(text);
        if (lone >= 0) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "text has a lone surrogate at character " + lone + ": only valid Unicode can be stored");
        }
    }
}
