package io.velesdb.cli.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long piece of work is, in one line of standard error that is redrawn at most ten times a second and wiped at
 * the end. Where standard error is no terminal, nothing is written. Not thread-safe.
 */
public final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR = 28;

    private final PrintWriter out;
    private final boolean shown;
    private final String label;
    private final long total;
    private final LongSupplier nanos;
    private final long start;
    private long done;
    private long drawn;
    private int length;

    /**
     * @param label what is done, for example {@code Loading}
     * @param total the work in all, in any unit; 0 when it is not known
     */
    public Progress(PrintWriter out, boolean shown, String label, long total) {
        this(out, shown, label, total, System::nanoTime);
    }

    Progress(PrintWriter out, boolean shown, String label, long total, LongSupplier nanos) {
        this.out = out;
        this.shown = shown;
        this.label = label;
        this.total = total;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.drawn = start - REDRAW_NANOS;
    }

    /**
     * @param now the work done so far, in the unit of the total
     * @param count the same in what a person counts, for example entries
     */
    public void at(long now, long count) {
        done = now;
        long time = nanos.getAsLong();
        if (shown && (time - drawn >= REDRAW_NANOS || now == total)) {
            drawn = time;
            draw(count, time);
        }
    }

    private void draw(long count, long time) {
        StringBuilder line = new StringBuilder(label).append(' ');
        if (total > 0) {
            double share = Math.min(1, (double) done / total);
            int filled = (int) (share * BAR);
            line.append('[')
                    .append("█".repeat(filled))
                    .append("░".repeat(BAR - filled))
                    .append("] ");
            line.append(String.format(Locale.ROOT, "%3d %%  ", (int) (share * 100)));
        }
        line.append(String.format(Locale.ROOT, "%,d", count));
        double seconds = (time - start) / 1e9;
        if (seconds > 0.2) {
            line.append(String.format(Locale.ROOT, "  %,d/s", (long) (count / seconds)));
        }
        int width = Display.width(line.toString());
        out.print("\r" + line + " ".repeat(Math.max(0, length - width)));
        out.flush();
        length = width;
    }

    /** Wipes the line. */
    @Override
    public void close() {
        if (length > 0) {
            out.print("\r" + " ".repeat(length) + "\r");
            out.flush();
            length = 0;
        }
    }
}
