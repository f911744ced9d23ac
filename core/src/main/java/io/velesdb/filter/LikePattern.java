package io.velesdb.filter;

import io.velesdb.value.CaseFolding;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over whole strings: {@code %} is any run of characters, the empty one included, {@code _} exactly one, a
 * backslash makes the next character literal, and a single backslash at the end stands for itself. Characters are Unicode
 * code points. Immutable and thread-safe.
 *
 * <p>The runs cut the pattern into segments. The first and the last are held against the two ends of the text; each one
 * between is found at its leftmost place behind the one before, which is never worse than a later place, so nothing is
 * ever tried twice.
 */
public final class LikePattern {
    private final String text;
    private final boolean ignoresCase;
    /** The segments between the runs: one when there is no run. */
    private final LikeSegment[] segments;

    private LikePattern(String text, boolean ignoresCase) {
        Value.checkText(text);
        this.text = text;
        this.ignoresCase = ignoresCase;
        this.segments = compile(text, ignoresCase);
    }

    /** A pattern that keeps case. */
    public static LikePattern of(String text) {
        return new LikePattern(text, false);
    }

    /** A pattern held against texts by Unicode simple case folding of both. */
    public static LikePattern ignoringCase(String text) {
        return new LikePattern(text, true);
    }

    /** The pattern as written. */
    public String text() {
        return text;
    }

    public boolean ignoresCase() {
        return ignoresCase;
    }

    private static LikeSegment[] compile(String text, boolean fold) {
        List<LikeSegment> segments = new ArrayList<>();
        int[] points = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '%') {
                segments.add(new LikeSegment(points, count, fold));
                count = 0;
                continue;
            }
            if (point == '_') {
                point = LikeSegment.ANY;
            } else {
                if (point == '\\' && i < text.length()) {
                    point = text.codePointAt(i);
                    i += Character.charCount(point);
                }
                point = fold ? CaseFolding.fold(point) : point;
            }
            points[count++] = point;
        }
        segments.add(new LikeSegment(points, count, fold));
        return segments.toArray(new LikeSegment[0]);
    }

    /**
     * Runs of given characters that stand in every text that fits, in order; case folded when case is ignored. Runs are
     * cut at every wildcard.
     */
    public List<String> literals() {
        List<String> literals = new ArrayList<>();
        for (LikeSegment segment : segments) {
            segment.addLiterals(literals);
        }
        return literals;
    }

    /** Whether the whole of {@code candidate} fits. */
    public boolean matches(String candidate) {
        int end = candidate.length();
        int at = segments[0].matchAt(candidate, 0, end);
        if (at < 0) {
            return false;
        }
        int last = segments.length - 1;
        if (last == 0) {
            return at == end;
        }
        int tail = segments[last].matchBefore(candidate, end, at);
        if (tail < 0) {
            return false;
        }
        for (int i = 1; i < last && at >= 0; i++) {
            at = segments[i].find(candidate, at, tail);
        }
        return at >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LikePattern that && text.equals(that.text) && ignoresCase == that.ignoresCase;
    }

    @Override
    public int hashCode() {
        return text.hashCode() * 2 + (ignoresCase ? 1 : 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
