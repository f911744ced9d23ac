package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What arguments mean. */
final class Arguments {
    private Arguments() {}

    /**
     * An id: its digits, or any other text, from which the engine derives one. What looks like a number but is none that an
     * id can have is refused, because it is a slip.
     */
    static long id(String text) {
        return text.matches("[-+]?[0-9][0-9.]*") ? Ids.parse(text) : Ids.derive(text);
    }

    static long[] ids(String[] texts) {
        long[] ids = new long[texts.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(texts[i]);
        }
        return ids;
    }

    /**
     * The value of an option that is written as JSON.
     *
     * @param example what it might have been
     */
    static <T> T parsed(String option, String text, String example, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (VelesException e) {
            if (e.code() != ErrorCode.SERIALIZATION) {
                throw e;
            }
            String message = e.getMessage();
            String what = message == null ? "" : message.replaceFirst("^\\[VELES-[0-9]+] ", "");
            throw new VelesException(
                    ErrorCode.SERIALIZATION,
                    option + " is '" + text + "', no JSON (" + what + "): write it as in " + option + " '" + example
                            + "'",
                    e);
        }
    }

    /** A JSON array of numbers. */
    static float[] vector(String json) {
        if (!(parsed("--vector", json, "[0.5,1]", Json::parse) instanceof Arr numbers)) {
            throw new VelesException(
                    ErrorCode.INVALID_VECTOR, "--vector is not a JSON array of numbers, such as [0.5,1]");
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Value.Num number)) {
                throw new VelesException(
                        ErrorCode.INVALID_VECTOR,
                        "--vector has " + numbers.get(i) + " at place " + i + ", not a number");
            }
            vector[i] = (float) number.doubleValue();
        }
        return vector;
    }

    /** A point as every command shows it. */
    static Obj json(Point point, boolean withVector) {
        Obj.Builder members = Obj.builder().put("id", Ids.toValue(point.id()));
        if (withVector && point.vector() != null) {
            members.put("vector", Output.vector(point.vector()));
        }
        if (withVector && !point.sparse().isEmpty()) {
            Obj.Builder vectors = Obj.builder();
            point.sparse().forEach((name, vector) -> vectors.put(name, vector.toJson()));
            members.put("sparse_vectors", vectors.build());
        }
        return members.put("payload", payload(point.payload())).build();
    }

    /** A point as a row of a table: the members of its payload beside the id. */
    static Obj row(Point point) {
        Obj.Builder members = Obj.builder().put("id", Ids.toValue(point.id()));
        return merge(members, point.payload()).build();
    }

    /** Adds the payload's members; one that has the name of a column before it gives way. */
    static Obj.Builder merge(Obj.Builder row, @Nullable Obj payload) {
        Obj columns = row.build();
        Obj.Builder merged = Obj.builder().putAll(columns);
        for (int i = 0; payload != null && i < payload.size(); i++) {
            String name = payload.name(i);
            merged.put(columns.has(name) ? "payload." + name : name, payload.value(i));
        }
        return merged;
    }

    static Value payload(@Nullable Obj payload) {
        return payload == null ? Value.NULL : payload;
    }
}
