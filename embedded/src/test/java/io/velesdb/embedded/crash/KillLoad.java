package io.velesdb.embedded.crash;

import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Hit;
import io.velesdb.SearchRequest;
import io.velesdb.VectorCollection;
import io.velesdb.VelesException;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.embedded.storage.LogMode;
import io.velesdb.value.Value;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The process that {@link KillRun} kills: writers and a reader at work on one database for as long as they are let.
 * Arguments: folder, seed, second of the beginning, log mode, bytes per checkpoint, threads, and for each writer the steps
 * that it took before.
 * Says on its standard output, one line each: {@code open}; {@code W N} when step N of writer W was acknowledged; {@code
 * failed ...} when something happened that must not.
 */
final class KillLoad {
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private KillLoad() {}

    public static void main(String[] arguments) throws Exception {
        try {
            long seed = Long.parseLong(arguments[1]);
            long begin = Long.parseLong(arguments[2]);
            Options options = Options.DEFAULTS
                    .withLogMode(LogMode.valueOf(arguments[3]))
                    .withCheckpointBytes(Long.parseLong(arguments[4]))
                    .withThreads(Integer.parseInt(arguments[5]));
            Database database = VelesDb.open(Path.of(arguments[0]), options);
            say("open");
            for (int i = 6; i < arguments.length; i++) {
                int number = i - 6;
                KillWriter writer = new KillWriter(seed, number, begin);
                writer.advanceTo(Long.parseLong(arguments[i]), seconds());
                guarded(() -> write(database, writer, number));
            }
            guarded(() -> search(database.vectorCollection(KillWriter.ROWS)));
        } catch (Throwable e) {
            say("failed " + e);
        }
    }

    private static void guarded(Runnable work) {
        Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                say("failed " + e);
            }
        });
    }

    private static void write(Database database, KillWriter writer, int number) {
        while (true) {
            try {
                writer.next().run(database);
            } catch (VelesException e) {
                if (e.code() != ErrorCode.NODE_NOT_FOUND || !KillWriter.mayComeTooLate(writer.next())) {
                    throw e;
                }
            }
            writer.advanceTo(writer.taken() + 1, seconds());
            say(number + " " + writer.taken());
        }
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1_000;
    }

    private static void search(VectorCollection rows) {
        SplittableRandom random = new SplittableRandom();
        while (true) {
            float[] query = new float[KillWriter.DIMENSION];
            query[0] = random.nextInt(8 * KillWriter.IDS);
            for (Hit hit : rows.search(SearchRequest.nearest(query, 10))) {
                if (!Value.of(hit.id()).equals(hit.payload().get("id"))) {
                    throw new IllegalStateException("row " + hit.id() + " came with the payload " + hit.payload());
                }
            }
        }
    }

    /** In one call of the system, so that a line is there whole or not at all. */
    private static void say(String line) {
        try {
            OUT.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            Runtime.getRuntime().halt(3);
        }
    }
}
