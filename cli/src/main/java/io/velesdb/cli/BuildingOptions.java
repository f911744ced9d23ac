package io.velesdb.cli;

import io.velesdb.AsyncIndexBuilder;
import io.velesdb.CollectionSchema;
import io.velesdb.DeferredIndexing;
import io.velesdb.IndexBuilding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** When the new vectors of a new collection are linked into its vector index. */
final class BuildingOptions {
    /** What goes with {@code --deferred-indexing}. */
    static final class Deferred {
        @Option(
                names = "--deferred-indexing",
                required = true,
                description =
                        "Let new vectors wait before they are linked into the vector index; searches score them one"
                                + " by one.")
        private boolean enabled;

        @Option(
                names = "--merge-threshold",
                paramLabel = "N",
                description = "So many waiting vectors are linked by the write that makes them so many (default:"
                        + " ${DEFAULT-VALUE}).",
                defaultValue = "1024")
        private int mergeThreshold;

        @Option(
                names = "--max-buffer-age-ms",
                paramLabel = "MS",
                description = "Vectors that wait so long are linked in the background (default: ${DEFAULT-VALUE}).",
                defaultValue = "5000")
        private long maxBufferAgeMillis;
    }

    /** What goes with {@code --async-index-builder}. */
    static final class Async {
        @Option(
                names = "--async-index-builder",
                required = true,
                description = "Link new vectors in the background instead of by the writes that bring them.")
        private boolean enabled;

        @Option(
                names = "--async-merge-threshold",
                paramLabel = "N",
                description = "The background begins when so many wait (default: ${DEFAULT-VALUE}).",
                defaultValue = "10000")
        private int mergeThreshold;

        @Option(
                names = "--segment-count",
                paramLabel = "N",
                description = "Link them in so many pieces (default: pieces of 1,000 vectors).")
        private @Nullable Integer segmentCount;
    }

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable Deferred deferred;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable Async async;

    CollectionSchema in(CollectionSchema schema) {
        return schema.withBuilding(new IndexBuilding(
                deferred == null
                        ? DeferredIndexing.DEFAULT
                        : new DeferredIndexing(deferred.enabled, deferred.mergeThreshold, deferred.maxBufferAgeMillis),
                async == null || !async.enabled
                        ? null
                        : new AsyncIndexBuilder(async.mergeThreshold, async.segmentCount)));
    }
}
