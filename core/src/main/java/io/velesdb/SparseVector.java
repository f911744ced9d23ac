package io.velesdb;

import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sparse vector: weights at a few of 2^32 indices, which are unsigned. Immutable and always sound: indices ascend
 * (unsigned) without repetition, weights are finite and not zero. Negative weights are allowed.
 *
 * <pre>{@code
 * SparseVector terms = SparseVector.of(new int[] {905, 17}, new float[] {1.2f, 0.4f});
 * terms.index(0); // 17
 * }</pre>
 */
public final class SparseVector {
    /** Entries that a vector may be made of, zeros and repetitions included. */
    public static final int MAX_ENTRIES = 65_536;

    private static final long MAX_INDEX = 0xFFFF_FFFFL;
    private static final int MAX_INDEX_DIGITS = 10;

    private final int[] indices;
    private final float[] weights;

    private SparseVector(int[] indices, float[] weights) {
        this.indices = indices;
        this.weights = weights;
    }

    /**
     * The vector of these entries, in any order. Of a repeated index the last entry counts; then zero weights are dropped.
     *
     * @param indices unsigned, as the bits of an int
     * @param weights one per index
     * @throws VelesException VELES-030 for unequal lengths, more than {@value #MAX_ENTRIES} entries, or a weight that is
     *     not finite
     */
    public static SparseVector of(int[] indices, float[] weights) {
        checkSizes(indices.length, weights.length);
        // The index above, the place in the arguments below: of equal indices the last stands last.
        long[] order = new long[indices.length];
        for (int i = 0; i < order.length; i++) {
            if (!Float.isFinite(weights[i])) {
                throw bad("weight " + i + " is " + Json.text(weights[i]) + ": use finite numbers only");
            }
            order[i] = (long) (indices[i] ^ Integer.MIN_VALUE) << 32 | i;
        }
        Arrays.sort(order);
        int[] sorted = new int[order.length];
        float[] values = new float[order.length];
        int size = 0;
        for (int i = 0; i < order.length; i++) {
            boolean last = i + 1 == order.length || order[i] >> 32 != order[i + 1] >> 32;
            float weight = weights[(int) order[i]];
            if (last && weight != 0) {
                sorted[size] = (int) (order[i] >> 32) ^ Integer.MIN_VALUE;
                values[size++] = weight;
            }
        }
        return new SparseVector(Arrays.copyOf(sorted, size), Arrays.copyOf(values, size));
    }

    /**
     * The same of indices that may be out of range, as they come from outside.
     *
     * @throws VelesException VELES-030 as {@link #of(int[], float[])}, and for an index outside 0..2^32-1
     */
    public static SparseVector of(long[] indices, float[] weights) {
        checkSizes(indices.length, weights.length);
        int[] bits = new int[indices.length];
        for (int i = 0; i < bits.length; i++) {
            if (indices[i] < 0 || indices[i] > MAX_INDEX) {
                throw bad("index " + i + " is " + indices[i] + ": use 0 to " + MAX_INDEX);
            }
            bits[i] = (int) indices[i];
        }
        return of(bits, weights);
    }

    /**
     * The vector that stands in JSON, either as <code>{"indices": [17, 905], "values": [0.4, 1.2]}</code> or as
     * <code>{"17": 0.4, "905": 1.2}</code>.
     *
     * @throws VelesException VELES-030 for any other form, and as {@link #of(long[], float[])}
     */
    public static SparseVector fromJson(Value json) {
        if (!(json instanceof Obj object)) {
            throw bad("it is no JSON object: write {\"17\": 0.4} or {\"indices\": [17], \"values\": [0.4]}");
        }
        checkSizes(object.size(), object.size());
        if (object.get("indices") instanceof Arr indices && object.get("values") instanceof Arr weights) {
            if (object.size() > 2) {
                throw bad("there is more beside indices and values: leave it out");
            }
            checkSizes(indices.size(), weights.size());
            long[] numbers = new long[indices.size()];
            float[] values = new float[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = index(indices.get(i));
                values[i] = weight(numbers[i], weights.get(i));
            }
            return of(numbers, values);
        }
        long[] numbers = new long[object.size()];
        float[] values = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = index(object.name(i));
            values[i] = weight(numbers[i], object.value(i));
        }
        return of(numbers, values);
    }

    private static long index(Value value) {
        if (value instanceof Value.Int index) {
            return index.value();
        }
        throw bad("index " + value + " is no whole number: use 0 to " + MAX_INDEX);
    }

    private static long index(String digits) {
        long index = 0;
        boolean number = !digits.isEmpty() && digits.length() <= MAX_INDEX_DIGITS;
        for (int i = 0; number && i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            number = digit >= 0 && digit <= 9;
            index = index * 10 + digit;
        }
        if (!number) {
            throw bad("'" + digits + "' is no index: use 0 to " + MAX_INDEX);
        }
        return index;
    }

    private static float weight(long index, Value value) {
        if (value instanceof Value.Num number) {
            return (float) number.doubleValue();
        }
        throw bad("the weight of index " + index + " is " + value + ": use a number");
    }

    /** The entries as <code>{"indices": [..], "values": [..]}</code>, which {@link #fromJson} reads back the same. */
    public Obj toJson() {
        List<Value> numbers = new ArrayList<>(indices.length);
        List<Value> values = new ArrayList<>(indices.length);
        for (int i = 0; i < indices.length; i++) {
            numbers.add(Value.of(Integer.toUnsignedLong(indices[i])));
            values.add(Json.parse(Json.text(weights[i])));
        }
        return Obj.of("indices", Arr.of(numbers), "values", Arr.of(values));
    }

    private static void checkSizes(int indices, int weights) {
        if (indices != weights) {
            throw bad(indices + " indices and " + weights + " weights: give one weight per index");
        }
        if (indices > MAX_ENTRIES) {
            throw bad(indices + " entries: at most " + MAX_ENTRIES + " are allowed, keep the heaviest");
        }
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.SPARSE_INDEX, "sparse vector: " + text);
    }

    /** The number of entries. */
    public int size() {
        return indices.length;
    }

    /** The i-th index in unsigned ascending order, as the bits of an int. */
    public int index(int i) {
        return indices[i];
    }

    /** The weight of the i-th index. */
    public float weight(int i) {
        return weights[i];
    }

    /** The weight at an index, 0 where there is none. */
    public float get(int index) {
        int low = 0;
        int high = indices.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Integer.compareUnsigned(indices[middle], index);
            if (order == 0) {
                return weights[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector that
                && Arrays.equals(indices, that.indices)
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indices) + Arrays.hashCode(weights);
    }

    /** The entries as {@code {17: 0.4, 905: 1.2}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < indices.length; i++) {
            text.append(i == 0 ? "" : ", ").append(Integer.toUnsignedString(indices[i]));
            text.append(": ").append(Json.text(weights[i]));
        }
        return text.append('}').toString();
    }
}
