package io.velesdb.index.text;

import io.velesdb.TextQuery;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a query is to fields that are analysed alike. Its tokens have places by which those of other analyses are told to stand for
 * the same words: the run of letters that they come from, and which token of it they are. Belongs to one query.
 */
final class QueryPart {
    /** The place of the beginning of a word; after all others. */
    static final long PREFIX = Long.MAX_VALUE;

    private record Token(byte[] bytes, long position) {}

    private final Analyzer analyzer;
    private final int @Nullable [] fields;
    private final TreeMap<Long, Token> tokens = new TreeMap<>();

    /** @param fields the numbers of these fields, ascending; null for all that there are */
    QueryPart(Analyzer analyzer, int @Nullable [] fields) {
        this.analyzer = analyzer;
        this.fields = fields;
    }

    int @Nullable [] fields() {
        return fields;
    }

    void read(TextQuery query) {
        Analyzer.Sink sink = (bytes, length, position) -> {
            long run = (long) analyzer.run() << 32;
            Long before = tokens.lowerKey(run + (1L << 32));
            tokens.put(
                    before == null || before < run ? run : before + 1,
                    new Token(Arrays.copyOf(bytes, length), position));
        };
        if (!(query instanceof TextQuery.Prefix)) {
            analyzer.analyze(query.text(), 0, sink);
        } else if (analyzer.analyzePrefix(query.text(), sink)) {
            tokens.put(PREFIX, tokens.pollLastEntry().getValue());
        }
    }

    /** Where this part has tokens, ascending. */
    Set<Long> places() {
        return tokens.keySet();
    }

    /** The UTF-8 of the token at a place, or null. */
    byte @Nullable [] token(long place) {
        Token token = tokens.get(place);
        return token == null ? null : token.bytes;
    }

    /** Positions from the first token to the last one; 0 without tokens. */
    long span() {
        return tokens.isEmpty()
                ? 0
                : tokens.lastEntry().getValue().position - tokens.firstEntry().getValue().position + 1;
    }

    /** By token, its distance from the first one. */
    long[] offsets() {
        long first = tokens.firstEntry().getValue().position;
        return tokens.values().stream()
                .mapToLong(token -> token.position - first)
                .toArray();
    }
}
