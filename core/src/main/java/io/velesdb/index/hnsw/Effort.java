package io.velesdb.index.hnsw;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Locale;

/**
 * How hard a search tries: the presets that every surface publishes, or an explicit number.
 *
 * <pre>
 *   fast        ef max(96, 3k)     times min(2, sqrt(n/10000)) above 10,000 rows
 *   balanced    ef max(160, 5k)    the same
 *   accurate    ef max(512, 16k)   the same
 *   perfect     exact scan
 *   custom:N    ef max(N, k), N in 1..65536
 *   adaptive:a:b   ef max(a, k), doubled until the answer repeats or b is reached; bare: 32, 512
 *   autotune    adaptive with bounds by size and dimension
 * </pre>
 *
 * @param kind the preset
 * @param least the N of custom, the a of adaptive, else 0
 * @param most the b of adaptive, else 0
 */
public record Effort(Kind kind, int least, int most) {
    public static final Effort FAST = new Effort(Kind.FAST, 0, 0);
    public static final Effort BALANCED = new Effort(Kind.BALANCED, 0, 0);
    public static final Effort ACCURATE = new Effort(Kind.ACCURATE, 0, 0);
    public static final Effort PERFECT = new Effort(Kind.PERFECT, 0, 0);
    public static final Effort AUTOTUNE = new Effort(Kind.AUTOTUNE, 0, 0);

    /** Whatever the database is set to ({@code search.default_mode}); balanced where nothing is set. */
    public static final Effort USUAL = new Effort(Kind.USUAL, 0, 0);

    private static final int LARGEST = 65536;
    private static final String REMEDY =
            ": use fast, balanced, accurate, perfect, autotune, custom:N or adaptive:A:B with numbers from 1 to "
                    + LARGEST;

    /** The presets. */
    public enum Kind {
        FAST,
        BALANCED,
        ACCURATE,
        PERFECT,
        CUSTOM,
        ADAPTIVE,
        AUTOTUNE,
        USUAL
    }

    /**
     * An explicit ef.
     *
     * @throws VelesException VELES-010 outside 1..65536
     */
    public static Effort custom(int ef) {
        return new Effort(Kind.CUSTOM, inRange(ef), 0);
    }

    /**
     * Doubles ef from {@code least} to {@code most} until the answer repeats.
     *
     * @throws VelesException VELES-010 outside 1..65536, or when {@code most} is below {@code least}
     */
    public static Effort adaptive(int least, int most) {
        if (most < least) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "search quality adaptive:" + least + ":" + most + " ends below its start" + REMEDY);
        }
        return new Effort(Kind.ADAPTIVE, inRange(least), inRange(most));
    }

    /**
     * Reads a preset's name, in any case.
     *
     * @throws VelesException VELES-010 for anything else
     */
    public static Effort parse(String text) {
        String[] parts = text.trim().toLowerCase(Locale.ROOT).split(":", -1);
        if (parts.length == 1) {
            switch (parts[0]) {
                case "fast":
                    return FAST;
                case "balanced":
                    return BALANCED;
                case "accurate":
                    return ACCURATE;
                case "perfect":
                    return PERFECT;
                case "autotune":
                    return AUTOTUNE;
                case "adaptive":
                    return adaptive(32, 512);
                default:
                    break;
            }
        } else if (parts.length == 2 && parts[0].equals("custom")) {
            return custom(number(parts[1], text));
        } else if (parts.length == 3 && parts[0].equals("adaptive")) {
            return adaptive(number(parts[1], text), number(parts[2], text));
        }
        throw new VelesException(ErrorCode.QUERY, "unknown search quality '" + text + "'" + REMEDY);
    }

    private static int number(String digits, String text) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new VelesException(ErrorCode.QUERY, "unknown search quality '" + text + "'" + REMEDY);
            }
            value = Math.min(LARGEST + 1, value * 10 + digit);
        }
        return value;
    }

    private static int inRange(int ef) {
        if (ef < 1 || ef > LARGEST) {
            throw new VelesException(ErrorCode.QUERY, "ef " + ef + " is out of range" + REMEDY);
        }
        return ef;
    }

    /** This effort, or {@code setting} where this one leaves it to the database. */
    public Effort or(Effort setting) {
        return kind == Kind.USUAL ? setting : this;
    }

    /** True when every candidate is to be scored exactly. */
    public boolean exact() {
        return kind == Kind.PERFECT;
    }

    /** The ef to search with first, for {@code k} hits among {@code rows} rows. */
    public int firstEf(int k, int rows, int dimension) {
        return switch (kind) {
            case FAST -> scaled(Math.max(96L, 3L * k), rows);
            case BALANCED, USUAL -> scaled(Math.max(160L, 5L * k), rows);
            case ACCURATE -> scaled(Math.max(512L, 16L * k), rows);
            case CUSTOM, ADAPTIVE -> Math.max(least, k);
            case AUTOTUNE -> {
                int factor = rows <= 1_000 ? 2 : rows <= 10_000 ? 4 : rows <= 100_000 ? 8 : 12;
                long ef = (long) k * factor;
                yield bounded(dimension > 512 ? ef + (ef + 1) / 2 : ef);
            }
            case PERFECT -> Integer.MAX_VALUE;
        };
    }

    /** The largest ef that {@link #firstEf} is doubled to; equal to it where nothing is doubled. */
    public int lastEf(int k, int rows, int dimension) {
        int first = firstEf(k, rows, dimension);
        return switch (kind) {
            case ADAPTIVE -> Math.max(most, first);
            case AUTOTUNE -> bounded(4L * first);
            default -> first;
        };
    }

    private static int scaled(long ef, int rows) {
        return bounded(rows <= 10_000 ? ef : (long) Math.ceil(ef * Math.min(2.0, Math.sqrt(rows / 10_000.0))));
    }

    private static int bounded(long ef) {
        return (int) Math.min(Integer.MAX_VALUE / 4, ef);
    }
}
