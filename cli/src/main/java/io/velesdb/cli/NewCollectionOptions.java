package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.embedder.Embedder;
import io.velesdb.vector.Metric;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a collection is made by when an import finds none. */
final class NewCollectionOptions {
    @Option(
            names = "--dimension",
            paramLabel = "N",
            description = "Of a new collection (default: that of the first vector).")
    private @Nullable Integer dimension;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "Of a new collection: cosine (the default), euclidean, dot, hamming or jaccard.")
    private @Nullable String metric;

    @Option(
            names = "--storage-mode",
            paramLabel = "MODE",
            description = "Of a new collection: full (the default), sq8, binary, pq or rabitq.")
    private @Nullable String storage;

    /** The collection of this name, made for a first point where there is none; one that is there has to be what is asked. */
    Collection of(Database database, String collection, Point first, @Nullable Embedder embedder) {
        if (database.hasCollection(collection)) {
            Collection known = database.collection(collection);
            refuseOther(known);
            return known;
        }
        return database.createCollection(collection, schema(first, embedder, database.configuration()));
    }

    /** What was asked of a new collection and the one that is there is not. */
    private void refuseOther(Collection known) {
        CollectionSchema schema = known.schema();
        Metric has = schema.metric();
        refuseOther(known, "--dimension", dimension, schema.dimension());
        refuseOther(
                known,
                "--metric",
                metric == null ? null : Metric.parse(metric).canonicalName(),
                has == null ? "none" : has.canonicalName());
        refuseOther(
                known,
                "--storage-mode",
                storage == null ? null : StorageMode.parse(storage).canonicalName(),
                schema.storage().canonicalName());
    }

    private static void refuseOther(Collection known, String option, @Nullable Object asked, Object has) {
        if (asked != null && !asked.equals(has)) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    option + " is " + asked + ", and the collection '" + known.name()
                            + "', which is there already, has " + has
                            + ": leave the option out, or name another collection with -c");
        }
    }

    private CollectionSchema schema(Point first, @Nullable Embedder embedder, Configuration settings) {
        Integer components = dimension;
        if (components == null && embedder != null) {
            components = embedder.dimension();
        }
        if (components == null && first.vector() != null) {
            components = first.vector().length;
        }
        return components == null
                ? CollectionSchema.metadata()
                : CollectionCommand.schema(
                        CollectionKind.VECTOR,
                        components,
                        metric == null ? Metric.COSINE.canonicalName() : metric,
                        storage == null ? StorageMode.FULL.canonicalName() : storage,
                        settings);
    }
}
