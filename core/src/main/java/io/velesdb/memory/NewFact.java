package io.velesdb.memory;

import io.velesdb.value.Obj;
import org.jspecify.annotations.Nullable;

/**
 * A fact to be stored. Immutable; the embedding is not copied.
 *
 * @param id unsigned; a fact of this id is replaced
 * @param embedding as many finite components as the memory has dimensions
 * @param metadata any members but {@code content} and those that begin with {@code _veles_} ({@code _veles_date} is
 *     allowed)
 * @param ttlSeconds seconds from now after which it is forgotten, at least 1; null to keep it
 */
public record NewFact(
        long id,
        String content,
        float[] embedding,
        Obj metadata,
        @Nullable Long ttlSeconds) {
    /** A fact without metadata that is kept. */
    public static NewFact of(long id, String content, float[] embedding) {
        return new NewFact(id, content, embedding, Obj.EMPTY, null);
    }

    /** The same fact with this metadata. */
    public NewFact withMetadata(Obj members) {
        return new NewFact(id, content, embedding, members, ttlSeconds);
    }

    /** The same fact, forgotten so many seconds after it was stored. */
    public NewFact withTtl(long seconds) {
        return new NewFact(id, content, embedding, metadata, seconds);
    }
}
