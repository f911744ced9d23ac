package io.velesdb.benchmarks;

import io.velesdb.Database;
import io.velesdb.Hit;
import io.velesdb.MetadataCollection;
import io.velesdb.Point;
import io.velesdb.TextRequest;
import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Obj;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Full text over the public API as one of several measured processes: {@code --data DIR --dir D --rows N} fills a new database
 * with the first N glosses and prints the seconds that took; then each line of words is answered with {@code micros TAB ids},
 * the ids of the best ten rows, which are row numbers.
 */
public final class TextPeer {
    private TextPeer() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Arguments options = new Arguments(args);
        List<String> glosses = WordNet.of(options).glosses("base", options.number("--rows", 100_000));
        Path folder = Path.of(options.text("--dir", "text-peer"));
        long start = System.nanoTime();
        try (Database database = VelesDb.open(folder.resolve("db"), Options.DEFAULTS)) {
            MetadataCollection rows = database.createMetadataCollection("bench");
            rows.upsertBulk(() -> IntStream.range(0, glosses.size())
                    .mapToObj(i -> Point.of(i, Obj.of("gloss", glosses.get(i))))
                    .iterator());
            rows.textSearch(TextRequest.words("first", 1));
            answers.println((System.nanoTime() - start) / 1e9);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                long begin = System.nanoTime();
                List<Hit> hits = rows.textSearch(
                        TextRequest.words(line, MeasuredDatabase.K).withoutPayload());
                double micros = (System.nanoTime() - begin) / 1e3;
                StringJoiner ids = new StringJoiner(",");
                hits.forEach(hit -> ids.add(Long.toString(hit.id())));
                answers.println(micros + "\t" + ids);
            }
        }
    }
}
