package io.velesdb.embedder;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an embedding service answers: {@code {"data": [{"index": 0, "embedding": [...]}, ...]}}. Everything is
 * checked, because a service that answers something else is the usual mistake of configuration.
 */
final class EmbeddingAnswer {
    private EmbeddingAnswer() {}

    /**
     * The unit-length vectors in the order of the texts.
     *
     * @param texts how many texts were sent
     * @throws VelesException {@code VELES-012} saying what is wrong with the answer
     */
    static List<float[]> vectors(byte[] body, int texts) {
        if (!(parse(body) instanceof Obj answer && answer.get("data") instanceof Arr data)) {
            throw unreadable("it has no array 'data'");
        }
        if (data.size() != texts) {
            throw unreadable("it has " + data.size() + " vectors for " + texts + " texts");
        }
        float[] @Nullable [] vectors = new float[texts][];
        for (int i = 0; i < texts; i++) {
            if (!(data.get(i) instanceof Obj entry)) {
                throw unreadable("data[" + i + "] is not an object");
            }
            int place = place(entry, i, texts);
            if (vectors[place] != null) {
                throw unreadable("index " + place + " comes twice");
            }
            vectors[place] = vector(entry, i);
        }
        return checked(vectors);
    }

    private static Value parse(byte[] body) {
        try {
            return Json.parse(body, 0, body.length);
        } catch (VelesException e) {
            throw unreadable("it is not JSON but '" + start(body) + "'");
        }
    }

    /** The service's own words about a failure, or the start of its answer, or nothing. */
    static String complaint(byte[] body) {
        try {
            if (Json.parse(body, 0, body.length) instanceof Obj answer) {
                if (answer.get("error") instanceof Obj error && error.text("message") instanceof String message) {
                    return oneLine(message);
                }
                if (answer.text("error") instanceof String message) {
                    return oneLine(message);
                }
            }
        } catch (VelesException e) {
            return start(body); // not JSON
        }
        return start(body);
    }

    private static String start(byte[] body) {
        return oneLine(new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.UTF_8));
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static int place(Obj entry, int position, int texts) {
        Value index = entry.get("index");
        if (index == null) {
            return position;
        }
        if (index instanceof Value.Int number && number.value() >= 0 && number.value() < texts) {
            return (int) number.value();
        }
        throw unreadable("data[" + position + "].index is " + index);
    }

    private static float[] vector(Obj entry, int position) {
        if (!(entry.get("embedding") instanceof Arr numbers) || numbers.size() == 0) {
            throw unreadable("data[" + position + "].embedding is not an array of numbers");
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Value.Num number)) {
                throw unreadable("data[" + position + "].embedding[" + i + "] is not a number");
            }
            vector[i] = (float) number.doubleValue();
        }
        if (!UnitLength.scale(vector)) {
            throw unreadable("data[" + position + "].embedding has no direction: all zero, or too large");
        }
        return vector;
    }

    private static List<float[]> checked(float[] @Nullable [] vectors) {
        List<float[]> list = new ArrayList<>(vectors.length);
        for (float[] vector : vectors) {
            if (vector == null) {
                throw unreadable("a vector is missing");
            }
            if (!list.isEmpty() && vector.length != list.getFirst().length) {
                throw unreadable(
                        "its vectors have " + list.getFirst().length + " and " + vector.length + " components");
            }
            list.add(vector);
        }
        return list;
    }

    private static VelesException unreadable(String why) {
        return new VelesException(
                ErrorCode.SERIALIZATION,
                "the embedding service's answer cannot be used: " + why
                        + "; check that its url ends where /embeddings follows");
    }
}
