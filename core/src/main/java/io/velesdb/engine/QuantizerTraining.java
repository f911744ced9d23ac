package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.index.hnsw.HnswIndex;
import io.velesdb.vector.Metric;

/** Whether a quantizer can be trained: asked before anything is recorded. */
final class QuantizerTraining {
    private QuantizerTraining() {}

    static void check(CollectionSnapshot collection, StorageMode mode, Quantization quantization, boolean force) {
        Metric metric = collection.schema().metric();
        if (metric == null) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "collection '" + collection.name() + "' holds no vectors: train a vector collection");
        }
        if (!mode.isTrained()) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "quantizer type '" + mode.canonicalName() + "' is not trained: use pq, opq or rabitq");
        }
        if (metric == Metric.HAMMING) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "collection '" + collection.name()
                            + "' has the metric hamming, which is searched on exact bits: there is nothing to train");
        }
        // refuses what does not fit dimension and metric
        collection.schema().withStorage(mode, quantization);
        if (isTrained(collection) && !force) {
            throw new VelesException(
                    ErrorCode.INVALID_QUANTIZER_CONFIG,
                    "collection '" + collection.name() + "' has a trained quantizer of type "
                            + collection.schema().storage().canonicalName() + ": use force = true to replace it");
        }
        int rows = collection.rows();
        int needed = mode == StorageMode.PQ ? quantization.centroids() : 1;
        if (rows < needed) {
            throw new VelesException(
                    ErrorCode.TRAINING_FAILED,
                    "training " + mode.canonicalName() + " needs at least " + needed + " vectors, collection '"
                            + collection.name() + "' has " + rows + ": add vectors"
                            + (mode == StorageMode.PQ ? " or use a smaller k" : ""));
        }
    }

    private static boolean isTrained(CollectionSnapshot collection) {
        HnswIndex.View view = collection.indexView();
        return collection.schema().storage().isTrained()
                && (collection.schema().quantization().explicit()
                        || view != null && view.vectors().coded());
    }
}
