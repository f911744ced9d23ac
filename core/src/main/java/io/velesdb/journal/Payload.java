package io.velesdb.journal;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;

/**
 * A payload as it is stored and as it is indexed. Both forms are made once, before the change is journaled.
 *
 * @param json compact UTF-8 JSON
 * @param value the same, parsed
 */
public record Payload(byte[] json, Obj value) {
    public static Payload of(Obj value) {
        return new Payload(Json.writeUtf8(value), value);
    }
}
