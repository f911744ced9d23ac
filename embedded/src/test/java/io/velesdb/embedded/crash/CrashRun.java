package io.velesdb.embedded.crash;

import java.util.Map;
import java.util.TreeMap;

/**
 * Runs many simulations: {@code --seeds N} of them, beginning with {@code --from S}. Says what was done to unsynced
 * data, every broken promise, and ends with {@code N seeds, M crash points, 0 acknowledged writes lost}; the exit status
 * is 1 when a promise was broken.
 *
 * <p>With {@code --kill N} it kills N real processes instead: see {@link KillRun}.
 */
public final class CrashRun {
    private CrashRun() {}

    public static void main(String[] arguments) throws Exception {
        long kills = 0;
        long seeds = 1_000;
        long from = 1;
        boolean verbose = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = number(arguments, ++i);
                case "--from" -> from = number(arguments, ++i);
                case "--kill" -> kills = number(arguments, ++i);
                case "--verbose" -> verbose = true;
                default -> usage("unknown option " + arguments[i]);
            }
        }
        if (kills > 0) {
            System.exit(KillRun.run((int) Math.min(kills, Integer.MAX_VALUE), from));
        }
        System.exit(run(seeds, from, verbose) == 0 ? 0 : 1);
    }

    private static long run(long seeds, long from, boolean verbose) {
        long crashes = 0;
        long broken = 0;
        Map<String, Long> damage = new TreeMap<>();
        for (long seed = from; seed < from + seeds; seed++) {
            try {
                Simulation.Outcome outcome = new Simulation(seed).run();
                crashes += outcome.crashes();
                outcome.damage().forEach(line -> damage.merge(kind(line), 1L, Long::sum));
                if (verbose) {
                    System.out.println("seed " + seed + ": " + outcome.crashes() + " crashes, " + outcome.damage());
                }
            } catch (AssertionError e) {
                broken++;
                System.out.println("BROKEN: " + e.getMessage());
                if (verbose) {
                    e.printStackTrace(System.out);
                }
            }
            if ((seed - from + 1) % 1_000 == 0) {
                System.out.println((seed - from + 1) + " seeds done");
            }
        }
        System.out.println("Done to what was not synced when power was lost:");
        damage.forEach((kind, count) -> System.out.printf("  %,10d  %s%n", count, kind));
        System.out.println(seeds + " seeds, " + crashes + " crash points, " + broken + " acknowledged writes lost");
        return broken;
    }

    /** A line of damage without the names and numbers in it. */
    private static String kind(String line) {
        String what = line.contains(": ") ? line.substring(line.indexOf(": ") + 2) : line;
        return what.replaceAll("/\\S+", "a name").replaceAll("[0-9]+", "n");
    }

    private static long number(String[] arguments, int at) {
        try {
            long number = Long.parseLong(arguments[at]);
            if (number > 0) {
                return number;
            }
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            // falls through to the explanation
        }
        usage(arguments[at - 1] + " needs a number from 1 on");
        return 0;
    }

    private static void usage(String problem) {
        System.err.println(problem + "; options: --seeds N --kill N --from S --verbose");
        System.exit(2);
    }
}
