package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.cli.console.Display;
import io.velesdb.cli.console.Progress;
import io.velesdb.cli.transfer.ImportObserver;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts what an import did, shows how far it is, and names the lines that were skipped. */
final class ImportReport implements ImportObserver {
    private static final int SHOWN = 20;
    private static final int LISTED = 1_000;

    private final Output output;
    private final Progress progress;
    private final long start = System.nanoTime();
    private final List<Obj> problems = new ArrayList<>();
    private long imported;
    private long skipped;

    ImportReport(Output output, Progress progress) {
        this.output = output;
        this.progress = progress;
    }

    @Override
    public void written(long points, long position) {
        imported += points;
        progress.at(position, imported);
    }

    @Override
    public void skipped(long line, VelesException problem) {
        skipped++;
        if (skipped <= SHOWN && !output.json()) {
            progress.close();
            output.err().println(Display.plain("line " + line + " skipped: " + problem.getMessage()));
        }
        if (problems.size() < LISTED) {
            ErrorCode code = problem.code();
            problems.add(Obj.of("line", line, "code", code.text(), "message", String.valueOf(problem.getMessage())));
        }
    }

    /** Points that were written. */
    long imported() {
        return imported;
    }

    /** True as long as no point was written. */
    boolean isEmpty() {
        return imported == 0;
    }

    /**
     * Prints the result and gives the exit status.
     *
     * @param more points by which the collection has grown; the others have replaced some
     */
    int show(String collection, Path path, long more) {
        long replaced = Math.max(0, imported - more);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (skipped > SHOWN && !output.json()) {
            output.err().printf(Locale.ROOT, "… and %,d more; --format json lists %,d%n", skipped - SHOWN, LISTED);
        }
        String sentence = String.format(
                Locale.ROOT,
                "Imported %,d %s into %s in %s in %.1f s%s; %s.",
                imported,
                imported == 1 ? "point" : "points",
                collection,
                path,
                seconds,
                replaced == 0 ? "" : String.format(Locale.ROOT, ", %,d in place of one with the same id", replaced),
                switch (Math.toIntExact(Math.min(skipped, 2))) {
                    case 0 -> "no line was skipped";
                    case 1 -> "1 line was skipped";
                    default -> String.format(Locale.ROOT, "%,d lines were skipped", skipped);
                });
        output.done(
                sentence,
                Obj.of(
                        "collection", collection,
                        "imported", imported,
                        "replaced", replaced,
                        "skipped", skipped,
                        "seconds", Math.round(seconds * 1_000) / 1e3,
                        "problems", Arr.of(problems)));
        return skipped == 0 ? 0 : Failures.FAILED;
    }
}
