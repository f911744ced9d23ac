package io.velesdb;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ANALYZE} found in one field. Null, boolean, number and string are the values that are counted; arrays and
 * objects only are not null. Of a field with more than 20,000 strings that are long or hardly repeat, least, greatest and
 * histogram are those of an evenly spread sample. Strings are cut to 256 characters here.
 *
 * @param nullCount rows in which the field is null or missing
 * @param distinctCount distinct values other than null
 * @param least the least value in the order of sorting; null when there is none
 * @param greatest the greatest value; null when there is none
 * @param averageBytes mean size of a value that is not null: 8 for a number, 1 for a boolean, the UTF-8 length of a string
 * @param histogram at most 64 buckets of about as many rows each, ascending, over all values other than null
 */
public record FieldStatistics(
        long nullCount,
        long distinctCount,
        @Nullable Value least,
        @Nullable Value greatest,
        double averageBytes,
        List<Bucket> histogram) {
    /** The most buckets of a histogram. */
    public static final int MAX_BUCKETS = 64;

    public FieldStatistics {
        histogram = List.copyOf(histogram);
    }

    /**
     * Values that are neighbours in the order of sorting.
     *
     * @param least the least value in it
     * @param greatest the greatest value in it, which is below the least of the next bucket
     * @param rows rows that have one of its values
     * @param distinct distinct values in it
     */
    public record Bucket(Value least, Value greatest, long rows, long distinct) {}

    /** The rows that have a value other than null, arrays and objects left out. */
    public long rows() {
        long sum = 0;
        for (Bucket bucket : histogram) {
            sum += bucket.rows();
        }
        return sum;
    }

    /** The form of the statistics response: see {@link CollectionStatistics#toJson}. */
    Obj toJson(String name) {
        Obj.Builder json = Obj.builder();
        json.put("name", Value.of(name));
        json.put("null_count", Value.of(nullCount));
        json.put("distinct_count", Value.of(distinctCount));
        if (least != null && greatest != null) {
            json.put("min_value", least);
            json.put("max_value", greatest);
        }
        json.put("avg_size_bytes", Value.of(averageBytes));
        if (!histogram.isEmpty()) {
            List<Value> buckets = new ArrayList<>(histogram.size());
            for (Bucket bucket : histogram) {
                buckets.add(Obj.of(
                        "lower", bucket.least(),
                        "upper", bucket.greatest(),
                        "count", bucket.rows(),
                        "distinct_count", bucket.distinct()));
            }
            json.put("histogram_buckets", Arr.of(buckets));
        }
        return json.build();
    }

    static FieldStatistics fromJson(Obj json) {
        List<Bucket> histogram = new ArrayList<>();
        if (json.get("histogram_buckets") instanceof Arr buckets) {
            for (Value element : buckets) {
                if (!(element instanceof Obj bucket)) {
                    throw CollectionStatistics.damaged("histogram_buckets");
                }
                Value lower = bucket.get("lower");
                Value upper = bucket.get("upper");
                if (lower == null || upper == null || histogram.size() == MAX_BUCKETS) {
                    throw CollectionStatistics.damaged("histogram_buckets");
                }
                histogram.add(new Bucket(
                        lower,
                        upper,
                        CollectionStatistics.count(bucket, "count"),
                        CollectionStatistics.count(bucket, "distinct_count")));
            }
        }
        if (!(json.get("avg_size_bytes") instanceof Value.Num average)) {
            throw CollectionStatistics.damaged("avg_size_bytes");
        }
        return new FieldStatistics(
                CollectionStatistics.count(json, "null_count"),
                CollectionStatistics.count(json, "distinct_count"),
                json.get("min_value"),
                json.get("max_value"),
                average.doubleValue(),
                histogram);
    }
}
