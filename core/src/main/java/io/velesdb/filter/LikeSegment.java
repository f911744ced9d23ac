package io.velesdb.filter;

import io.velesdb.value.CaseFolding;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between two runs of a pattern: code points, each given or any. Positions are those of UTF-16 units in a
 * valid string. Immutable.
 *
 * <p>Without wildcards a segment is found by the algorithm of Knuth, Morris and Pratt, in linear time. With them it is
 * found by Shift-And (Baeza-Yates and Gonnet 1992): one bit per place of the segment, set while the text read so far ends
 * in that many of its characters, 64 of them advanced at once.
 */
final class LikeSegment {
    /** Stands for any one code point. */
    static final int ANY = -1;

    private final int[] points;
    private final boolean fold;
    /** Per place, the length of the longest proper prefix that ends there; absent when there are wildcards. */
    private final int @Nullable [] failure;
    /** With wildcards: the given code points, ascending and once each. */
    private final int[] alphabet;
    /** With wildcards: the places where each of the alphabet fits and, last, where every code point fits. */
    private final long[][] places;

    /** The segment points[0..count); given code points are folded already when {@code fold}. */
    LikeSegment(int[] points, int count, boolean fold) {
        this.points = Arrays.copyOf(points, count);
        this.fold = fold;
        boolean wild = false;
        for (int point : this.points) {
            wild |= point == ANY;
        }
        this.failure = wild ? null : failure(this.points);
        this.alphabet = wild ? alphabet(this.points) : new int[0];
        this.places = wild ? places(this.points, alphabet) : new long[0][];
    }

    private static int[] failure(int[] points) {
        int[] failure = new int[points.length];
        int length = 0;
        for (int i = 1; i < points.length; i++) {
            while (length > 0 && points[i] != points[length]) {
                length = failure[length - 1];
            }
            if (points[i] == points[length]) {
                length++;
            }
            failure[i] = length;
        }
        return failure;
    }

    private static int[] alphabet(int[] points) {
        int[] sorted = Arrays.copyOf(points, points.length);
        Arrays.sort(sorted);
        int size = 0;
        for (int point : sorted) {
            if (point != ANY && (size == 0 || sorted[size - 1] != point)) {
                sorted[size++] = point;
            }
        }
        return Arrays.copyOf(sorted, size);
    }

    private static long[][] places(int[] points, int[] alphabet) {
        long[][] places = new long[alphabet.length + 1][(points.length + 63) / 64];
        for (int i = 0; i < points.length; i++) {
            if (points[i] == ANY) {
                for (long[] every : places) {
                    every[i >> 6] |= 1L << i;
                }
            } else {
                places[Arrays.binarySearch(alphabet, points[i])][i >> 6] |= 1L << i;
            }
        }
        return places;
    }

    /** Adds the runs of given code points. */
    void addLiterals(List<String> literals) {
        StringBuilder run = new StringBuilder();
        for (int point : points) {
            if (point != ANY) {
                run.appendCodePoint(point);
            } else if (run.length() > 0) {
                literals.add(run.toString());
                run.setLength(0);
            }
        }
        if (run.length() > 0) {
            literals.add(run.toString());
        }
    }

    /** The position behind this segment when it stands at {@code from} and ends by {@code to}, else -1. */
    int matchAt(String text, int from, int to) {
        int at = from;
        for (int wanted : points) {
            if (at >= to) {
                return -1;
            }
            int point = text.codePointAt(at);
            if (wanted != ANY && wanted != folded(point)) {
                return -1;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** The position of this segment when it ends at {@code to} and begins at {@code from} or later, else -1. */
    int matchBefore(String text, int to, int from) {
        int at = to;
        for (int i = points.length - 1; i >= 0; i--) {
            if (at <= from) {
                return -1;
            }
            int point = text.codePointBefore(at);
            if (points[i] != ANY && points[i] != folded(point)) {
                return -1;
            }
            at -= Character.charCount(point);
        }
        return at;
    }

    /** The position behind the leftmost occurrence within [from, to), or -1. */
    int find(String text, int from, int to) {
        if (points.length == 0) {
            return from;
        }
        return failure != null ? findPlain(text, from, to, failure) : findWild(text, from, to);
    }

    private int findPlain(String text, int from, int to, int[] back) {
        int matched = 0;
        for (int at = from; at < to; ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int found = folded(point);
            while (matched > 0 && found != points[matched]) {
                matched = back[matched - 1];
            }
            if (found == points[matched] && ++matched == points.length) {
                return at;
            }
        }
        return -1;
    }

    private int findWild(String text, int from, int to) {
        int last = points.length - 1;
        long[] reached = new long[places[0].length];
        for (int at = from; at < to; ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int letter = Arrays.binarySearch(alphabet, folded(point));
            long[] fits = places[letter < 0 ? alphabet.length : letter];
            long carry = 1;
            for (int w = 0; w < reached.length; w++) {
                long out = reached[w] >>> 63;
                reached[w] = (reached[w] << 1 | carry) & fits[w];
                carry = out;
            }
            if ((reached[last >> 6] >>> last & 1) != 0) {
                return at;
            }
        }
        return -1;
    }

    private int folded(int point) {
        return fold ? CaseFolding.fold(point) : point;
    }
}
